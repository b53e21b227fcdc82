import { readFileSync } from 'node:fs';

/** A message somebody wrote in a group. */
export interface Saying {
  readonly language: string;
  readonly text: string;
  readonly author?: { readonly name: string; readonly handle: string };
}

const FOLDER = new URL('sayings/', import.meta.url);

/**
 * Messages of fake support (`scams`) or such as only look like them (`innocent`). The rules were written with the `tuned`
 * half in view; the `held` half was only measured.
 */
export function sayings(kind: 'scams' | 'innocent', half: 'tuned' | 'held', folder: URL = FOLDER): readonly Saying[] {
  return readFileSync(new URL(`${kind}-${half}.txt`, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [language = '', name = '', handle = '', ...words] = line.split('|').map((part) => part.trim());
      const text = words.join('|');
      return name === '' ? { language, text } : { language, text, author: { name, handle } };
    });
}
