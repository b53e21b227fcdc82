import { bytesFor } from './random.js';

const FIRST = [
  'alex',
  'mina',
  'leo',
  'nora',
  'kai',
  'ivy',
  'sam',
  'luna',
  'theo',
  'yuki',
  'omar',
  'zoe',
  'finn',
  'mei',
  'rafa',
  'anya',
];
const SECOND = [
  'stone',
  'river',
  'fox',
  'lane',
  'wong',
  'cloud',
  'mark',
  'dawn',
  'field',
  'chen',
  'hill',
  'ray',
  'west',
  'park',
  'vale',
  'snow',
];

/** A handle of so few letters is likely one word. */
const ONE_WORD_CHARS = 7;

/**
 * Handles that might be anybody's, in the manner of the person's own: of one word or two, joined, capitalised and with
 * as many digits at the end as that has, so that none stands out.
 */
export function decoyHandles(own: string, count: number, entropy: Uint8Array): readonly string[] {
  const joint = /[._-]/.exec(own)?.[0] ?? '';
  const digits = /[0-9]*$/.exec(own)?.[0].length ?? 0;
  const letters = own.slice(0, own.length - digits);
  const isOneWord = joint === '' && letters.length <= ONE_WORD_CHARS;
  const cased = casing(letters);
  const decoys: string[] = [];
  for (let round = 0; decoys.length < count; round += 1) {
    const bytes = bytesFor(entropy, `decoy.${round}`);
    const number =
      digits === 0 ? '' : String(bytes.readUInt32BE(4)).padStart(10, '1').slice(-Math.min(digits, 10));
    const first = wordOf(isOneWord ? [...FIRST, ...SECOND] : FIRST, bytes.readUInt8(0));
    const words = isOneWord ? [first] : [first, wordOf(SECOND, bytes.readUInt8(1))];
    const decoy = `${cased(words).join(joint)}${number}`;
    const taken = [own, ...decoys].map((handle) => handle.toLowerCase());
    if (!taken.includes(decoy.toLowerCase())) decoys.push(decoy);
  }
  return decoys;
}

/** How the letters of a handle are capitalised: all of them, the first of each word, the first one, or none. */
function casing(letters: string): (words: readonly string[]) => readonly string[] {
  const capitals = letters.replace(/[^A-Z]/g, '').length;
  if (capitals > 1 && letters === letters.toUpperCase())
    return (words) => words.map((each) => each.toUpperCase());
  if (!/^[A-Z]/.test(letters)) return (words) => words;
  return (words) => words.map((each, index) => (index === 0 || capitals > 1 ? capitalised(each) : each));
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function wordOf(words: readonly string[], byte: number): string {
  return words[byte % words.length] ?? '';
}
