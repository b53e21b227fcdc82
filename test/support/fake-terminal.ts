import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** Keys that are no letters. */
export const KEY = {
  enter: '\r',
  space: ' ',
  down: '\u001b[B',
  up: '\u001b[A',
  clear: '\u0015',
  leave: '\u0003',
} as const;

/** A terminal with somebody at it: what they see, and the keys they press. */
export interface FakeTerminal {
  readonly input: PassThrough;
  readonly output: PassThrough;
  /** Everything shown so far, without colours. */
  seen(): string;
  /** Waits until the words are shown after what was waited for before, then presses keys, one by one. */
  when(words: string, ...keys: readonly string[]): Promise<void>;
}

export function createFakeTerminal(): FakeTerminal {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 60 });
  let text = '';
  let from = 0;
  const waiting = new Set<() => void>();
  output.on('data', (chunk) => {
    text += String(chunk);
    for (const look of [...waiting]) look();
  });
  const seen = (): string => stripVTControlCharacters(text);
  const shown = (words: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        const at = seen().indexOf(words, from);
        if (at < 0) return;
        from = at + words.length;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    input,
    output,
    seen,
    async when(words, ...keys) {
      await shown(words);
      for (const key of keys) {
        input.write(key);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
