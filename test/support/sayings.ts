import { readFileSync } from 'node:fs';

/** A message somebody wrote in a group. */
export interface Saying {
  readonly language: string;
  readonly text: string;
  readonly author?: { readonly name: string; readonly handle: string };
}

/** Parts of the messages: with `tuned` in view the rules were written and the odds fitted, the others were measured. */
export const HALVES = ['tuned', 'held', 'unseen'] as const;

const FOLDER = new URL('sayings/', import.meta.url);

/** Messages of fake support (`scams`), or such as only look like it (`innocent`). */
export function sayings(
  kind: 'scams' | 'innocent',
  half: (typeof HALVES)[number],
  folder: URL = FOLDER,
): readonly Saying[] {
  return readFileSync(new URL(`${kind}-${half}.txt`, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [language = '', name = '', handle = '', ...words] = line.split('|').map((part) => part.trim());
      const text = words.join('|');
      return name === '' ? { language, text } : { language, text, author: { name, handle } };
    });
}
