import type { Confidence, FoundSecretKind, Span } from '../finding.js';
import { isCalledOther } from '../loose/cues.js';
import { looseSayingsIn } from '../loose/loose.js';
import type { Meter } from '../meter.js';
import { foldedPattern, type PlainText } from '../plain-text.js';
import { type Bond, bondOf } from './fillers.js';
import { type Noun, nounsIn } from './nouns.js';
import { severalWords, type Value, valuesIn } from './values.js';

/** A password, PIN or code that somebody tells, by its place in the plain text. */
export interface FoundSaying extends Span {
  readonly kind: Extract<FoundSecretKind, 'password' | 'code'>;
  readonly confidence: Confidence;
}

/** How far from its noun a value is looked for, in units of the plain text. */
const BEHIND = 110;
const BEFORE = 90;
/**
 * Nouns looked at in one text, vague ones and others; a text with more is no message of a person. What comes behind so
 * many that are not vague counts as unsure.
 */
const MAX_NOUNS = 60;
/** A message of a few words. */
const BRIEF = 45;
/** A message with room for little else, in units of the plain text. */
const SHORT = 60;
/** A message in which a plain word may still be a password. */
const LONG = 110;
const HARD = 5;
const MAYBE = 4;

const BONDS_BEHIND: Readonly<Record<Bond, number>> = {
  bound: 3,
  touching: 2.5,
  filled: 2,
  near: 1,
  far: 0,
  none: Number.NEGATIVE_INFINITY,
};
const BONDS_BEFORE: Readonly<Record<Bond, number>> = {
  bound: 2.5,
  touching: 1.5,
  filled: 1.5,
  near: 1,
  far: 0,
  none: Number.NEGATIVE_INFINITY,
};

/** The speaker's own, or something handed over. */
const OWN = foldedPattern(
  String.raw`(?<![a-z])(?:my|mine|our|i|i've|im|i'm|here|here's|this is|mi|mis|esta es|este es|te paso|te dejo|les di|minha|meu|saya|aku|toi|cua (?:toi|em|minh|tui)|benim)(?![a-z])|мой|моя|мои|моего|у меня|вот|держите|скидываю|сказал|я |我|这是|這是|发你|給你|给你|告诉你|教え|送りま|알려드|드려요|보내드|보낼|私|僕|俺|自分|これが|제 |제가|저|내 |이게`,
  'u',
);
/** What stands in messages that carry a code. */
const UNSHARED = foldedPattern(
  "(?:never|don't|dont|do not|not to) (?:share|give|tell|forward)|no (?:lo )?compartas|no se lo des|никому не|не сообщайте|请勿|請勿|勿告诉|勿泄露|不要告诉|他人に教え|教えないで|타인에게|알려주지|jangan berikan|nao compartilhe|khong chia se|paylasmayin|to (?:log|sign) in|分钟内有效|有効期限|분 안에",
  'u',
);

