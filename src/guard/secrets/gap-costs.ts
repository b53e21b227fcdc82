import { BREAK, DIGITS, FOREIGN, HAN, HANGUL, KANA, STOP, type Token } from './tokens.js';

/** What each thing between two words of a phrase speaks against it. */
export const COST = {
  word: -4,
  /** A label ("word 3:", "单词3："), or a word that stood between the last ones too ("then"). */
  label: -0.5,
  repeated: -0.6,
  sameScript: -0.5,
  slip: 0,
  longNumber: -2,
  /** A number that does not count on from the one before: amounts in a recipe, cells of a table. */
  strayNumber: -1,
  sign: -1,
  bracket: -0.2,
  stop: -0.5,
  foreign: -4,
} as const;
/** Longest number that may be numbering. */
const MAX_NUMBERING = 3;

/** How far back a word is the same one again. */
const MAX_SEEN = 4;

function wordHash(lower: string, { start, end }: Token): number {
  let hash = end - start;
  for (let at = start; at < Math.min(end, start + 12); at += 1)
    hash = (Math.imul(hash, 31) + lower.charCodeAt(at)) | 0;
  return hash;
}

/** What each token costs where it is no word of the list of a run. */
export function gapCosts(tokens: readonly Token[], lower: string): Float32Array {
  const costs = new Float32Array(tokens.length);
  const seen: { readonly hash: number; readonly at: number }[] = [];
  const counted = [Number.NaN, Number.NaN];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (token.type === DIGITS) costs[at] = numberCost(token, lower, counted);
    else if (token.type === BREAK) costs[at] = signCost(token, before, after, lower);
    else if (token.type === STOP) costs[at] = before?.type === DIGITS ? 0 : COST.stop;
    else if (token.type === FOREIGN) costs[at] = COST.foreign;
    else if (isNumbering(before) || isNumbering(after)) costs[at] = COST.label;
    else if (isHanNumber(tokens, at, lower)) costs[at] = 0;
    else if (isUnspaced(token) && before?.end === token.start && isUnspaced(before))
      costs[at] = COST.sameScript;
    else {
      const hash = wordHash(lower, token);
      const earlier = seen.findLast((one) => one.hash === hash);
      costs[at] = earlier === undefined ? COST.word : COST.repeated;
      // The first of several is found out when the second comes.
      if (earlier !== undefined) costs[earlier.at] = COST.repeated;
      seen.push({ hash, at });
      if (seen.length > MAX_SEEN) seen.shift();
    }
  }
  return costs;
}

/** Numbers that count on from one of the last two (lists in one or two columns) are numbering. */
function numberCost(token: Token, lower: string, counted: number[]): number {
  const length = token.end - token.start;
  if (length > MAX_NUMBERING) return COST.longNumber;
  const number = Number(lower.slice(token.start, token.end));
  const countsOn =
    Number.isNaN(counted[0]) || Number.isNaN(counted[1]) || counted.some((before) => number === before + 1);
  counted.shift();
  counted.push(number);
  return countsOn ? 0 : COST.strayNumber;
}

/** Brackets and equals signs beside a number, arrows and signs of quotation belong to a list. */
function signCost(token: Token, before: Token | undefined, after: Token | undefined, lower: string): number {
  const sign = lower[token.start];
  if (isNumbering(before) || isNumbering(after)) return 0;
  if (sign === '>') return /^(?:|[\s\-=>])$/.test(lower[token.start - 1] ?? '') ? 0 : COST.sign;
  return sign === '[' || sign === ']' || sign === '(' || sign === ')' ? COST.bracket : COST.sign;
}

const HAN_NUMBER = /^[一二三四五六七八九十廿]$/;

/** Whether a Han character is numbering: a numeral, alone or with others, with a mark behind it ("十二、"). */
export function isHanNumber(tokens: readonly Token[], at: number, lower: string): boolean {
  for (let end = at; end < at + 3; end += 1) {
    const token = tokens[end];
    if (token?.type !== HAN || !HAN_NUMBER.test(lower[token.start] ?? '')) return false;
    if (/[、,.:)]/.test(lower[token.end] ?? '')) return true;
    if (tokens[end + 1]?.start !== token.end) return false;
  }
  return false;
}

function isNumbering(token: Token | undefined): boolean {
  return token?.type === DIGITS && token.end - token.start <= 2;
}

export function isUnspaced({ type }: Token): boolean {
  return type === HAN || type === KANA || type === HANGUL;
}
