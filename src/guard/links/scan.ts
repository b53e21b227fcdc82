import { visible } from './visible.js';

/** An address in a text, before anybody judged it. */
export interface Candidate {
  /** Where it stands in the text as it was written. */
  readonly start: number;
  readonly end: number;
  /** As it was written. */
  readonly written: string;
  /** As it is read: nothing unseen, dots as dots, `hxxp` as `http`. */
  readonly address: string;
  /** Words that are shown in place of the address; `null` where it is shown itself. */
  readonly label: string | null;
  /** Only a dotted word without scheme, path or an ending that surely is one: counts if it resembles one of ours. */
  readonly doubtful: boolean;
}

// Every repetition is bounded and every pattern begins at an edge, so that a scan is linear in the text.
const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}`;
/** Letters of host names but for scripts that are written without blanks and would grow together with one. */
const LETTER = String.raw`[[\p{L}\p{M}\u24b6-\u24e9\u{1f130}-\u{1f189}]--[${CJK}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]]`;
const LABEL = String.raw`[${LETTER}\p{N}_\-]{1,63}`;
const DOT = String.raw`(?:\.|\\\.|\s?[\[\(\{]\s?(?:\.|dot|d0t|点|點)\s?[\]\)\}]\s?)`;
const ENDING = String.raw`(?:xn--[a-z0-9\-]{2,59}|(?=\p{N}{0,22}${LETTER})[${LETTER}\p{N}]{2,24}|中国|中國|公司|网络|網絡|网址|網址|在线|商城|网站|集团|香港|台湾|台灣|한국)`;
const HOST = String.raw`(?:${LABEL}${DOT}){1,126}${ENDING}(?![${LETTER}\p{N}_])`;
const STOP = String.raw`\s<>"\x60「」『』《》〈〉【】〔〕（），。、；！？：“”‘’…`;
const TAIL = `[^${STOP}]{0,2000}`;
const PATH = String.raw`(?:\s?(?::|\[:\])[0-9]{1,6})?(?:[\/?#\\／]${TAIL})?`;
const BEFORE = String.raw`(?<![${LETTER}\p{N}_@.\-])`;