/** What one does with a password. */
const USED = foldedPattern(
  `(?<![a-z])(?:use|used|using|uses|enter|entered|type|typed|typing|try|tried|put|set|changed? (?:it )?to|changed|login with|log(?:ged|ging)? (?:in|on) with|sign(?:ed|ing)? (?:in|up) with|been using|picked|chose|chosen|went with|made it|got|received|sent|texted|uso|puse|pongo|escribo|ingreso|cambie|entrar con|entro|entraba|entre con|accedo|accedia|usaba|usando|probe|probando|intento|intente|meto|metia|puesta|anote|apunte|me sale|me marca|me aparece|muestra|me llega|recibi|me llego|mandaron|recebi|mudei|usei|entro com|coloquei|botei|digit(?:o|ei)|tent(?:o|ei)|cadastrei|salvei|chegou|mandaram|dung|nhap|đat|nhan đuoc|pakai|dapat|kullan[iı]yorum|yaz[iı]yorum|yazd[iı]m|yapt[iı]m|girdim|giriyorum|deniyorum|denedim|degistirdim|koydum|geldi)(?![a-z])|использую|использовал|пользуюсь|ввожу|вводил|вбиваю|набираю|набирал|захожу|заходил|вхожу|входил|придумал|пробую|пробовал|попробовал|ставлю|записал|записан|показывает|высвети|ввел|пишу|поставил|ставил|поменял|сменил|пришел|пришло|прислали|зайдите|输入|輸入|登录|登入|显示|顯示|填|试过|記得是|记得是|用|设|設|改|试|試|收到|入力|打って|入れ|使っ|使用|設定|変更|変え|届|来ました|来た|登録し|ログインし|はず|表示|試し|メモ|넣|쳤|입력|바꿨|변경|왔|받은|로그인|치는데|쳐도|치면|썼|쓰던|쓰는|만든|만들어|해놨|해뒀|적어|떠요|뜨는데|나와요|찍혀|시도`,
  'u',
);
/** What goes wrong with it. */
const REFUSED = foldedPattern(
  "(?<![a-z])(?:wrong|invalid|incorrect|rejected|refused|denied|fails?|failed|does ?n[o']?t work|doesn't work|not working|won't (?:work|take|accept|open|let)|incorrecta?|equivocad[ao]|no (?:me )?(?:deja|sirve|funciona|entra|acepta|abre|la acepta)|rechaza|errad[ao]|nao (?:entra|funciona|aceita|vai|abre|passa|da certo)|salah|yanl[iı]s|girmiyor|hata veriyor|olmuyor|kabul etm|cal[iı]sm[iı]yor|sai (?:roi|hoai|mat khau)|bao sai|khong đuoc|khong (?:vao|vo))(?![a-z])|невер|неправ|не подход|не прин|не пуск|не раб|не захо|не откры|ошиб|错|錯|不对|不對|不行|登不|进不|進不|打不开|打不開|无法|無法|間違|違う|違い|違って|入れない|入れません|開かない|開きません|弾かれ|通らない|エラー(?:コード)?|틀리|틀렸|안 ?돼|안 ?되|안 ?들어|안 ?열|오류|거부|아니래|아니라고",
  'u',
);
/** Advice what not to take, right before it. */
const ADVISED_AGAINST = foldedPattern(
  '(?<![a-z])(?:not|never|avoid|like|such as|e\\.g\\.?|for example|example|don\'t use|do not use|no uses?|nunca uses?|como|не используйте|например|вроде)\\s{0,2}["“\'(:]?$|(?:不要用|别用|別用|不要设|例如|比如|像|使わない|例えば|たとえば|쓰지 마세요|예를 들어|예:)\\s{0,2}[「“"：:]?$',
  'u',
);

