import { readdirSync, readFileSync } from 'node:fs';
import { BIP39_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import type { Chance } from './chance.js';
import { hex, MADE_UP } from './made-up-keys.js';
import { madeUpPhrase } from './phrases.js';

/** What somebody says, with the places of what is secret in it. */
export interface Saying {
  readonly language: string;
  readonly kind: 'password' | 'code' | 'phrase' | 'key';
  readonly text: string;
  readonly secrets: readonly { readonly start: number; readonly end: number }[];
  /** Not looked at while the rules were written. */
  readonly isHeldOut: boolean;
}

const FOLDER = 'test/support/secrets/sayings';
const KINDS = { p: 'password', c: 'code', w: 'phrase', k: 'key' } as const;
const LISTS: Readonly<Record<string, keyof typeof BIP39_LISTS>> = {
  zh: 'chineseSimplified',
  ja: 'japanese',
  ko: 'korean',
  es: 'spanish',
  pt: 'portuguese',
};

/**
 * The sayings of all languages, one a line: its kind, a blank, and the text with what is secret in square brackets or,
 * for phrases and keys, a name in braces for one made on the fly.
 */
export function sayings(from: Chance): readonly Saying[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) =>
      readFileSync(`${FOLDER}/${file}`, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line, at) => saying(file.replace('.txt', ''), line, at % 2 === 1, from)),
    );
}

/** More of them, in six languages, that were written by other hands or later, and looked at since. */
export function laterSayings(from: Chance): readonly Saying[] {
  return toldIn('told', from);
}

/** And more, in most of which nothing is called a password, a PIN or a code; looked at since, and weights fitted to them. */
export function freeSayings(from: Chance): readonly Saying[] {
  return toldIn('told-freely', from);
}

function toldIn(name: string, from: Chance): readonly Saying[] {
  return readFileSync(`test/support/secrets/${name}.txt`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => saying(line.slice(0, 2), line.slice(3).replaceAll('\\n', '\n'), false, from));
}

/** Messages in which nothing is secret, one a line; hashes and the like are made on the fly by the tests. */
export function harmlessLines(): readonly string[] {
  return readFileSync('test/support/secrets/harmless.txt', 'utf8').split('\n').filter(Boolean);
}

function saying(language: string, line: string, isHeldOut: boolean, from: Chance): Saying {
  let text = '';
  const secrets: { start: number; end: number }[] = [];
  for (const [part] of line.slice(2).matchAll(/\[[^\]]*\]|\{\w+\}|[^[{]+|[[{]/g)) {
    const secret = /^\{\w+\}$/.test(part)
      ? madeUp(part.slice(1, -1), language, from)
      : /^\[.*\]$/.test(part)
        ? part.slice(1, -1)
        : null;
    if (secret !== null) secrets.push({ start: text.length, end: text.length + secret.length });
    text += secret ?? part;
  }
  const kind = KINDS[line[0] as keyof typeof KINDS];
  return { language, kind, text, secrets, isHeldOut };
}

function madeUp(name: string, language: string, from: Chance): string {
  const made = (wanted: string): string => MADE_UP.find((one) => one.name === wanted)?.make(from) ?? '';
  if (name === 'hex') return hex(from.bytes(32));
  if (name === 'wif') return made('WIF');
  if (name === 'xprv') return made('xprv');
  const list = BIP39_LISTS[from.below(2) === 0 ? 'english' : (LISTS[language] ?? 'english')];
  const words = madeUpPhrase(from, list, name === '24' ? 24 : 12);
  switch (name) {
    case 'part':
      return words.slice(0, 8).join(' ');
    case 'numbered':
      return words.map((word, at) => `${at + 1}. ${word}`).join(' ');
    case 'commas':
      return words.join(', ');
    case 'lines':
      return words.join('\n');
    default:
      return words.join(' ');
  }
}
