import { foldedPattern, foldWord } from '../plain-text.js';

/** Words that follow "the password is …" and are none: what one says about a password instead. */
const STOP_WORDS = new Set(
  `
letter letters letra letras mayuscula minuscula mayusculas minusculas easier easy value номер значение система gracias thanks thank hello hola sorry perdon спасибо привет извините
desde hace hasta porque plus year name names dog cat since
stolen leaked exposed breached guessed phished cracked scammed taken revealed compromised robada robado filtrada filtrado hackeada украден взломан слит
a about above accepted accessible account accounts across active actually address after again all almost already also always am an and android another any anymore anything anyway app apple apps are around as ask asked at attached authenticator available away
back bad bank because been before being below best better between big binance bitcoin both box browser bug but button by
called came can cannot cant case chain change changed changes check clear clearly click code coinbase coming complete completely computer confirm confirmed contact contains copied correct correctly could crypto current currently
data days dead default deleted device did didn't different difficult discord do does doesn does't doesn't done dont don't down due
each easy either email emails empty encrypted end enough enter entered error ethereum even ever every everything exactly exchange expired extension
fail failed false far field file fine first fixed follow following for forever forget forgot forgotten form format from full further
generated get gets getting give given gmail go goes going gone good google got great
hacked had hard has have haven having he help her here hidden his hotmail how however huge
i icloud id if ignored illegal important impossible in incorrect incorrectly input instead into invalid ios iphone is isn isn't it its it's itself
just kept key keys know known kyc last later least ledger left less let like limited link linked list local locked log login logged long longer lost lot
made mail main make manager many mandatory masked match matched me metamask might minimum missing mixed mobile month more most much must my
name necessary need needed needs never new next nice no nobody none nor normal not nothing now null number
of off ok okay old on once one oneline only onto open optional or original other our out outdated outlook over own
page paid part password passwords passphrase paste pc perfect permanent phantom phone phrase pin please possible previous private prompt protected provided public put
question quite random rather read real really recover recovery regenerate rejected remembered removed required reset right
safe same saved say says screen secret secure security see seed seems sensitive sent separate server set setup several she short should show shown sign signal similar simple since single site skype so some somehow someone something somewhere soon still stored strange strong stuck stupid such support sure
telegram than that that's the their them then there these they thing things think this those though three through time timed to today together token tokenpocket tomorrow too trezor tried trust try trying turned twice twitter two type typed
unable under unique united unknown unsafe until up update updated upper uppercase lowercase us usdt use used useless user username users uses using usual usually
valid validated verified very via viber visible
wait wallet wallets want wants was wasn way we weak web website wechat week well were what whatever whatsapp when where whether which while who whole why will windows with within without won word words work worked working works would write written wrong
x yahoo yes yesterday yet yo you your yours youtube
actual admin administrator anybody based blank blocked bound broken cached cleartext com common compromised compulsory configured confidential considered copyright created described determined disabled displayed enabled essential exposed found guessable hash hashed hint identical ignored included internal kerberos known leaked literal managed md5 meant needed nowhere null obvious omitted otherwise plain plaintext printed prohibited recoverable recorded refused replaced requested retrieved root sent specific specified stale static strength strings stronger supplied temporary too typed unavailable unchanged undefined unencrypted unspecified unusable unset vulnerable weaker
wird ist nicht falsch
lista listo listas cumpleanos cumple insegura inseguro fecha nombre incorrecta incorrecto correcta correcto mala malo mal equivocada errada erronea invalida invalido olvidada nueva nuevo vieja antigua la el los las un una de del en por para que no muy mas menos si se me mi tu su lo le es era esta este fue ser son como con sin pero y o ya aun tambien siempre nunca bien aqui ahi donde cuando cual segura fuerte debil larga corta privada publica secreta necesaria obligatoria misma mismo otra otro diferente distinta correo telefono aplicacion app cuenta billetera monedero clave contrasena usuario valida facil dificil demasiado recupero recuperar recuperarla restablezco restablecer restablecerla cambio cambiar cambiarla hago entro puedo acuerdo recuerdo quiero necesito
errada invalido incorreta incorreto senha conta carteira nao muito minha meu seu sua uma um ao na no da do das dos esqueci certa forte fraca outra outro nova novo antiga antigo velha velho pequena pequeno aceita aceito pessoal igual aquela mudei troquei perdi ninguem tinha
sai dung quen khong cua toi ban va hoac la cho voi nay do o tu duoc bi chua thanh toan dang nhap giao dich moi cu vi tai khoan email sao the nao gi mat lo roi het di luon ho gium giup khac an toan kho doan hop le khop can phai nen nhu van con doi dat lai tao lay nho biet nhieu lan bao
salah benar lupa tidak bukan yang saya anda dan atau untuk dengan ini itu di ke dari akun dompet sudah belum gak ga nggak udah blm jadi juga lagi terus masih baru lama hilang ilang bocor ditolak diterima terkunci kedaluwarsa kadaluarsa rahasia penting kuat lemah apa kok ganti diganti diketahui ketahuan dicuri minimal harus berapa kirim datang masuk punya sendiri orang lain siapa
yanlis dogru unuttum degil ve veya bir bu su icin ile benim senin hatali gecersiz cuzdan hesap sifirla sifirlama sifirlamak sifirlayip sifirlayinca sifirladim sifirlar degistir degistirme degistirmek degistirdim yenileme yok var lazim gerek gerekiyor nedir nasil nerede neydi kabul etmiyor edilmiyor istiyor istedi istemiyor diyor diyo yaziyor gelmedi gelmiyor hatirlamiyorum kaybettim calindi girdim yazdim verdim soyledim olmadi olmuyor olmali calismiyor guclu zayif kisa uzun eski yeni ayni baska kac hala yine 2fayi 2faya 2fanin uygulama uygulamasi destek lutfen acaba
неверный неверно неправильный неправильно правильный верный забыл забыла забыт утерян потерян не мой твой ваш новый старый другой тот такой это этот он она и или но а на в с к от для по из у как что где когда почему нужен слишком сложный простой уже еще тоже всегда никогда был была было будет есть нет вот там тут здесь кошелька почты аккаунта сменил поменял сбросить восстановить ввожу введите пишет подходит пожалуйста помогите спасибо принимает работает указан отправлен
什么 什麼 多少 错误 錯誤 不对 不對 不正确 正确 忘记 忘記 忘了 错的 错了 必填 必须 必須 怎么 怎麼 如何 为空 空的 对的 對的 一样 一樣 不一样 不同 安全 重要 一个 一個 哪个 哪個 没有 沒有 可以 不能 不可以 找回 重置 修改 设置 設置 登录 登入 钱包 錢包 账号 帳號 手机 手機 邮箱 郵箱 需要 应该 數字 数字 字母 大写 小写 几位 旧的 新的 原来 这个 那个 自己 对吗 無效 无效 不行 不通
何 なに なん どこ どう わからない 忘れ 間違い 違い 違う 正しい 必要 不要 です ます ない ある 変更 入力 設定 こと もの ため それ これ どれ
뭐 무엇 어디 어떻게 왜 모르 틀렸 틀려 틀리대요 틀렸대요 틀리다고 맞는 맞아 없어 없음 있어 필요 변경 입력 설정 분실 잊어 입니다 이에요 예요 인데 인데요 안돼요 뭔가 뭐예요
`
    .trim()
    .split(/\s+/)
    .map(foldWord),
);
/** Endings of words that describe: no one's password, or rarely. */
const DESCRIBING = foldedPattern(
  String.raw`.{3}(?:ed|ing|ly|able|ible|ive|ous|less|ful|ment|tion|ity|ness|ada|ado|idas?|idos?|mente|cion|ble|segur[oa]s?|isim[oa]|ется|ться|ный|ная|ное|ные|ого|ему|ился|илась|ает|яет|ует)$|(?:니다|세요|어요|아요|해요|라요|써요|와요|겠어요|었어요|돼요|거나|지만|는데|으면|하고|에서|까지|부터|합니까|나요|고|길|을|를|の|です|ます|ません|した|ない|れる|する|ている|ください|と出[るた]|われた|られた)$|[的了吗嗎呢吧么麼什怎没沒不要能会會可以需几幾多少错錯忘就都很被把让讓]`,
  'u',
);

/** Whether a word says something about a secret and is none. Takes a folded word in lower case. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word) || DESCRIBING.test(word);
}
