import { EVERYWHERE } from './language-words.js';

/** First and last code of a block, the script in BCP-47 words, and how many of its letters make a word. */
const BLOCKS: readonly (readonly [number, number, Script, number])[] = [
  [0x4e00, 0x9fff, 'Han', 1.7],
  [0x3040, 0x30ff, 'Jpan', 2],
  [0x3400, 0x4dbf, 'Han', 1.7],
  [0xac00, 0xd7af, 'Kore', 2.5],
  [0x0370, 0x03ff, 'Grek', 5],
  [0x0400, 0x052f, 'Cyrl', 5],
  [0x0530, 0x058f, 'Armn', 5],
  [0x0590, 0x05ff, 'Hebr', 4],
  [0x0600, 0x06ff, 'Arab', 4],
  [0x0900, 0x097f, 'Deva', 4],
  [0x0980, 0x09ff, 'Beng', 4],
  [0x0b80, 0x0bff, 'Taml', 5],
  [0x0c00, 0x0c7f, 'Telu', 5],
  [0x0e00, 0x0e7f, 'Thai', 4],
  [0x0e80, 0x0eff, 'Laoo', 4],
  [0x1000, 0x109f, 'Mymr', 5],
  [0x10a0, 0x10ff, 'Geor', 5],
  [0x1200, 0x137f, 'Ethi', 3],
  [0x1780, 0x17ff, 'Khmr', 5],
];
const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}0-9'’-]*/gu;
/** Letters of any other script; `Common` are letters of none, such as those of formulas. */
const OTHER_LETTER =
  /[^\P{L}\p{Script=Common}\p{Script=Inherited}\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/gu;
const OTHER_LETTERS = 4;
/** Below this are Latin letters and their marks. */
const FIRST = 0x0370;

/** A script as text shows it; `Han` stands for both ways of writing Chinese, `Zzzz` for any that has no name here. */
export type Script =
  | 'Latn'
  | 'Han'
  | 'Jpan'
  | 'Kore'
  | 'Grek'
  | 'Cyrl'
  | 'Armn'
  | 'Hebr'
  | 'Arab'
  | 'Deva'
  | 'Beng'
  | 'Taml'
  | 'Telu'
  | 'Thai'
  | 'Laoo'
  | 'Mymr'
  | 'Geor'
  | 'Ethi'
  | 'Khmr'
  | 'Zzzz';

/** The script most of the words are in, or `null` for a text without letters. */
export function scriptOf(text: string): Script | null {
  const letters = new Float64Array(BLOCKS.length);
  let others = false;
  let at = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < FIRST) continue;
    // Letters of one block stand together.
    if (!isIn(at, code)) {
      const block = BLOCKS.findIndex((_, other) => isIn(other, code));
      if (block < 0) {
        others = true;
        continue;
      }
      at = block;
    }
    letters[at] = (letters[at] as number) + 1;
  }
  const words = new Map<Script, number>();
  BLOCKS.forEach(([, , script, ofWord], block) => {
    const count = letters[block] as number;
    if (count > 0) words.set(script, (words.get(script) ?? 0) + count / ofWord);
  });
  if (others) {
    const count = (text.match(OTHER_LETTER) ?? []).filter((letter) => !hasBlock(letter)).length;
    if (count > 0) words.set('Zzzz', count / OTHER_LETTERS);
  }
  const kana = words.get('Jpan');
  if (kana !== undefined) words.set('Jpan', kana + (words.get('Han') ?? 0));
  const latin = text.match(LATIN_WORD) ?? [];
  // Names and words of everywhere stand in texts of any script.
  const telling = words.size === 0 ? latin : latin.filter((word) => !EVERYWHERE.has(word.toLowerCase()));
  if (telling.length > 0) words.set('Latn', telling.length);
  let most: Script | null = null;
  for (const [script, count] of words) if (most === null || count > (words.get(most) ?? 0)) most = script;
  return most;
}

function isIn(block: number, code: number): boolean {
  const [first, last] = BLOCKS[block] ?? [1, 0];
  return code >= first && code <= last;
}

function hasBlock(letter: string): boolean {
  const code = letter.charCodeAt(0);
  return BLOCKS.some((_, block) => isIn(block, code));
}
