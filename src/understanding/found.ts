import type { Found, FoundKind } from '../model/index.js';

/** What stands in a text beside its words. */
export interface Scan {
  /** Values a question may ask for, the most telling kind first: link, mail, handle, number, hash. */
  readonly found: readonly Found[];
  /** The text with a {@link MARKS} character in place of each value, for comparing and learning. */
  readonly masked: string;
}

/** Private-use characters that stand for a value of a kind; `cleanText` removes them from what people write. */
export const MARKS: Readonly<Record<FoundKind, string>> = {
  link: '\ue001',
  mail: '\ue002',
  handle: '\ue003',
  number: '\ue004',
  hash: '\ue005',
};

// Every repetition is bounded and every pattern begins at an edge, so that a scan is linear in the text.
const DOT = String.raw`(?:\.|。(?=[a-z0-9])|\[\.\]|\(\.\)|\(dot\)|\[dot\])`;
const LABEL = String.raw`[a-z0-9\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}_-]{1,63}`;
const REST = String.raw`[^\s\p{Script=Han}<>"'「」『』《》【】（），。、；！？“”]{0,2000}`;
const SCHEMED = new RegExp(
  String.raw`(?<![a-z0-9])(?:h(?:tt|xx)ps?:[\\/]{1,3}|[a-z][a-z0-9+-]{1,15}:\/\/)(?:[\p{L}\p{N}_-]{1,63}\.){0,8}${REST}`,
  'giu',
);
const BARE = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}0-9_@./-])(?:${LABEL}${DOT}){1,8}(xn--[a-z0-9-]{2,59}|[a-z\p{Script=Cyrillic}]{2,24})(?![a-z0-9_@])(?::[0-9]{2,5})?([/?#]${REST})?`,
  'giu',
);
const MAIL = new RegExp(
  String.raw`(?<![\p{Script=Latin}0-9._%+@-])[\p{Script=Latin}0-9._%+-]{1,64}(?:@|\(at\)|\[at\])(?:${LABEL}${DOT}){1,8}[a-z]{2,24}`,
  'giu',
);
const HANDLE =
  /(?<![a-z0-9_@.])@[a-z0-9_][a-z0-9_.-]{1,31}|(?<![a-z0-9_.])[a-z0-9_.]{2,32}#[0-9]{4}(?![0-9])/giu;
const NUMBER = /(?<![a-z0-9_.,@#-])\+?\(?[0-9](?:[ ().-]{0,2}[0-9]){4,17}(?![a-z0-9_])/giu;
const HASH = /(?<![a-z0-9])(?:0x)?[0-9a-f]{64}(?![a-z0-9])/giu;

/** How the authors of phrases write "any link here". */
const PLACEHOLDER = /\{(link|mail|handle|number|hash)\}/g;
/** Without one of these there is nothing to find. */
const WORTH_A_LOOK = /[.@:#。{]|[0-9]{2}|\(dot\)|\(at\)/i;

const DECIMAL = /^[0-9]+\.[0-9]+$/;
const DATE = /^(?:19|20)[0-9]{2}[-.][01]?[0-9][-.][0-3]?[0-9]$/;
/** Punctuation that ends a sentence and not a value. */
const TAIL = new Set('.,;:!?)]}>\'"~*|');
/** Endings that make a bare `word.word` a host; others need a path, a second dot, or to be the whole text. */
const ENDINGS = new Set(
  'com net org io app xyz co me dev info biz top site online live support help wallet finance exchange cc vip club shop pro link click cn hk tw us uk eu de ru jp kr sg in to gg ly so ai eth example test'.split(
    ' ',
  ),
);
/** Endings that are also words: people forget the blank behind a full stop ("I lost it.help me"). */
const WORDS_TOO = new Set(
  'me in to so us app help support live link click wallet exchange pro top test'.split(' '),
);

const ORDER: readonly FoundKind[] = ['link', 'mail', 'handle', 'number', 'hash'];

/**
 * Finds links, mail addresses, handles, phone numbers and 64-digit hexadecimal hashes. Takes a `cleanText`;
 * values are as in that text, without trailing punctuation. A hash inside a link is found as well. Defanged
 * forms (`hxxp`, `[.]`) count; nothing is looked up or fetched.
 */
export function scan(clean: string): Scan {
  if (!WORTH_A_LOOK.test(clean)) return { found: [], masked: clean };
  const found: Found[] = [];
  for (const [value] of clean.matchAll(HASH)) found.push({ kind: 'hash', value });
  const take = (
    kind: FoundKind,
    text: string,
    pattern: RegExp,
    admits: (match: RegExpExecArray) => boolean,
  ): string => {
    let kept = '';
    let done = 0;
    for (const match of text.matchAll(pattern)) {
      const value = withoutTail(match[0]);
      if (value === '' || !admits(match)) continue;
      if (kind !== 'hash') found.push({ kind, value });
      kept += `${text.slice(done, match.index)} ${MARKS[kind]} `;
      done = match.index + value.length;
    }
    return kept + text.slice(done);
  };
  const always = (): boolean => true;
  let masked = take('link', clean, SCHEMED, always);
  masked = take('mail', masked, MAIL, always);
  masked = take('link', masked, BARE, (match) => isHost(match, clean));
  masked = take('hash', masked, HASH, always);
  masked = take('handle', masked, HANDLE, always);
  masked = take('number', masked, NUMBER, (match) => !DECIMAL.test(match[0]) && !DATE.test(match[0]));
  found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  masked = masked.replace(PLACEHOLDER, (_, kind: FoundKind) => ` ${MARKS[kind]} `);
  return { found, masked: masked.replace(/ {2,}/g, ' ').trim() };
}

function isHost(match: RegExpExecArray, clean: string): boolean {
  const [whole, ending = '', path] = match;
  if (path !== undefined || whole === clean) return true;
  const dots = whole.split(/\.|。|\[|\(dot/).length - 1;
  const known = ENDINGS.has(ending.toLowerCase());
  if (dots > 1) return known || ending.length <= 3 || ending.startsWith('xn--');
  return known && !WORDS_TOO.has(ending.toLowerCase());
}

function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && TAIL.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
