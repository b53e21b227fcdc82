import { type LabelWord, labelWord } from './label-words.js';
import { placeOf, wordId } from './lists/word-index.js';
import { WORD_LIST_NAMES } from './lists/word-lists.js';
import type { Meter } from './meter.js';
import { foldedPattern, foldWord, type PlainText } from './plain-text.js';
import { withoutSteps } from './steps.js';
import { BREAK, DIGITS, HANGUL, KANA, LETTERS, STOP, type Token, tokensOf } from './tokens.js';

const HAN_COUNT = '(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,3})';
const HAN_WORD = '(?:英文)?(?:单词|單詞|单字|單字|助记词|助記詞|字|词|詞)';
/** Labels of scripts without blanks, whose words touch what they label: "第3个字是", "单词 3：", "1番目は", "3번:". */
const UNSPACED = foldedPattern(
  [
    `第\\s?${HAN_COUNT}\\s?(?:[个個]\\s?)?${HAN_WORD}?\\s?(?:就?是|为|為|[:.])`,
    `第\\s?${HAN_COUNT}\\s?[个個]?\\s?${HAN_WORD}?(?=[ "“「]{0,2}[a-z])`,
    `第\\s?${HAN_COUNT}\\s?[个個]?\\s?${HAN_WORD}(?=[ "“「])`,
    `(?:单词|單詞|助记词|助記詞|字|词|詞|単語)\\s?${HAN_COUNT}\\s?(?:是|为|為|は|[:.])`,
    '(?:首先|其次|然后|然後|接着|接著|接下来|接下來|再来|再來|下一个|下一個|最后一个|最後一個|最后|最後)是',
    `${HAN_COUNT}\\s?(?:番目|番(?=\\s?[:.、はがの])|つ目|個目|語目)の?(?:単語|言葉|ワード)?(?:\\s?[:.、]|[はが]、?)?`,
    '(?:最初|次|最後)の?(?:単語|言葉|ワード)?は、?',
    '[0-9]{1,2}\\s?(?:번째|번)\\s?(?:단어)?\\s?[:.]?(?![\\p{L}\\p{M}])',
  ].join('|'),
  'gu',
);
const MAY_BE_UNSPACED = foldedPattern('[第词詞字是番目次初後번]', 'u');

/** "It is" and "and", where they are attached to a word of the list. */
const ATTACHED: ReadonlyMap<number, readonly string[]> = new Map([
  [KANA, ['です', 'でした', 'だ', 'で'].map(foldWord)],
  [HANGUL, ['이고요', '이고', '고', '이에요', '예요', '입니다', '이며', '인데', '이요', '요'].map(foldWord)],
]);
const LIST_OF_SCRIPT: ReadonlyMap<number, number> = new Map([
  [KANA, WORD_LIST_NAMES.indexOf('japanese')],
  [HANGUL, WORD_LIST_NAMES.indexOf('korean')],
]);

/** A sign between a label and its word. */
const SIGN = /^\s?(?::|=|-+>?|—|–|→)/;

/** The tokens of a text, and the text with blanks in the place of what was in a script without blanks. */
export interface WordTokens {
  readonly tokens: readonly Token[];
  readonly lower: string;
  /** Whether something was left out. */
  readonly isLabelled: boolean;
  /** Words of lists among what was left out, in their order. */
  readonly leftOut: readonly Token[];
}

/**
 * The tokens of a plain text in lower case without all that only says which word of a phrase comes next. The places
 * stay those of the text. Linear.
 */
export function wordTokens(plain: PlainText, meter: Meter): WordTokens {
  const before = known.get(plain);
  if (before !== undefined) return before;
  const words = readWords(plain.lower, meter);
  known.set(plain, words);
  return words;
}

/** What was read of texts that are still looked at; forgotten with them. */
const known = new WeakMap<PlainText, WordTokens>();

function readWords(lower: string, meter: Meter): WordTokens {
  let unspaced = 0;
  const text = MAY_BE_UNSPACED.test(lower)
    ? lower.replace(UNSPACED, (label) => {
        unspaced += 1;
        return ' '.repeat(label.length);
      })
    : lower;
  const all = tokensOf(text, meter);
  const roles = all.map((token) =>
    token.type === LETTERS || token.type === HANGUL
      ? labelWord(text.slice(token.start, token.end))
      : undefined,
  );
  const dropped = new Set<number>();
  for (let at = 0; at < all.length; at += 1) {
    if (roles[at] === undefined && all[at]?.type !== DIGITS) continue;
    const end = labelEnd(all, roles, text, at);
    if (end <= at) continue;
    let from = at;
    while (roles[from - 1]?.isArticle && !dropped.has(from - 1)) from -= 1;
    for (let one = from; one < end; one += 1) if (all[one]?.type !== DIGITS) dropped.add(one);
    at = end - 1;
  }
  withoutSteps(all, roles, text, dropped, meter);
  if (dropped.size === 0 && unspaced === 0) return { tokens: all, lower, isLabelled: false, leftOut: [] };
  const tokens = all
    .filter((token, at) => !dropped.has(at) && !isEnding(token, text))
    .map((token) => (token.id < 0 ? detached(token, text) : token));
  const leftOut = all.filter(({ id }, at) => dropped.has(at) && id >= 0);
  return { tokens, lower: text, isLabelled: true, leftOut };
}

