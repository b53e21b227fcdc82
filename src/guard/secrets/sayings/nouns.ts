import { foldedPattern } from '../plain-text.js';

/** What a noun announces: `word` is a password of any form, `pin` and `code` are numbers. */
export type Announced = 'password' | 'pin' | 'code';

/** A word for something secret, where it stands in the plain text. */
export interface Noun {
  readonly announces: Announced;
  readonly start: number;
  readonly end: number;
  /** Words that mean other things too ("code", "pass", "sms"): they count less. */
  readonly isVague: boolean;
  /** Only a number of six digits is meant. */
  readonly isOfSix: boolean;
}

/** In every shipped locale and some more, with the ways in which people shorten and misspell them. */
const PASSWORD = [
  String.raw`(?<![\w!@#$%^&*+.-])(?:pass ?-?(?:words?|wrod|wrd|code|phrase)|pas{1,2}w?o?r?ds?|passwort|paswort|pwds?|pswd?|pws?|p/w|25th word|login details)(?![a-z0-9_])`,
  String.raw`(?<![\w!@#$%^&*+.-])(?:contrasenas?|contrasenia|palabra 25|frase de contrasena|senhas?|palavra-passe|parola(?:m|m[iı]|m[iı]z|m[iı]z[iı]|n[iı]z|s[iı]|y[iı])|parol|sifre(?:m|si|mi|miz|mizi|niz|n|yi)?|mat khau|mk|(?:kata ?)?sandi(?:ku|nya)?|kata kunci(?:ku|nya)?|(?:pass(?:word)?|pw)(?:ku|nya)|mot de passe)(?![a-z0-9_])`,
  'пароль?(?:я|ю|ем|е|и|ей|ями|чик|ик)?|парольн.{1,3} фраз[аыу]|пасворд|пассворд|пасс(?![а-я])|25-е слово|кодов(?:ое|ого|ым) слов(?:о|а|ом)|логин/пароль',
  '密码|密碼|口令|密马|通行码|第(?:25|二十五)个词|暗号|合言葉|パスワード|パスフレーズ|パスコード|25番目の単語|비밀번호|비번|패스워드|암호|패스프레이즈|25번째 단어',
].join('|');
const PIN = [
  String.raw`(?<![\w!@#$%^&*+.-])(?:pin(?: ?-?(?:code|number|no|kod|kodu|kodum|kodumu|kodunu|numaram|nya))?|passcode|(?:screen )?(?:un)?lock code|clave de (?:acceso|seguridad)|nip|pin(?:ku|nya)|ma pin|(?:mat khau|mk) (?:giao dich|thanh toan|rut tien|cap 2)|codigo pin)(?![a-z0-9_])`,
  'пин(?:-?\\s?код)?(?:а|у|ом)?(?![а-я])|код-пароль|код разблокировк.|код.пароль',
  'pin码|pin碼|支付密码|支付密碼|交易密码|交易密碼|资金密码|解锁密码|锁屏密码|安全密码|暗証番号|暗証|ピンコード|ピン(?![ァ-ヶー])|解除コード|ロック解除|4桁の番号|핀(?: ?번호| ?코드)?|잠금 ?(?:비밀)?번호|결제 비밀번호|거래 비밀번호|숫자 비번',
  String.raw`(?<![\w!@#$%^&*+.-])pin(?:i|im|imi|imiz)(?![a-z0-9_])`,
].join('|');
const CODE = [
  String.raw`(?<![\w!@#$%^&*+.-])(?:(?:verification|verify|verif|confirmation|confirm|security|sms|text|texted|login|log-in|log in|sign-?in|auth|authentication|authenticator|authorization|2fa|mfa|two.factor|otp|one.time|onetime|access|e?-?mail|activation|google|backup|back-up|recovery|reset|unlock|six.digit|6.digit|4.digit|temporary|tac)s?[ -]{0,2}(?:pass)?codes?|(?:one.time|onetime|otp|sms) (?:password|pin|pass)|otp|totp|2fa|tan)(?![a-z0-9_])`,
  String.raw`(?<![\w!@#$%^&*+.-])(?:codigos? (?:de (?:verifica[a-z]{3,5}|seguridad|seguranca|confirma[a-z]{3,5}|acceso|acesso|inicio de sesion|un solo uso|respaldo|recuperacion|recuperacao|autentica[a-z]{2,6}|whatsapp|google|seis digitos|6 digitos)|del? (?:autenticador|correo|sms|email|mensaje)|por sms|sms|email|que (?:me )?(?:llego|enviaron|mandaron|recibi|chegou|enviaram|mandaram|recebi)|d[oa] (?:autenticador|sms|app|whatsapp|google)|(?:de )?reserva)|clave (?:dinamica|de un solo uso|temporal)|codigos? (?:sms|2fa)|ma (?:otp|xac minh|xac thuc|xac nhan|bao mat)|(?:dogrulama|onay|guvenlik|sms|giris) kod[ua]?(?:m|mu|nu|nuz|nuzu)?|(?:yedek|kurtarma) kod(?:u|um|umu|lar[iı]m?)|kode (?:verif(?:ikasi)?|otp|konfirmasi|keamanan|akses|masuk|sms|2fa|login|cadangan|autentikator|authenticator)(?:ku|nya)?|otp(?:ku|nya))(?![a-z0-9_])`,
  'код(?:ы|а|ом)? (?:подтверждени.|из (?:смс|sms|письма|гугл|приложени.|google)|с почты|для входа|входа|авторизации|доступа|безопасности|восстановлени.|верификации|двухфакторн.{1,3}|аутентифика.{1,4}|который прислали)|(?:резервн|проверочн|одноразов|шестизначн|секретн).{2,3} (?:код(?:ы|а)?|парол[ья])|смс.?код|sms.?код|2fa.?код',
  '验证码|驗證碼|动态码|動態碼|动态口令|校验码|校驗碼|确认码|確認碼|短信码|簡訊碼|安全码|安全碼|登录码|登入碼|备用码|備用碼|恢复码|救援码|谷歌码|激活码|一次性密码|一次性密碼|二步验证的?码|验证器(?:显示)?|随机码',
  '認証コード|確認コード|認証番号|確認番号|ワンタイムパスワード|ワンタイムコード|セキュリティコード|バックアップコード|復旧コード|ログインコード|二段階認証のコード|2段階認証のコード|smsコード|(?:二|2)段階認証の番号|リカバリーコード|復元コード|認証アプリ|二段階の番号|ワンタイム|届いた(?:番号|コード)|人確認コード',
  '인증 ?번호|인증 ?코드|확인 ?코드|확인 ?번호|보안 ?코드|백업 ?코드|복구 ?코드|로그인 ?코드|문자 ?인증|일회용 ?비밀번호|오티피|구글 ?인증기?',
].join('|');
/** What a screen or device is opened with, and what stands for its number. */
const LOCK = [
  String.raw`(?<![\w!@#$%^&*+.-])(?:(?:phone|screen|device|wallet|app|unlock) (?:un)?lock(?: (?:number|digits))?|(?:phone|screen|device) unlock|unlock number|unlock(?: (?:the|my) (?:app|wallet|phone|screen))?|(?:para )?(?:desbloquear|desbloqueo)(?: (?:el (?:telefono|celular|movil)|la (?:pantalla|app|billetera)))?|bloqueo de pantalla|(?:para )?abrir (?:la app|la billetera|la cartera|el monedero|el telefono|el movil|el celular)|numero de desbloqueo)(?![a-z0-9_])`,
  'разблокир[а-я]{2,6}|блокировк[аиу](?: экрана)?|графическ.{2,3} ключ',
  '锁屏(?:的?数字|的?码)?|鎖屏|解锁(?:数字|码)?|解鎖|画面ロックの?(?:番号|解除)?|ロックの?番号|[468]桁(?:の(?:数字|番号))?は|解除の?番号|잠금 ?(?:화면|해제)?(?: ?숫자)?|화면 ?잠금|기기 ?잠금',
].join('|');
/** How a code of six digits is spoken of that came, or stands on a screen. */
const ARRIVED = [
  String.raw`(?<![\w!@#$%^&*+.-])(?:(?:they|you|it|he|she|bank|wallet) (?:just )?(?:texted|sent|messaged|emailed)(?: me)?|(?:texted|sent|emailed) me(?: this)?|(?:the )?(?:six|6|four|4) ?-?digits?(?: number)?|(?:it|app) (?:shows|displays)|autenticador(?: me)?(?: (?:marca|muestra|da|dice|sale))?|me (?:mandaron|enviaron|mando|envio|dieron|paso|pasaron|salio|sale|marca|aparece)|(?:los )?(?:seis|6) (?:digitos|numeros))(?![a-z0-9_])`,
  'мне прислали|прислали|пришл[аои]|скинули|выдал[оаи]?|показывает|высветил[оаи]сь|(?:шесть|6) цифр|цифры',
  '[6６]桁の?(?:数字|番号)?|六桁|届きました|인증 ?앱|otp ?앱|[6六]자리(?: ?숫자)?|[6六][位个個](?:数字|數字|数|數)|发来|發來|发过来的|發過來的',
].join('|');
/** Words that announce a code only where little else can be meant. */
const VAGUE = [
  String.raw`(?<![\w!@#$%^&*+.-])(?:codes?|code's|codigos?(?! (?:postal|de (?:error|barras|descuento|pais|producto)|promocional|qr|fuente|penal|civil))|cod|kod(?:u|um|umu|unu|unuz)?|kode(?:nya)?(?! (?:pos|promo|referral|error|kesalahan|negara|wilayah|qr|unik|bank)(?![a-z]))|ma(?= la\b)|(?<!\d )ma (?:vua|moi) ve|(?:(?<!(?:khong|ko|chua|chang) )nhan (?:[dđ]uoc|[dđ]c)|gui(?: cho)?(?: em| minh| toi)?|tin nhan (?:ghi|bao|co)) ma(?= la | ?[:=]| \d)|(?:by|via) text|text message|texted me|sms|(?:message|text|sms|e?-?mail) (?:says|reads|said)|says|authenticator|pass|numbers? in the (?:message|text|sms)|token que me|got it|(?:i|just|i've) (?:got|received|have)|numero que me llego|(?:mensaje|sms|correo) con (?:el|un) (?:numero|codigo)|(?:me )?(?:llego|acaba de llegar)|log(?:ged|ging)? ?in (?:with|w\/)|sign(?:ed|ing)? in with|type in|typing in|typed in|(?:mi|la) contra|contra(?= ?[:=])|passwd|parola(?= ?[:=])|(?<!palabras? )clave)(?![a-z0-9_])`,
  'код(?:а|ом|ы)?(?![а-я])|смс|аутентификатор|пришло|пришел',
  'パス(?![ァ-ヶー])',
  '(?<![\\p{L}])码(?=是|[:：]| ?\\d)|的码|收到了?|(?:届いた|来た)(?:の|番号)?は?|(?<!\\p{L})番号は|온 번호|번호가|(?<![a-z])mm(?=是)|[6六][位]数字?|一个码|短信|簡訊|コード|sms|文字(?=で)|코드|문자',
].join('|');

