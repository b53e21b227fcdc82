import type { Registry } from '../../content/index.js';
import type { JudgedLink } from '../links/verdict.js';
import type { LanguageSigns } from './language-signs.js';
import { partsOf } from './parts.js';
import type { ImpersonationWhy } from './verdict.js';

/** Points from which a message counts as fake support. */
export const ENOUGH = 2;
/** What asking about it, telling of it or warning of it takes away. */
const QUIET = 3;
const OWN_TROUBLE = 1.5;

/** Places that people point each other to, and that fake support does not use. */
const KNOWN =
  /(?:^|\/\/|\.)(?:github\.com|gitlab\.com|wikipedia\.org|youtube\.com|youtu\.be|etherscan\.io|bscscan\.com|tronscan\.org|solscan\.io|blockchair\.com|mempool\.space|apps\.apple\.com|play\.google\.com|coingecko\.com|coinmarketcap\.com|reddit\.com|stackexchange\.com|stackoverflow\.com)(?:[/?#]|$)/iu;

/** Links that are neither ours nor to such places. */
export function strangersOf(links: readonly JudgedLink[]): readonly JudgedLink[] {
  return links.filter(({ verdict, url }) => verdict !== 'official' && !KNOWN.test(url));
}

/** Whether a text names an account or number that is not one of ours. */
export function hasAccount(text: string, registry: Registry): boolean {
  const isOther = [...text.matchAll(/(?<![\p{L}\p{N}.])@([a-z0-9_]{3,32})/gu)].some(
    ([, handle = '']) => !registry.handles.has(handle),
  );
  return isOther || /\+\d[\d ().-]{7,20}\d/u.test(text);
}

/** What the signs of one language say of a message. */
export interface Weighed {
  readonly points: number;
  readonly why: ImpersonationWhy;
  readonly quiet: ImpersonationWhy | null;
}

/** Adds up the signs of one language in a folded text. */
export function weigh(
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
  const hasLink = strangersOf(links).length > 0;
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
  if (has(signs.gift))
    counted.push([
      'gift',
      hasLink ||
      /connect|连接|連接|授权|授權|back|double|bagla|conect|hubungkan|ket noi|подключ|接続|연결/u.test(text)
        ? 2
        : 1,
    ]);
  if (has(signs.threat)) counted.push(['threat', hasLink ? 1.5 : 1]);
  if (has(signs.rescuer)) counted.push(['rescuer', 1]);
  const isRescuer =
    counted.some(([why]) => why === 'rescuer') &&
    (counted.some(([why]) => why === 'asks-for-contact') || /@\w{3,}/u.test(text));
  if (has(signs.role)) counted.push(['asks-for-contact', 1]);
  if (hasRoleName) counted.push(['name-like-ours', 1]);
  if (has(signs.offer)) counted.push(['asks-for-contact', 1]);
  const [strongest] = [...counted].sort(([, a], [, b]) => b - a);
  // What stands in an address is nobody's question.
  const quiet = quietOf(text.replace(/:\/\/[\w.\-/?=&%#:@~+]{1,2000}/gu, '.link'), signs, isRescuer);
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
