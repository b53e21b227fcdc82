import { EVERYWHERE } from './language-words.js';

/** First and last code of a block, the script in BCP-47 words, and how many of its letters make a word. */
const BLOCKS: readonly (readonly [number, number, Script, number])[] = [
  [0x3040, 0x30ff, 'Jpan', 2],
  [0x3400, 0x4dbf, 'Han', 1.7],
  [0x4e00, 0x9fff, 'Han', 1.7],
  [0xac00, 0xd7af, 'Kore', 2.5],
  [0x0370, 0x03ff, 'Grek', 5],
  [0x0400, 0x052f, 'Cyrl', 5],
  [0x0590, 0x05ff, 'Hebr', 4],
  [0x0600, 0x06ff, 'Arab', 4],
  [0x0900, 0x097f, 'Deva', 4],
  [0x0e00, 0x0e7f, 'Thai', 4],
];
const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}0-9'’-]*/gu;

/** A script as text shows it; `Han` stands for both ways of writing Chinese. */
export type Script = 'Latn' | 'Han' | 'Jpan' | 'Kore' | 'Grek' | 'Cyrl' | 'Hebr' | 'Arab' | 'Deva' | 'Thai';

/** The script most of the words are in, or `null` for a text without letters. */
export function scriptOf(text: string): Script | null {
  const words = new Map<Script, number>();
  const latin = text.match(LATIN_WORD) ?? [];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x0370) continue;
    for (const [first, last, script, letters] of BLOCKS) {
      if (code >= first && code <= last) words.set(script, (words.get(script) ?? 0) + 1 / letters);
    }
  }
  const kana = words.get('Jpan');
  if (kana !== undefined) words.set('Jpan', kana + (words.get('Han') ?? 0));
  // Names and words of everywhere stand in texts of any script.
  const telling = words.size === 0 ? latin : latin.filter((word) => !EVERYWHERE.has(word.toLowerCase()));
  if (telling.length > 0) words.set('Latn', telling.length);
  let most: Script | null = null;
  for (const [script, count] of words) if (most === null || count > (words.get(most) ?? 0)) most = script;
  return most;
}