const NOUNS = foldedPattern(
  `(?<code>${CODE})|(?<pin>${PIN})|(?<password>${PASSWORD})|(?<lock>${LOCK})|(?<vague>${VAGUE})|(?<arrived>${ARRIVED})`,
  'gu',
);

/** Vague words for a password: also a path, a key, a verb. */
const WEAK_PASSWORD = foldedPattern(
  '^(?:pass|passwd|parola|(?:mi |la )?contra|clave|パス|mm|(?:log|sign|typ).*)$',
  'u',
);

/** Kinds of code that prove nothing about anybody, by the word before "code". */
const OTHER_CODES = foldedPattern(
  String.raw`(?:error|status|exit|return|response|http|zip|postal?|country|area|region|promo(?:tion)?|coupon|discount|gift|voucher|invite|invitation|referral|ref|qr|bar|source|colou?r|swift|bank|sort|routing|dial(?:ing)?|product|item|order|stock|tax|vat|model|hex|ascii|unicode|key|char|op|byte|contract|currency|iso|language|event|reason|result|fault|trouble|penal|civil|building|morse|boarding|day|season|bus|train|ski|free|press|battle|the same|some|any|my own|write|read|javascript|python|java|vs|claude|dress|unit|machine|legacy|example|sample|error-|promo-|エラー|クーポン|招待|에러|오류|초대|쿠폰|ошибк.|промо|штрих|исходн.{2,3})[\s:-]{0,2}$`,
  'u',
);