/** Behind the last token of a label that begins at a place; that place where none does. */
function labelEnd(
  tokens: readonly Token[],
  roles: readonly (LabelWord | undefined)[],
  text: string,
  at: number,
): number {
  const role = roles[at];
  const token = tokens[at];
  if (token === undefined) return at;
  const follows = (from: number): boolean =>
    /^[ .#№-]{0,3}$/.test(
      text.slice(
        tokens[from - 1]?.end ?? 0,
        Math.min(tokens[from]?.start ?? 0, (tokens[from - 1]?.end ?? 0) + 4),
      ),
    );
  const skip = (from: number, is: (role: LabelWord) => boolean): number => {
    const here = roles[from];
    return here !== undefined && is(here) && follows(from) ? from + 1 : from;
  };
  const isNumber = (from: number): boolean => {
    const here = tokens[from];
    return (
      roles[from]?.cardinal !== undefined ||
      roles[from]?.ordinal !== undefined ||
      (here?.type === DIGITS && here.end - here.start <= 2)
    );
  };
  const hasSign = (from: number): boolean => {
    const last = tokens[from - 1];
    return last !== undefined && SIGN.test(text.slice(last.end, last.end + 4));
  };
  const copula = (from: number): number => skip(from, ({ isCopula }) => isCopula === true);
  const noun = (from: number): number => skip(from, ({ isNoun, isOne }) => (isNoun ?? isOne) === true);
  if (token.type === DIGITS) {
    if (token.end - token.start > 2) return at;
    const isAttached = tokens[at + 1]?.start === token.end;
    const bare = tokens[at + 1]?.type === STOP ? at + 2 : at + 1;
    const suffix = isAttached ? skip(bare, ({ isSuffix }) => isSuffix === true) : bare;
    const named = noun(suffix);
    const end = copula(named);
    if (suffix > bare) return end;
    return named > suffix && (end > named || hasSign(named)) ? end : at;
  }
  if (role === undefined) return at;
  if (role.ordinal !== undefined || role.tens !== undefined) {
    const number = role.tens !== undefined && isNumber(at + 1) ? at + 2 : at + 1;
    if (role.ordinal === undefined && number === at + 1) return at;
    const named = noun(number);
    const end = copula(named);
    return end > number || hasSign(number) ? end : at;
  }
  // "3. word" is a word of the list and no label.
  const before = tokens[at - 1]?.type;
  const isNumbered =
    before === DIGITS || ((before === STOP || before === BREAK) && tokens[at - 2]?.type === DIGITS);
  if (role.isNoun && !(isNumbered && tokens[at + 1]?.type === DIGITS)) {
    const prefix = skip(at + 1, ({ isPrefix }) => isPrefix === true);
    if (!isNumber(prefix) && roles[prefix]?.tens === undefined) return at;
    const number = roles[prefix]?.tens !== undefined && isNumber(prefix + 1) ? prefix + 2 : prefix + 1;
    return copula(number);
  }
  if (role.isPrefix && isNumber(at + 1)) {
    const end = copula(at + 2);
    return end > at + 2 || hasSign(at + 2) ? end : at;
  }
  return at;
}

/** Whether a word is nothing but what would be attached to a word of the list without the quotes around that. */
function isEnding({ type, start, end }: Token, text: string): boolean {
  return ATTACHED.get(type)?.includes(text.slice(start, end)) === true;
}

/** A word of a list without what is attached to it; the token itself where it is none. */
function detached(token: Token, text: string): Token {
  const endings = ATTACHED.get(token.type);
  const list = LIST_OF_SCRIPT.get(token.type);
  if (endings === undefined || list === undefined) return token;
  const word = text.slice(token.start, token.end);
  for (const ending of endings) {
    if (!word.endsWith(ending)) continue;
    const id = wordId(word.slice(0, -ending.length));
    if (id >= 0 && placeOf(id, list) >= 0) return { ...token, end: token.end - ending.length, id };
  }
  return token;
}
