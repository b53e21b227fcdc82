import type { Registry } from '../../content/index.js';
import { judgeLinks } from '../links/links.js';
import { prepare } from '../links/ours.js';
import type { HostListed, JudgedLink } from '../links/verdict.js';
import { CHINESE } from './chinese.js';
import { JAPANESE, KOREAN } from './east-asian.js';
import { ENGLISH } from './english.js';
import { PORTUGUESE, RUSSIAN, SPANISH, TURKISH } from './european.js';
import { fold } from './fold.js';
import type { LanguageSigns } from './language-signs.js';
import { type Author, nameOf } from './names.js';
import { INDONESIAN, VIETNAMESE } from './southeast-asian.js';

/** What gives a message away, or why it is left alone. */
export type ImpersonationWhy =
  | 'look-alike-link'
  | 'blocked-link'
  | 'name-like-ours'
  | 'asks-for-secret'
  | 'asks-for-contact'
  | 'wallet-ritual'
  | 'asks-for-money'
  | 'asks-for-screen'
  | 'gift'
  | 'threat'
  | 'rescuer'
  // left alone
  | 'staff'
  | 'asks-about-it'
  | 'tells-of-it'
  | 'warns-of-it'
  | 'own-trouble'
  | 'nothing';

export interface Impersonation {
  readonly scam: boolean;
  readonly why: ImpersonationWhy;
}

/** Judges what somebody wrote in a group. `hidden`: targets that the platform shows under other words. */
export type JudgeMessage = (
  text: string,
  author?: Author,
  hidden?: readonly string[],
) => Impersonation;


/** A part of a message, and whether a "never" stands before it. */
interface Part {
  readonly text: string;
  readonly isNever: boolean;
}