/** What makes a number or name something other than a secret, right before it. */
const OTHER_NAME = foldedPattern(
  String.raw`(?<![a-z])(?:order|ticket|case|user(?:name)?|account|acct|id|#|no\.?|nr\.?|number|num|ref|tx|txid|hash|block|version|model|error|errno|port|build|bug|issue|pr|line|page|chapter|phone|mobile|tel|call|invoice|tracking|serial|device|iphone|android|windows|room|year|since|(?<!came )in|by|until|before|after|during|member|customer|contract|address|ip|host|server|on|from|than|least|most|about|over|under|pedido|(?:chamado|protocolo|ocorrencia)(?: e)?|orden|usuario|caso|reclamo|solicitud|telefono|celular|movil|numero|cuenta|desde|factura|nomor|nomer|tiket|pesanan)(?:\s?(?:is|was|es|:|#|no\.?|number))?(?: (?:el|al|a|the|por el))?\s{0,2}[#:("'“]{0,2}$|(?:заказ|заявк.|обращени.|номер|логин|телефон|тикет|аккаунт|пользовател.|ошибк.|верси.|订单|訂單|单号|編號|编号|工单|错误代?码|錯誤代?碼|报错|号码|號碼|电话|電話|手机号|手機號|用户名|用戶名|账号|帳號|账户|帳戶|版本|注文番号|問い合わせ番号|受付番号|(?<![ァ-ヶー一-龠])番号は|ユーザー名|アカウント|電話|バージョン|エラー|주문|문의|접수|상담|회원|티켓|아이디|계정|번호는 주문|전화|버전|오류(?: ?코드)?)(?: ?번호|番号|号|號)?\s?(?:is|was|es|は|是|는|은|이|가|:|#|no\.?|number)?\s{0,2}[#:("'「“]{0,2}$`,
  'u',
);
/** Numbers of cases may stand behind "in" where a code may too; these only count against passwords and bare numbers. */
const QUESTION = foldedPattern(
  `¿qué|(?<![a-z])(?:what(?:'s| is)|how|why|where|which|when|who|whether|cual|cómo|como hago|donde|por que)(?![a-z])|怎么|怎麼|什么|什麼|为什么|哪里|どう|何|なぜ|어떻|뭐|왜|как |какой|почему|где|зачем`,
  'u',
);
/** Signs of source code, in which names and literals are everywhere. */
const SOURCE_CODE =
  /=>|===?|!==?|\bfunction\b|\bconst\b|\blet\b|\bvar\b|\breturn\b|\bimport\b|\bnull\b|\bundefined\b|\bself\.|\bthis\.|::|&&|\|\||\);|\}\s*[,;)]|\$\{|\$\(|<\/|\/>|#include|\bdef\b|\bclass\b|\bsudo\b|\bcurl\b|--[a-z]|\[\[|\]\(|`{3}|@param|@example|:=|\w\(r?['"]|\.so\b|\bgrep\b|\b(?:CREATE|ALTER) USER\b|\x1b?\[[\d;]{1,8}m|\bps ef\b|\|\s?\w+ -/;

/** Everything in a plain text that is told as a password, a PIN or a code. Linear. */
export function sayingsIn(text: PlainText, meter: Meter): readonly FoundSaying[] {
  const nouns = nounsIn(text.lower);
  meter.steps += text.lower.length;
  const found: FoundSaying[] = [...looseSayingsIn(text, nouns, meter)];
  if (nouns.length === 0) return [...found, ...loginPairs(text)];
  let clear = 0;
  let vague = 0;
  for (const [at, noun] of nouns.entries()) {
    if (noun.isVague) vague += 1;
    else clear += 1;
    if (noun.isVague && vague > MAX_NOUNS) continue;
    if (clear > MAX_NOUNS) {
      found.push({ kind: 'password', start: noun.start, end: text.lower.length, confidence: 'maybe' });
      break;
    }
    meter.steps += BEHIND + BEFORE;
    // "It says" beside "password" is where neither's value ends.
    const isPassword = !noun.isVague && noun.announces === 'password';
    const before = isPassword ? nouns.slice(Math.max(0, at - 3), at).findLast(isClear) : nouns[at - 1];
    const after = nouns[at + 1];
    for (const best of bestValues(text, noun, before, after)) found.push(best);
  }
  return [...found, ...loginPairs(text)];
}

function isClear({ isVague }: Noun): boolean {
  return !isVague;
}

/** The best value behind a noun, or before it, and others that go with it ("backup codes: …, …"). */
function bestValues(
  text: PlainText,
  noun: Noun,
  before: Noun | undefined,
  after: Noun | undefined,
): readonly FoundSaying[] {
  const behindEnd = Math.min(noun.end + BEHIND, text.lower.length, after?.start ?? Number.POSITIVE_INFINITY);
  const behind = valuesIn(text.cased.slice(noun.end, behindEnd), noun.end, noun.announces);
  const phrase =
    noun.announces === 'password' && behindEnd === text.lower.length
      ? severalWords(text.cased.slice(noun.end, behindEnd), noun.end)
      : null;
  const beforeStart = Math.max(0, noun.start - BEFORE, before?.end ?? 0);
  const ahead = valuesIn(text.cased.slice(beforeStart, noun.start), beforeStart, noun.announces);
  const penalty = sourcePenalty(text, noun);
  const scored = [
    ...[...behind, ...(phrase === null ? [] : [phrase])].map((value) => ({
      value,
      score: scoreBehind(text, noun, value) + penalty,
    })),
    ...ahead.map((value) => ({ value, score: scoreBefore(text, noun, value) + penalty })),
  ];
  for (const each of scored)
    if (each.score >= MAYBE && isCalledOther(text.lower, each.value.start, each.value.end)) each.score = 0;
  const best = Math.max(...scored.map(({ score }) => score), Number.NEGATIVE_INFINITY);
  if (best < MAYBE) return [];
  const kind = noun.announces === 'code' ? 'code' : 'password';
  return scored
    .filter(({ value, score }) => score === best || isSibling(text, value, score, best))
    .map(({ value: { start, end } }) => ({
      kind,
      start,
      end,
      confidence: best >= HARD ? 'hard' : 'maybe',
    }));
}

/** Whether a value goes with the best one: "Bandit77, bandit77 and BANDIT77". */
function isSibling(text: PlainText, value: Value, score: number, best: number): boolean {
  if (score >= MAYBE && value.shape >= 2.5) return true;
  const isMixed = /\d|[^\s][!@#$%^&*+~][^\s]/.test(text.cased.slice(value.start, value.end));
  return score >= best - 3.5 && !value.isPlainWord && value.shape >= 1 && isMixed;
}

/** Whether a noun can mean a value at all. */
function isMeant(text: PlainText, noun: Noun, { start, end }: Value): boolean {
  return !noun.isOfSix || /^\d{3}[ -]?\d{3}$/.test(text.cased.slice(start, end));
}

function scoreBehind(text: PlainText, noun: Noun, value: Value): number {
  if (!isMeant(text, noun, value)) return Number.NEGATIVE_INFINITY;
  const gap = text.lower.slice(noun.end, value.start);
  const bond = bondOf(gap);
  let score = value.shape + BONDS_BEHIND[bond];
  if (value.isPlainWord && !value.isQuoted) {
    const isForeign = isForeignWord(text, noun, value);
    const hasSign = /[:=：＝]/.test(gap);
    // What it is made of, or from.
    if (OF.test(gap)) return Number.NEGATIVE_INFINITY;
    // "password=word" is how settings are written.
    if (gap === '=') score -= 1.5;
    const isRussian = bond === 'touching' && isRussianName(text, noun, value);
    if (bond !== 'bound' && !isForeign && !isRussian) return Number.NEGATIVE_INFINITY;
    if (/^\s?[,、]/.test(gap) || /^[^.!\n]{0,12}\?/.test(text.lower.slice(value.end, value.end + 13)))
      return Number.NEGATIVE_INFINITY;
    if (isForeign || /[^!-~]/.test(text.cased.slice(value.start, value.end))) {
      if (text.lower.length > (isForeign ? LONG : SHORT) || value.end - value.start > 24)
        return Number.NEGATIVE_INFINITY;
      score += isForeign ? (bond === 'bound' ? 0.7 : 0) : hasSign ? 0 : -0.5;
      if (!isForeign && SAID.test(text.lower.slice(value.end, value.end + 6))) score += 0.6;
    }
    if (!hasSign && !isForeign && !OWN.test(text.lower.slice(Math.max(0, noun.start - 40), value.start)))
      score -= text.lower.length <= SHORT ? 0.5 : 1.5;
    score += endsClause(text.lower, value.end) ? 1 : -1.5;
    if (!hasSign && !isRussian && !/[\p{L}\p{M}]/u.test(gap)) score -= isForeign ? 0.7 : 1.5;
    if (isRussian) score += 0.5;
  }
  if (value.isPlainWord && value.isQuoted && bond === 'near') return Number.NEGATIVE_INFINITY;
  if (QUESTION.test(gap)) score -= 2;
  return score + common(text, noun, value, noun.start, value.start);
}

function scoreBefore(text: PlainText, noun: Noun, value: Value): number {
  if (!isMeant(text, noun, value)) return Number.NEGATIVE_INFINITY;
  const gap = text.lower.slice(value.end, noun.start);
  const bond = bondOf(gap);
  if (value.isPlainWord && !value.isQuoted && !(bond === 'bound' && isForeignWord(text, noun, value)))
    return Number.NEGATIVE_INFINITY;
  if (value.isPlainWord && bond !== 'bound') return Number.NEGATIVE_INFINITY;
  if (/^\s?[,、;/]\s?$/.test(gap)) return Number.NEGATIVE_INFINITY;
  const isLoose = noun.isVague && bond !== 'bound' && text.lower.length > SHORT;
  return (
    value.shape + BONDS_BEFORE[bond] - (isLoose ? 2 : 0) + common(text, noun, value, value.start, noun.start)
  );
}

/** What speaks for and against it beside form and bond. */
function common(text: PlainText, noun: Noun, value: Value, from: number, to: number): number {
  const clause = text.lower.slice(Math.max(0, from - 40), Math.max(to, value.end) + 8);
  let cues = 0;
  if (OWN.test(clause)) cues += 1;
  if (USED.test(clause)) cues += 1;
  if (value.shape >= 2.5 && REFUSED.test(text.lower.slice(Math.max(0, from - 40), value.end + 60))) cues += 1;
  let score = Math.min(cues, value.shape >= 3 && !value.isPlainWord ? 2 : 1.5);
  if (noun.isVague) {
    const isShort = text.lower.length <= SHORT;
    score -=
      noun.announces === 'password' ? (isShort || cues > 0 ? 0.5 : 1.5) : isShort ? 0.5 : cues > 0 ? 1 : 2;
  }
  if (noun.announces === 'code' && UNSHARED.test(text.lower)) score += 1.5;
  if (text.lower.length <= BRIEF && value.shape >= 3) score += 0.5;
  const leadStart = value.start >= noun.end ? noun.end : 0;
  const lead = text.lower.slice(Math.max(leadStart, value.start - 28), value.start);
  if (value.start !== noun.end && OTHER_NAME.test(lead) && !lead.endsWith('code ')) score -= 3;
  const ahead = text.lower.slice(Math.max(0, value.start - 20), value.start);
  if (ADVISED_AGAINST.test(ahead)) score -= 3;
  return score;
}

/** A word of Latin letters where people write in another script: hardly a word of theirs. */
function isForeignWord(text: PlainText, noun: Noun, value: Value): boolean {
  return (
    /^[A-Za-z][a-z]{3,}$/.test(text.cased.slice(value.start, value.end)) &&
    /(?![\u0000-\u024f])\p{L}/u.test(text.lower.slice(Math.max(0, noun.start - 20), value.end + 20))
  );
}

/** Endings of verbs, adjectives and adverbs, and of nouns that stand in a sentence. */
const RUSSIAN_OTHERS = foldedPattern(
  '(?:ть|ти|ся|сь|ет|ит|ют|ут|ят|ат|ал|ил|ел|ла|ло|ли|ый|ий|ой|ая|яя|ое|ее|ые|ие|ан|ен|ана|ена|ано|ено|аны|ены|то|же|но|ому|ого|ами|ах|ом|ем|для|от|мне|нет|кто|она|они|вам|нам)$',
  'u',
);

/** "Мой пароль солнышко," says no "is": a noun at the end of the clause behind one's own password. */
function isRussianName(text: PlainText, noun: Noun, { start, end }: Value): boolean {
  const word = text.lower.slice(start, end);
  return (
    /^[\u0430-\u044f]{5,}$/.test(word) &&
    /(?:мои|моя|вот|наш)\s$/.test(text.lower.slice(Math.max(0, noun.start - 6), noun.start)) &&
    /^\s?(?:$|[,.!\n])/.test(text.lower.slice(end, end + 2)) &&
    !RUSSIAN_OTHERS.test(word)
  );
}

const CLAUSE_END = foldedPattern(
  String.raw`^["'”’」』)\]]{0,2}\s{0,2}(?:$|[\n.,;!?。，！？;)]|(?:and|but|so|please|pls|can|could|it|why|what|if|for|on|in|since|from|y|o|pero|desde|porque|hace|e|mas|и|но|а|помог|пожалуйста|уже|почему|или|です|でした|で、|だ|なん|예요|이에요|입니다|인데|임|吧|呢|啊|了|对|對|为什么|請|请)(?![a-z]))`,
  'u',
);

/** "It is", behind what it is. */
const SAID = foldedPattern('^(?:です|でした|이에요|예요|입니다|이야)', 'u');

/** "Is from my …": what follows is no password. */
const OF = foldedPattern(
  '(?<!\\p{L})(?:of|from|about|with|de|del|sobre|con|из|от|про|о)(?: (?:my|the|our|mi|el|la|los|su|моего|моей))?\\s{0,2}$',
  'u',
);

/** Whether a clause ends behind a place, or goes on with a new one. */
function endsClause(lower: string, end: number): boolean {
  return CLAUSE_END.test(lower.slice(end, end + 24));
}

function sourcePenalty(text: PlainText, noun: Noun): number {
  const around = text.cased.slice(Math.max(0, noun.start - 160), noun.end + 160);
  return SOURCE_CODE.test(around) ? -3 : 0;
}

/** A name and what opens it, set apart by a slash ("login: anna / secret1"). */
const SLASHED = foldedPattern(
  String.raw`(?<![a-z])(?:login|log in|user(?:name)?|account|id ?\/ ?(?:pw|pass(?:word)?)|usuario|logeo)\s{0,2}(?:is|es|[:=-])?\s{0,2}[^\s/]{2,60}\s{0,2}\/\s{0,2}(?<secret>[!-~]{4,64})|(?:логин|логин\/пароль|账号|帳號|アカウント|아이디)\s{0,2}[:=-]?\s{0,2}[^\s/]{2,60}\s{0,2}\/\s{0,2}(?<other>[!-~]{4,64})`,
  'gu',
);

/** A mail address and what opens it, with nothing between but a sign ("a@b.c:pass1"). */
const PAIR =
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,3}\s{0,2}(?:[:|;,]|\/{1,2}|\s-)\s{0,2}(?<secret>(?=[!-~]{0,63}\d)(?=[!-~]{0,63}[a-z])[^\s/:|,;]{6,64})(?![\w/:])/giu;

function loginPairs(text: PlainText): readonly FoundSaying[] {
  const found: FoundSaying[] = [];
  if (text.lower.includes('/'))
    for (const match of text.lower.matchAll(SLASHED)) {
      const secret = match.groups?.secret ?? match.groups?.other ?? '';
      const end = match.index + match[0].length;
      const isStrong = /\d/.test(secret) && /[a-z]/.test(secret) && !/[/.]/.test(secret);
      if (isStrong) found.push({ kind: 'password', start: end - secret.length, end, confidence: 'hard' });
    }
  if (!text.cased.includes('@')) return found;
  for (const match of text.cased.matchAll(PAIR)) {
    const secret = match.groups?.secret ?? '';
    const end = match.index + match[0].length;
    if (/@|\.(?:git|com|org|net|io|md|js|ts|json|test)\b|^\d+\.\d/i.test(secret)) continue;
    found.push({ kind: 'password', start: end - secret.length, end, confidence: 'hard' });
  }
  return found;
}