/** Targets under other words: Markdown, Slack, HTML, BBCode. */
const MASKED: readonly RegExp[] = [
  /\[(?<label>[^[\]\n]{1,300})\]{1,2}\(\s{0,3}<?(?<target>[^)\s>]{1,2000})[^)\n[]{0,200}\)?/g,
  /<(?<target>[^|<>\s]{3,2000})\|(?<label>[^<>]{0,300})>?/g,
  /<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?(?<target>[^"'\s<>]{1,2000})[^<>]{0,300}>(?<label>[^<]{0,300})/gi,
  /\[url=["']?(?<target>[^[\]\s"']{1,2000})["']?\](?<label>[^[]{0,300})/gi,
];
/** Any scheme with its slashes; of the web's own, with any or none. */
const SCHEMED = new RegExp(
  String.raw`(?<![a-z0-9])(?:h(?:tt|xx|\*\*|__)ps?\s?(?::|：|\[:\])\s?[\/\\／]{0,4}\s?(?=[^\s\/\\])|[a-z][a-z0-9+.\-]{1,20}(?::|：|\[:\])[\/\\／]{2,4})(?:(?:${LABEL}${DOT}){1,126}(?=${LETTER}))?${TAIL}`,
  'giv',
);
const NOTHING_BEHIND = /^[a-z][a-z0-9+.*-]*\s?(?::|：|\[:\])[\s/\\／]*$/i;
/** Schemes that do harm without slashes. */
const BARE_SCHEME =
  /(?<![a-z0-9])(?:(?:j\s?a\s?v\s?a|vb|live)\s?s\s?c\s?r\s?i\s?p\s?t\s?[:：](?=\S)|data:(?=[a-z]{1,20}\/|[;,])|file:\/|tg:(?=[a-z]{3,20}\?)|(?:intent|blob|view-source|ms-[a-z]{2,20}):(?=\S))[^\s]{0,2000}/gi;
const MAIL = new RegExp(
  String.raw`(?<![${LETTER}\p{N}._%+\-])[${LETTER}\p{N}._%+~\-]{1,64}(?::[^\s@\/:]{0,64})?@${HOST}${PATH}`,
  'giv',
);
const BARE = new RegExp(String.raw`${BEFORE}(?<!(?<!\/)\/)${HOST}(?!@)${PATH}`, 'giv');
/** A number for a host is an address only with something behind it: notices of logins are full of bare ones. */
const BARE_IP =
  /(?<![\p{L}\p{N}_@.-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,6}\/?[^\s<>"]{0,2000}|\/[^\s<>"]{1,2000})/gu;
/** Spelled out: `evil dot com`, `evil . com`, `evil点com`. */
const SPELLED = new RegExp(
  String.raw`${BEFORE}(?<name>${LABEL}(?:\s(?:dot|d0t)\s${LABEL}){0,3})(?:\s{1,2}(?:dot|d0t)\s{1,2}|\s\.\s|点|點)(?<ending>com|net|org|io|xyz|info|example)(?![${LETTER}\p{N}])(?<path>\/[^\s]{0,200})?`,
  'giv',
);
/**
 * The ending of a name in Chinese, Japanese or Korean; the name stands before it, perhaps behind a sentence without a
 * blank.
 */
const IDEOGRAPHIC_ENDING = new RegExp(
  String.raw`(?<=[${CJK}\p{N}a-z\-])\.(?:com|net|org|cn|io|app|xyz|top|vip|cc|hk|tw|example)(?![a-z0-9\-])`,
  'giv',
);
const IDEOGRAPHIC = new RegExp(`[${CJK}]`, 'v');
const IDEOGRAPHIC_NAME = new RegExp(String.raw`[${CJK}\p{N}a-z\-]`, 'iv');
const MAX_NAME_CHARS = 40;

/** Endings that are words as well: people forget the blank behind a full stop ("I lost it.help me"). */
const WORDS_TOO = new Set(
  'me in to so us help support live link click wallet exchange pro top is it no my now how can be at am do and id pm as the here please'.split(
    ' ',
  ),
);
/** What often stands before a full stop without a blank. */
const LAST_WORDS = new Set(
  'it wallet phrase password account phone mail email code codes back help please thanks money funds fund login now again me lost done ok okay yes no app exchange coins coin support seed key keys device hello hi everything nothing here there out in me you this that him her them'.split(
    ' ',
  ),
);

/** Without one of these there is no address. */
const WORTH_A_LOOK = /[.:：@点點[(]|d[o0]t/i;
const SPELLED_OUT = /d[o0]t|点|點|\s\.\s/i;

/**
 * Finds whatever a reader or an app may take for an address of the web, in the order of the text: with or without
 * scheme, masked (Markdown, Slack, HTML, BBCode), defanged (`hxxp`, `[.]`, `(dot)`), with characters that are not seen,
 * of any script. A mail address is one where something hangs on it that mail has not. Nothing is looked up. Takes time
 * linear in the text, and throws for nothing.
 */
export function scan(text: string): readonly Candidate[] {
  const seen = visible(text);
  if (!WORTH_A_LOOK.test(seen.text)) return [];
  const found: Candidate[] = [];
  let rest = seen.text;
  const take = (from: number, length: number, address: string, more: Partial<Candidate> = {}): void => {
    const [start, end] = [seen.origin(from), seen.origin(from + length)];
    const written = text.slice(start, end);
    found.push({ start, end, written, address: refanged(address), label: null, doubtful: false, ...more });
  };
  const pass = (pattern: RegExp, each: (match: RegExpMatchArray, at: number) => number): void => {
    let kept = '';
    let done = 0;
    for (const match of rest.matchAll(pattern)) {
      const taken = each(match, match.index);
      if (taken <= 0) continue;
      kept += rest.slice(done, match.index) + ' '.repeat(taken);
      done = match.index + taken;
    }
    if (done > 0) rest = kept + rest.slice(done);
  };
  for (const pattern of MASKED) {
    pass(pattern, (match, at) => {
      const { target = '', label = '' } = match.groups ?? {};
      if (!/[.:/]/.test(target)) return 0;
      const offset = match[0].indexOf(target);
      take(at + offset, target.length, target, { label });
      return match[0].length;
    });
  }
  pass(BARE_SCHEME, ([whole], at) => {
    take(at, whole.length, whole.replace(/\s/g, ''));
    return whole.length;
  });
  pass(SCHEMED, ([whole], at) => {
    const address = withoutTail(unglued(whole));
    if (NOTHING_BEHIND.test(address)) return 0;
    take(at, address.length, address);
    return address.length;
  });
  if (rest.includes('@')) {
    pass(MAIL, ([whole], at) => {
      const address = withoutTail(whole);
      take(at, address.length, address);
      return address.length;
    });
  }
  pass(BARE, ([whole], at) => {
    const address = withoutTail(unglued(whole));
    if (address === '') return 0;
    take(at, address.length, address, { doubtful: isDoubtful(address, rest, at + address.length) });
    return address.length;
  });
  pass(BARE_IP, ([whole], at) => {
    const address = withoutTail(whole);
    take(at, address.length, address);
    return address.length;
  });
  if (SPELLED_OUT.test(rest)) {
    pass(SPELLED, (match, at) => {
      const { name = '', ending = '', path = '' } = match.groups ?? {};
      const address = `${name.replace(/\s(?:dot|d0t)\s/gi, '.')}.${ending}${path}`;
      take(at, match[0].length, address, { doubtful: LAST_WORDS.has(name.toLowerCase()) || name === 'the' });
      return match[0].length;
    });
  }
  for (const match of rest.matchAll(IDEOGRAPHIC_ENDING)) {
    let from = match.index;
    while (from > 0 && match.index - from < MAX_NAME_CHARS && IDEOGRAPHIC_NAME.test(rest.charAt(from - 1)))
      from -= 1;
    const name = rest.slice(from, match.index);
    if (!IDEOGRAPHIC.test(name)) continue;
    const address = name + match[0];
    take(match.index - name.length, address.length, address, { doubtful: true });
  }
  return found.sort((a, b) => a.start - b.start);
}

function isDoubtful(address: string, text: string, end: number): boolean {
  const host = /^[^/?#:\\／]*/.exec(address)?.[0] ?? '';
  if (host !== address) return false;
  const dot = host.lastIndexOf('.');
  const ending = host.slice(dot + 1).toLowerCase();
  // `v1.2beta`, `song.mp3`, `1.5km`
  if (/\p{N}/u.test(ending) && !host.includes('xn--')) return true;
  if (!WORDS_TOO.has(ending) || address === text.trim()) return false;
  return LAST_WORDS.has(host.slice(0, dot).toLowerCase()) && /^[\s,.!?]/.test(text.charAt(end));
}

const DEFANGED = /[[({\\\s：]|^h(?:xx|\*\*|__)p/i;

/** Undoes what keeps apps from making a link of it. */
function refanged(address: string): string {
  if (!DEFANGED.test(address)) return address;
  return address
    .replace(/^h(?:xx|\*\*|__)p/i, 'http')
    .replace(/\s?[[({]\s?(?:\.|dot|d0t|点|點)\s?[\])}]\s?/gi, '.')
    .replace(/\\\./g, '.')
    .replace(/^([a-z][a-z0-9+.-]*)\s?(?::|：|\[:\])\s?/i, '$1:')
    .replace(/^(https?:[/\\／]*)\s/i, '$1')
    .replace(/\[:\]/g, ':');
}

const GLUED_HOST = new RegExp(
  String.raw`^((?:[a-z][a-z0-9+.\-]*(?::|：|\[:\])[\/\\／]*)?[^\/?#\\／]*\.[a-z]{2,24})(?=[${CJK}])[^.]*$`,
  'iv',
);
const GLUED_PATH = new RegExp(String.raw`^([\x21-\x7e]*[a-z0-9_\-])[${CJK}]`, 'iv');

/** Chinese, Japanese and Korean words follow an address without a blank. */
function unglued(address: string): string {
  if (/^[\x20-\x7e]*$/.test(address)) return address;
  return GLUED_HOST.exec(address)?.[1] ?? GLUED_PATH.exec(address)?.[1] ?? address;
}

const TAIL_MARKS = new Set('.,;:!?)]}>\'"*~|·');

/** Without the punctuation that ends a sentence; a bracket that was opened inside stays. */
function withoutTail(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    if (!TAIL_MARKS.has(last)) break;
    if (last === ')' && address.slice(0, end).includes('(')) break;
    if (last === ']' && /\[[0-9a-f:.]+\]$/i.test(address.slice(Math.max(0, end - 64), end))) break;
    end -= 1;
  }
  return address.slice(0, end);
}