/** Points from which a message counts as fake support. */
const ENOUGH = 2;
/** What asking about it, telling of it or warning of it takes away. */
const QUIET = 3;
const OWN_TROUBLE = 1.5;
const CALMING = /\b(?:don'?t worry|do not worry|no worries|don'?t panic|not to worry|no problem|do not hesitate|don'?t hesitate)\b|不要担心|不用担心|别担心|請放心|请放心|不用擔心/gu;
const TURN =
  /^\s*(?:just|only|but|please|kindly|simply|instead|contact|dm|pm|message|write|it is|it's|i |we |you (?:need|have|must|should|can)|go |open |click|connect|use |pero|solo|por favor|mas|но|просто|nhung|ama|sadece|tapi)\b/u;

/**
 * A judge of messages in groups, for one registry: fake support, look-alike links and names. Who asks about a scam, tells
 * of one or warns of it is left alone, and so are the accounts of the registry. Pure; takes time linear in the text.
 */
export function createImpersonationJudge(registry: Registry, listed?: HostListed): JudgeMessage {
  const ours = prepare(registry);
  return (text, author, hidden = []) => {
    const name = author === undefined ? 'plain' : nameOf(author, ours);
    if (name === 'ours') return { scam: false, why: 'staff' };
    const links = judgeLinks(text, ours, {
      hidden: hidden.map((target) => ({ target, label: text })),
      ...(listed === undefined ? {} : { listed }),
    });
    const folded = fold(text);
    const [language, ...others] = languagesOf(folded).map((signs) => weigh(folded, signs, links, name === 'role', registry));
    const found = others.reduce((best, one) => (one.points > best.points ? one : best), language ?? NOTHING);
    if (name === 'like-ours' && found.quiet !== 'warns-of-it') return { scam: true, why: 'name-like-ours' };
    if (found.points >= ENOUGH) return { scam: true, why: found.why };
    return { scam: false, why: found.quiet ?? 'nothing' };
  };
}

/** Places that people point each other to, and that fake support does not use. */
const KNOWN =
  /(?:^|\/\/|\.)(?:github\.com|gitlab\.com|wikipedia\.org|youtube\.com|youtu\.be|etherscan\.io|bscscan\.com|tronscan\.org|solscan\.io|blockchair\.com|mempool\.space|apps\.apple\.com|play\.google\.com|coingecko\.com|coinmarketcap\.com|reddit\.com|stackexchange\.com|stackoverflow\.com)(?:[/?#]|$)/iu;

/** Whether a text names an account that is not one of ours. */
function hasAccount(text: string, registry: Registry): boolean {
  return [...text.matchAll(/(?<![\p{L}\p{N}.])@([a-z0-9_]{3,})/gu)].some(
    ([, handle = '']) => !registry.handles.has(handle),
  );
}

interface Weighed {
  readonly points: number;
  readonly why: ImpersonationWhy;
  readonly quiet: ImpersonationWhy | null;
}

const NOTHING: Weighed = { points: 0, why: 'nothing', quiet: null };

function weigh(
  text: string,
  signs: LanguageSigns,
  links: readonly JudgedLink[],
  hasRoleName: boolean,
  registry: Registry,
): Weighed {
  const parts = partsOf(text, signs.never);
  const has = (patterns: readonly RegExp[]): boolean =>
    parts.some((part) => !part.isNever && patterns.some((pattern) => pattern.test(part.text)));
  const danger = links.find(
    ({ verdict, why }) => verdict === 'blocked' || (verdict === 'lookalike' && why !== 'not-https'),
  );
  const strangers = links.filter(({ verdict, url }) => verdict !== 'official' && !KNOWN.test(url));
  const hasLink = strangers.length > 0;
  const counted: (readonly [ImpersonationWhy, number])[] = [];
  if (danger !== undefined)
    counted.push([danger.verdict === 'blocked' ? 'blocked-link' : 'look-alike-link', ENOUGH]);
  const isAbout = signs.topic.test(text);
  const directs = signs.directs?.test(text) ?? true;
  if (hasLink && isAbout && directs) counted.push(['wallet-ritual', 2]);
  if (hasAccount(text, registry) && isAbout && has(signs.offer)) counted.push(['asks-for-contact', 1.5]);
  if (has(signs.secret)) counted.push(['asks-for-secret', signs.care.test(text) && !hasLink ? 1 : 3]);
  if (has(signs.contact)) counted.push(['asks-for-contact', 2]);
  if (has(signs.ritual)) counted.push(['wallet-ritual', 2]);
  else if (has(signs.ritualWithLink)) counted.push(['wallet-ritual', hasLink ? 2 : 0.5]);
  if (has(signs.fee)) counted.push(['asks-for-money', 2]);
  if (has(signs.remote)) counted.push(['asks-for-screen', 2]);
  if (has(signs.gift)) counted.push(['gift', hasLink || /connect|连接|連接|授权|授權|back|double|bagla|conect|hubungkan|ket noi|подключ|接続|연결/u.test(text) ? 2 : 1]);
  if (has(signs.threat)) counted.push(['threat', hasLink ? 1.5 : 1]);
  if (has(signs.rescuer)) counted.push(['rescuer', 1]);
  const isRescuer = counted.some(([why]) => why === 'rescuer') && (counted.some(([why]) => why === 'asks-for-contact') || /@\w{3,}/u.test(text));
  if (has(signs.role)) counted.push(['asks-for-contact', 1]);
  if (hasRoleName) counted.push(['name-like-ours', 1]);
  if (has(signs.offer)) counted.push(['asks-for-contact', 1]);
  const [strongest] = [...counted].sort(([, a], [, b]) => b - a);
  const quiet = quietOf(text, signs, isRescuer);
  const lost = quiet === null ? 0 : quiet === 'own-trouble' ? OWN_TROUBLE : QUIET;
  const sum = counted.reduce((points, [, each]) => points + each, isRescuer ? 1 : 0);
  // However many signs a report quotes, it stays a report.
  const points = quiet === null || quiet === 'own-trouble' ? sum - lost : Math.min(sum, ENOUGH) - lost;
  return { points, why: strongest?.[0] ?? 'nothing', quiet };
}

function quietOf(text: string, { quiet }: LanguageSigns, isRescuer: boolean): ImpersonationWhy | null {
  if (isRescuer) return null;
  if (quiet.warns.test(text)) return 'warns-of-it';
  if (quiet.tells.test(text)) return 'tells-of-it';
  if (quiet.asks.test(text)) return 'asks-about-it';
  return quiet.own.test(text) ? 'own-trouble' : null;
}

/** Parts of sentences. A "never" speaks for what stands behind it in its sentence, up to a turn ("but", "just"). */
function partsOf(text: string, never: RegExp): readonly Part[] {
  const parts: Part[] = [];
  for (const sentence of text.replace(CALMING, ' ').split(/(?:[.!?]+(?=\s|$))|[。！？；;\n]+/u)) {
    let isNever = false;
    for (const part of sentence.split(/[,，、:：]\s?|\s[-–—]\s|\sbut\s/u)) {
      const isOwn = never.test(part);
      if (TURN.test(part) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(part)) isNever = false;
      isNever ||= isOwn;
      parts.push({ text: part, isNever });
    }
    parts.push({ text: sentence, isNever: never.test(sentence) });
  }
  return parts;
}

const LATIN: readonly (readonly [LanguageSigns, RegExp])[] = [
  [ENGLISH, /\b(?:the|you|your|to|is|and|for|of|in|it|we|my|me|on|will|this|have|with|please|can)\b/gu],
  [SPANISH, /\b(?:el|la|los|que|de|tu|tus|por|para|en|con|mi|me|una|su|es|hola|aqui|y|lo|te)\b/gu],
  [PORTUGUESE, /\b(?:o|os|que|de|sua|seu|para|em|com|meu|minha|voce|uma|nao|ola|aqui|eu|do|da|no|na|e|me)\b/gu],
  [TURKISH, /\b(?:ve|bir|icin|bu|ile|buradan|bana|sizi|ben|hesab\w*|cuzdan\w*|lutfen|merhaba|destek\w*|kod\w*|mi|gerekiyor)\b/gu],
  [VIETNAMESE, /\b(?:toi|ban|cua|cho|khong|la|duoc|nay|vi|vao|de|nhan|co|cum|tai|ma|lien|he|bi)\b/gu],
  [INDONESIAN, /\b(?:saya|anda|untuk|yang|di|ini|dan|dari|kami|akun|dompet|tidak|bisa|agar|hubungi|lewat|silakan|apakah|kode)\b/gu],
];

/** The languages a text may be in, the likeliest first. */
function languagesOf(text: string): readonly LanguageSigns[] {
  const found: LanguageSigns[] = [];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) found.push(JAPANESE);
  else if (/\p{Script=Han}/u.test(text)) found.push(CHINESE);
  if (/\p{Script=Hangul}/u.test(text)) found.push(KOREAN);
  if (/\p{Script=Cyrillic}/u.test(text)) found.push(RUSSIAN);
  if (found.length > 0) return found;
  const counts = LATIN.map(([signs, words]) => ({ signs, count: [...text.matchAll(words)].length }));
  const most = Math.max(...counts.map(({ count }) => count));
  return counts.filter(({ count }) => count === most).map(({ signs }) => signs);
}
