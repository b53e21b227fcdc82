import type { Span } from '../finding.js';
import { foldedPattern } from '../plain-text.js';

/** Digits in words, from nought to nine, by language; several ways of saying one are set apart by a bar. */
const WITH_BLANKS: readonly (readonly string[])[] = [
  ['zero|oh|o', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  ['cero', 'uno|un', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'],
  ['zero', 'um', 'dois', 'tres', 'quatro', 'cinco', 'seis|meia', 'sete', 'oito', 'nove'],
  ['ноль|нуль', 'один|раз', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять'],
  ['nol|kosong', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'],
  ['sıfır|sifir', 'bir', 'iki', 'uc', 'dort', 'bes', 'altı|alti', 'yedi', 'sekiz', 'dokuz'],
  ['khong', 'mot', 'hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin'],
];
/** The same where digits are written side by side. */
const WITHOUT_BLANKS: readonly (readonly string[])[] = [
  ['零|〇|洞', '一|幺|壹', '二|两|兩|贰', '三|叁', '四|肆', '五|伍', '六|陆', '七|柒|拐', '八|捌', '九|玖'],
  [
    'ゼロ|れい|零|〇',
    '一|いち|イチ',
    '二|に|ニ',
    '三|さん|サン',
    '四|よん|し|ヨン',
    '五|ご|ゴ',
    '六|ろく|ロク',
    '七|なな|ナナ|しち',
    '八|はち|ハチ',
    '九|きゅう|キュウ',
  ],
  ['공|영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'],
];

const RUNS: readonly { readonly run: RegExp; readonly word: RegExp; readonly each: readonly RegExp[] }[] = [
  ...WITH_BLANKS.map((digits) => {
    const word = `(?:(?:double |doble |дважды )?(?:${digits.join('|')})|\\d)`;
    return {
      run: foldedPattern(`(?<![\\p{L}\\d])${word}(?:[ ,.-]{1,2}${word}){3,11}(?![\\p{L}\\d])`, 'gu'),
      word: foldedPattern(`${word}(?!\\p{L})`, 'gu'),
      each: digits.map((digit) => foldedPattern(`^(?:${digit})$`, 'u')),
    };
  }),
  ...WITHOUT_BLANKS.map((digits) => {
    const word = `(?:${digits.join('|')})`;
    return {
      run: foldedPattern(`${word}(?:[ 、,-]?${word}){3,11}`, 'gu'),
      word: foldedPattern(word, 'gu'),
      each: digits.map((digit) => foldedPattern(`^(?:${digit})$`, 'u')),
    };
  }),
];
/** A cheap look for digits in words side by side. */
const HINT = foldedPattern(
  `(?<!\\p{L})(?:${WITH_BLANKS.flat().join('|')})[ ,.-]{1,2}(?:${WITH_BLANKS.flat().join('|')})(?!\\p{L})|[零〇幺一二三四五六七八九]{2}|(?:ゼロ|れい|いち|さん|よん|なな|はち){2}|(?:공|영|일|이|삼|사|오|육|칠|팔|구){3}`,
  'u',
);
/** What makes such a run a year, a day or an amount. */
const UNIT = foldedPattern(
  '^ ?(?:年|月|日|号|點|点|元|块|万|万|人|个|個|次|分|時|时|円|년|월|일|원|개|명)',
  'u',
);
/** A part of a longer word. */
const INSIDE = /[\u1100-\u11ff\u3040-\u309f]$/;

/** A number in words, with how many digits it has. */
export interface SpokenNumber extends Span {
  readonly digits: number;
}

/** Numbers of four to twelve digits that a text tells in words, but none that count up. Linear. */
export function spokenNumbersIn(lower: string): readonly SpokenNumber[] {
  if (!HINT.test(lower)) return [];
  const found: SpokenNumber[] = [];
  for (const { run, word, each } of RUNS)
    for (const match of lower.matchAll(run)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && end > other.start)) continue;
      if (UNIT.test(lower.slice(end, end + 3)) || INSIDE.test(lower.slice(Math.max(0, start - 1), start)))
        continue;
      // Words, with one digit among them at most.
      if (!/\d.*\d/.test(match[0]) && !isCount(match[0], word, each))
        found.push({ start, end, digits: match[0].match(word)?.length ?? 0 });
    }
  return found;
}

/** Whether digits are one more than the one before, each. */
function isCount(text: string, word: RegExp, each: readonly RegExp[]): boolean {
  const digits = [...text.matchAll(word)].map(([said]) => each.findIndex((digit) => digit.test(said)));
  return digits.every((digit, at) => at === 0 || digit === ((digits[at - 1] ?? 0) + 1) % 10);
}
