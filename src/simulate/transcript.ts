import type { Button } from '../model/index.js';
import type { Sight } from './stage.js';

/** Buttons as a transcript shows them, one a line. */
export function buttonLines(buttons: readonly Button[]): readonly string[] {
  return buttons.map((button) => `  [${button.label}${button.kind === 'url' ? ` → ${button.url}` : ''}]`);
}

/** A sight by its text keys, the values on offer and the names of links. */
export function talkOf(sight: Sight): string {
  if (sight.kind === 'removed') return '< removed';
  const buttons = sight.buttons.map(whereTo);
  return `< ${sight.keys.join(' + ')}${buttons.length === 0 ? '' : ` [${buttons.join(', ')}]`}`;
}

function whereTo(button: Button): string {
  switch (button.kind) {
    case 'tap':
      return button.value;
    case 'url':
      return `→ ${button.link}`;
    case 'private':
      return `private ${button.flow}`;
  }
}

/** A talk for somebody who does not know its marks; `textOf`: what a text key says, to be shown with it. */
export function talkInWords(
  talk: readonly string[],
  textOf: (key: string) => string | null,
): readonly string[] {
  return talk.flatMap((line): readonly string[] => {
    const said = line.slice(2);
    if (line.startsWith('> ')) return [doneInWords(said)];
    if (said === 'removed') return ['bot: deletes the message'];
    const [, keys = '', buttons = ''] = /^(.*?)(?: \[(.*)\])?$/.exec(said) ?? [];
    return [
      ...keys.split(' + ').flatMap((key) => {
        const text = textOf(key);
        return [`bot: ${key}`, ...(text === null ? [] : rowsOf(text))];
      }),
      ...(buttons === '' ? [] : buttons.split(', ').map((one) => `  [${one}]`)),
    ];
  });
}

/** The lines of a text that are not empty. */
function rowsOf(text: string): readonly string[] {
  return text.split('\n').flatMap((row) => (row.trim() === '' ? [] : [`    ${row}`]));
}

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const;

function doneInWords(done: string): string {
  if (done === 'again') return 'person: the platform sends the last message again';
  const [, ms] = /^(\d+) ms$/.exec(done) ?? [];
  if (ms !== undefined) {
    const [unit, size] = UNITS.find(([, length]) => Number(ms) % length === 0) ?? UNITS[3];
    return `(${Number(ms) / size} ${unit} later)`;
  }
  const words = Object.entries(JSON.parse(done) as Readonly<Record<string, unknown>>).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `person: ${words.join(', ')}`;
}

/** Where two talks differ first, with both; `null` when they are the same. */
export function differenceOf(plain: readonly string[], wire: readonly string[]): string | null {
  const length = Math.max(plain.length, wire.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => plain[index] !== wire[index]);
  if (at === undefined) return null;
  const shown = (talk: readonly string[]): string =>
    talk.map((line, index) => `    ${index === at ? '*' : ' '} ${line}`).join('\n');
  return `is another talk over the wire\n  without a wire:\n${shown(plain)}\n  over the wire:\n${shown(wire)}`;
}
