import { foldWord } from '../plain-text.js';

/**
 * How a noun and a value hang together: by a verb of being or a sign, side by side, by words that say nothing, or
 * loosely.
 */
export type Bond = 'bound' | 'touching' | 'filled' | 'near' | 'far' | 'none';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(foldWord));

/** Words that say "equals". */
const COPULAS = words(`
  is was are were be been being should would its equals = as called means
  es era seria fue son sera sigue siendo como esta dice
  e foi era como sera sao eram seria ficou
  это был была было вот такой таков как качестве паролем равен ставил
  la lam thanh olarak adalah sebagai itu nya jadi yaptim yaptım buydu idi diye ist war
`);
/** Words that change nothing. */
const FILLERS = words(`
  i we he she it my mine our his her their your the a an this that these those here there now currently still also just only always probably maybe might may
  could must will been think believe guess suppose remember sure use used using set put entered enter type typed typing try tried have had for of to on in at by
  with from wallet app account login log email keystore json file old new current first last right same following below number all lower lowercase upper case
  code codes s m re ll so and or then which who got sent me came they you gave give given is it's that's which's please back when then right ok well yes both either
  literally actually basically simply just case sensitive card atm bank added siempre всегда просто обычно раньше
  birthday cumpleanos рождения день цифр digits digit digitos digito unlock desbloquear отпирания bahasa
  recieved received got get came text sms message today yesterday says said shows up as using one ones again already
  salio aparece copia seguridad respaldo revisen revises veas
  mi tu su el la los las un una que de del para por en con lo me te le se yo uso usaba puse use tengo ingreso escribo pongo cambie cambiada a esa ese esta este
  esto todo minuscula mayuscula siempre ahora antes creo anotada actual nueva vieja apuntada apuntado guardada guardado escrita escrito anotado sale app aparecio billetera monedero wallet cuenta correo llego enviaron mandaron recibi sms mensaje ok digo
  minha meu sua seu o os as um uma do da na no para que uso recebi chegou mudei carteira conta mesma mesmo eu usava usei coloquei botei entro atual esse essa mostra
  большой маленькими маленькой буквы буквами заглавной caps capital letters letter
  гугл google authenticator аутентификатора
  мой моя мои наш у меня такой вот тут от к для на в из по с кошелька кошельку почты входа аккаунта тот же вроде бы может наверное наверно скорее всего кажется точно который которую использую ставил
  поставил поменял сменила ввожу пишу записан сейчас раньше старый новый временный и это что я мне пришел пришла прислали получил дали сказал смс текстом так
  cua toi minh em anh vi la ma nay do roi o cho va cu moi hien tai truoc toan vua ve gui may đe đat đang
  benim bu su icin cuzdan hesap olan gelen yazıyorum
  saya anda ini itu yang untuk dompet akun ke aku gw gue dompetku akunku udah sudah masuk dikirim muncul baru barunya lama ya kak
`);
const HAN_FILLER = new Set(
  '是就为為这這个個的我你您他她设設置定成改叫用应應该該以前之现現在还還一直都了呢哦哈啊吧呀嘛好像可能记記得大概约約如下面给給把发發帮幫看明明输輸入显顯示说說有当當做作来來到收提填写寫登录錄進进里裡边邊老婆公钱錢包邮郵箱账帳号號生日誕也没沒错錯和跟與与换換成後后前新旧舊初始手机機今昨天最刚剛才才会會那么麼六位数數字碼码密时時間间對对不使',
);
const HAN_COPULA = /[是为為当當成叫設设]|=/;
/** Kana and Hangul between a noun and its value that say more than a particle: a question, a loss, a negation. */
const LOADED_KANA = /忘|わから|ません|ない|違|変え|リセット|再設定|必要|どう|何|なぜ/u;
const LOADED_HANGUL = /잊|몰라|모르|없|안\s|어떻|뭐|왜|분실|재설정|변경해/u;

const SIGN_BOND = /[:=：＝→⇒]|-+>|—|–|\s-\s|<-+|←|\|/;
const STOP = /[.!?。！？;；]\s*(?=\S)|\n\s*(?:\n|[•*·▪-]|\d{1,2}[.)])/;

/** What stands between a noun and a value, judged; `gap` is plain and in lower case. */
export function bondOf(gap: string): Bond {
  if (gap.length > 90) return 'none';
  const isStopped = STOP.test(gap.replace(/^[.!?\s]{1,4}$/, ''));
  const composed = gap.normalize('NFC');
  const said =
    composed.match(
      /\p{Script=Han}|[\p{Script=Hiragana}\p{Script=Katakana}ー\u3099]+|\p{Script=Hangul}+|[\p{L}\p{M}']+|\d+/gu,
    ) ?? [];
  let copula = SIGN_BOND.test(gap);
  let others = 0;
  for (const word of said) {
    const kind = fillerKind(word);
    if (kind === 'copula') copula = true;
    else if (kind === 'other') others += 1;
  }
  if (others === 0 && !isStopped) return copula ? 'bound' : said.length === 0 ? 'touching' : 'filled';
  if (others === 0 && copula) return 'filled';
  const limit = /\p{Script=Han}/u.test(composed) ? 8 : 5;
  if (!isStopped && others <= 3 && said.length <= limit + 3) return 'near';
  return others <= 8 && said.length <= 18 ? 'far' : 'none';
}

function fillerKind(word: string): 'copula' | 'filler' | 'other' {
  if (/\p{Script=Han}/u.test(word)) {
    if (HAN_COPULA.test(word)) return 'copula';
    return HAN_FILLER.has(word) ? 'filler' : 'other';
  }
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) {
    if (LOADED_KANA.test(word)) return 'other';
    if (
      /^(?:は|が|って|と|というのが|はこれです|です|が私の|というのは|ですが|ってのは)/u.test(word) &&
      word.length <= 8
    )
      return 'copula';
    return /^[\p{Script=Hiragana}\u3099ー]+$/u.test(word) && word.length <= 10 ? 'filler' : 'other';
  }
  if (/\p{Script=Hangul}/u.test(word)) {
    if (LOADED_HANGUL.test(word)) return 'other';
    if (
      /^(?:는|은|이|가|요|는요|은요|이고|라고|란|으로|로|이게|이거|이건|이라고|이|입니다|예요|이에요|인데)$/u.test(
        word,
      )
    )
      return 'copula';
    return word.length <= 5 ? 'filler' : 'other';
  }
  const folded = foldWord(word)
    .replace(/'s?$/, '')
    .replace(/^(?:it|that|here|there|what|she|he)'s$/, 'is');
  if (COPULAS.has(folded)) return 'copula';
  return FILLERS.has(folded) || folded.length <= 1 || /^\d{1,2}$/.test(folded) ? 'filler' : 'other';
}
