import { CONFUSABLES } from '../guard/links/confusables.js';

/** What people would not see of a text, or take for something else. */
export type FalseLetters =
  | { readonly kind: 'unseen'; readonly sign: string }
  /** A word with letters that only look like its own; `plain` is the word with those it looks like, as far as known. */
  | { readonly kind: 'word'; readonly word: string; readonly plain: string };

/** Scripts that the languages of a script write beside Latin. */
const SCRIPTS: Readonly<Record<string, string>> = {
  Hans: String.raw`\p{Script=Han}`,
  Hant: String.raw`\p{Script=Han}\p{Script=Bopomofo}`,
  Jpan: String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`,
  Kore: String.raw`\p{Script=Han}\p{Script=Hangul}`,
};
/** A letter of Latin in a form of its own: full-width, mathematical, in a circle. */
const DRESSED = /[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u2460-\u24ff]/u;
/** Not seen, or turning the order around; new lines, tabs and the joiner of emoji are left alone. */
const UNSEEN =
  /(?![\n\r\t])[\p{Cc}\p{Co}]|(?!(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d)\p{Cf}/u;
/** Scripts in which letters are never joined or kept apart by a character of its own. */
const UNJOINED: ReadonlySet<string> = new Set(['Latn', 'Cyrl', 'Grek', ...Object.keys(SCRIPTS)]);

/** The first character of a text that nobody sees, else the first word with a letter that only looks like another. */
export function falseLetters(text: string, locale: string): FalseLetters | null {
  const script = new Intl.Locale(locale).maximize().script ?? 'Latn';
  const [sign] = UNSEEN.exec(UNJOINED.has(script) ? text : text.replace(/[\u200c\u200d]/g, '')) ?? [];
  if (sign !== undefined) return { kind: 'unseen', sign };
  const isFalse = falseIn(script);
  const word = text
    .match(/[\p{L}\p{M}\p{N}]+/gu)
    ?.find((one) => [...one].some((letter) => isFalse(letter, one)));
  return word === undefined
    ? null
    : { kind: 'word', word, plain: [...word].map((letter) => plainLetter(letter)).join('') };
}

/** Whether a letter of a word only looks like one of the script. */
function falseIn(script: string): (letter: string, word: string) => boolean {
  const own = SCRIPTS[script] ?? String.raw`\p{Script=${script}}`;
  const foreign = new RegExp(
    String.raw`(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}${own}])\p{L}`,
    'u',
  );
  // Where the alphabet itself looks like Latin, no word is written in both.
  const isMixed = (word: string): boolean =>
    (script === 'Cyrl' || script === 'Grek') && /\p{Script=Latin}/u.test(word);
  return (letter, word) =>
    DRESSED.test(letter) ||
    ((foreign.test(letter) || (isMixed(word) && !/\p{Script=Latin}/u.test(letter))) && looksLatin(letter));
}

function looksLatin(letter: string): boolean {
  return CONFUSABLES.has(letter) || CONFUSABLES.has(letter.toLowerCase());
}

function plainLetter(letter: string): string {
  const folded = letter.normalize('NFKC');
  if (folded !== letter) return folded;
  const small = letter.toLowerCase();
  const plain = CONFUSABLES.get(small) ?? CONFUSABLES.get(letter);
  if (plain === undefined || /\p{Script=Latin}|\p{Script=Han}/u.test(letter)) return letter;
  return small === letter ? plain : plain.toUpperCase();
}