/** Names of settings: "passwd/root-password password", "--password", "auth.password". */
const SETTING =
  /[\w-]\/[\w-]{0,30}(?:password|passwd)[\w-]{0,12}(?: password)?$|(?:^|\s)--?[a-z-]{0,20}password$/;

/** The nouns of a plain, lower-case text, in order. */
export function nounsIn(lower: string): readonly Noun[] {
  const nouns: Noun[] = [];
  for (const match of lower.matchAll(NOUNS)) {
    const { groups } = match;
    const start = match.index;
    const isOfSix = groups?.arrived !== undefined;
    const isVague = groups?.vague !== undefined || groups?.lock !== undefined || isOfSix;
    // In an address, a path or a call it is a name.
    if (/[@(/\\]/.test(lower[start + match[0].length] ?? '')) continue;
    if (SETTING.test(lower.slice(Math.max(0, start - 40), start + match[0].length))) continue;
    if (isVague && OTHER_CODES.test(lower.slice(Math.max(0, start - 24), start))) continue;
    const isPass = isVague && WEAK_PASSWORD.test(match[0]);
    const announces =
      groups?.pin !== undefined || groups?.lock !== undefined
        ? 'pin'
        : groups?.password !== undefined || isPass
          ? 'password'
          : 'code';
    nouns.push({ announces, start, end: start + match[0].length, isVague, isOfSix });
  }
  return nouns;
}
