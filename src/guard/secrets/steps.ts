import type { LabelWord } from './label-words.js';
import type { Meter } from './meter.js';
import { BREAK, DIGITS, LETTERS, STOP, type Token } from './tokens.js';

/** Steps that count on, from which on they are how the words of a phrase are numbered. */
const MIN_STEPS = 4;
/** Most tokens from one step to the next. */
const MAX_BETWEEN = 9;
/** Share of the steps that a word has to come with to be a part of the numbering. */
const MOSTLY = 0.6;
const ROMAN: ReadonlyMap<string, number> = new Map(
  'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv'
    .split(' ')
    .map((word, at) => [word, at + 1]),
);

/** What counts: letters and Roman numerals with a mark behind them, ordinals, cardinals. */
type Count = (token: Token, role: LabelWord | undefined, text: string) => number;
/** The row of a letter or numeral, beside those of words. */
const ALL_ROWS = -1;
const MARKED = /^[.):\]]/;
const [LETTER, NUMERAL, ORDINALS, CARDINALS] = [0, 1, 2, 3] as const;
/** Letters of the longest Roman numeral that is looked for. */
const MAX_ROMAN = 5;
const COUNTS: readonly Count[] = [
  ({ type, start, end }, _, text) =>
    type === LETTERS && end - start === 1 && MARKED.test(text.slice(end, end + 1))
      ? text.charCodeAt(start) - 96
      : 0,
  ({ type, start, end }, _, text) =>
    type === LETTERS && MARKED.test(text.slice(end, end + 1)) ? (ROMAN.get(text.slice(start, end)) ?? 0) : 0,
  (_, role) => role?.ordinal ?? 0,
  (_, role) => role?.cardinal ?? 0,
];

/**
 * Marks as dropped what counts on over a text, step by step ("a) … b) …", "first … second …"), with the words that come
 * with most of the steps. Linear.
 */
export function withoutSteps(
  tokens: readonly Token[],
  roles: readonly (LabelWord | undefined)[],
  text: string,
  dropped: Set<number>,
  meter: Meter,
): void {
  const counts = [0, 0, 0, 0];
  for (const [at, token] of tokens.entries()) {
    const role = roles[at];
    if (role?.ordinal !== undefined) counts[ORDINALS] = (counts[ORDINALS] ?? 0) + 1;
    if (role?.cardinal !== undefined) counts[CARDINALS] = (counts[CARDINALS] ?? 0) + 1;
    if (
      token.type === LETTERS &&
      token.end - token.start <= MAX_ROMAN &&
      MARKED.test(text[token.end] ?? '')
    ) {
      counts[LETTER] = (counts[LETTER] ?? 0) + 1;
      counts[NUMERAL] = (counts[NUMERAL] ?? 0) + 1;
    }
  }
  for (const [kind, count] of COUNTS.entries()) {
    if ((counts[kind] ?? 0) < MIN_STEPS) continue;
    let chain: number[] = [];
    let value = 0;
    let row = ALL_ROWS;
    const close = (): void => {
      if (chain.length >= MIN_STEPS) dropChain(tokens, roles, text, chain, dropped);
      chain = [];
      value = 0;
      row = ALL_ROWS;
    };
    for (const [at, token] of tokens.entries()) {
      if (token.type === DIGITS || token.type === STOP || token.type === BREAK) continue;
      const role = roles[at];
      const counted = count(token, role, text);
      if (counted <= 0) continue;
      const next = counted + (role === undefined ? 0 : (roles[at - 1]?.tens ?? 0));
      meter.steps += 1;
      const last = chain.at(-1);
      if (last !== undefined && at - last > MAX_BETWEEN) close();
      const rows = row & (role?.rows ?? ALL_ROWS);
      if (rows !== 0 && (chain.length > 0 ? next === value + 1 : next === 1)) {
        chain.push(at);
        value = next;
        row = rows;
      }
    }
    close();
  }
}

/** Drops the steps, the mark right behind each, and in each step the words that come with most. */
function dropChain(
  tokens: readonly Token[],
  roles: readonly (LabelWord | undefined)[],
  text: string,
  chain: readonly number[],
  dropped: Set<number>,
): void {
  const wordAt = (at: number): string => text.slice(tokens[at]?.start ?? 0, tokens[at]?.end ?? 0);
  const steps = chain.map((at, step) => {
    const end = Math.min(chain[step + 1] ?? at + MAX_BETWEEN, tokens.length);
    const places = new Map<string, number>();
    for (let one = at + 1; one < end; one += 1) {
      const token = tokens[one];
      if (token === undefined || token.type === DIGITS || dropped.has(one)) continue;
      if (!places.has(wordAt(one))) places.set(wordAt(one), one);
    }
    return places;
  });
  const counts = new Map<string, number>();
  for (const places of steps) for (const word of places.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const at of chain) {
    dropped.add(at);
    if (roles[at - 1]?.tens !== undefined) dropped.add(at - 1);
    const behind = tokens[at + 1];
    if (
      behind !== undefined &&
      behind.start === tokens[at]?.end &&
      (behind.type === STOP || behind.type === BREAK)
    )
      dropped.add(at + 1);
    if (tokens[at - 1]?.type === BREAK && tokens[at - 1]?.end === tokens[at]?.start) dropped.add(at - 1);
  }
  for (const places of steps)
    for (const [word, at] of places) if ((counts.get(word) ?? 0) >= chain.length * MOSTLY) dropped.add(at);
}
