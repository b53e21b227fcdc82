import { parse } from 'dotenv';
import { LifelineError } from '../model/index.js';

const HEAD =
  '# Lifeline reads this when it starts; docs/settings.md explains every line. Tokens are secrets: show this file to nobody.\n';

/**
 * The text of a `.env` file with some settings changed, and everything else as it was; `null` takes a setting out.
 * Throws `settings-invalid` for a text in which a setting cannot be changed without changing others.
 */
export function changeEnv(text: string | null, changes: Readonly<Record<string, string | null>>): string {
  const before = parse(text ?? '');
  const isSame = (name: string): boolean => (before[name] ?? null) === (changes[name] ?? null);
  const names = Object.keys(changes).filter((name) => !isSame(name));
  if (names.length === 0 && text !== null) return text;
  const kept = (text ?? HEAD)
    .split('\n')
    .filter((line) => !names.includes(/^\s*(?:export\s+)?([A-Za-z0-9_]+)\s*=/.exec(line)?.[1] ?? ''))
    .join('\n');
  const body = kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`;
  const added = names.flatMap((name) => {
    const value = changes[name] ?? null;
    return value === null ? [] : [`${name}=${quoted(value)}\n`];
  });
  const changed = `${body}${added.join('')}`;
  refuseOtherChanges(before, parse(changed), changes);
  return changed;
}

function quoted(value: string): string {
  return /^[A-Za-z0-9_./:@+=,-]+$/.test(value) ? value : `'${value}'`;
}

/** Values over several lines, or names twice, could have been cut in the middle. */
function refuseOtherChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): void {
  const wanted = new Map<string, string | null>([...Object.entries(before), ...Object.entries(changes)]);
  const names = new Set([...wanted.keys(), ...Object.keys(after)]);
  const wrong = [...names].filter((name) => (wanted.get(name) ?? null) !== (after[name] ?? null));
  if (wrong.length === 0) return;
  throw new LifelineError(
    'settings-invalid',
    `The file .env cannot be changed without harm to ${wrong.join(', ')}. Write each setting there in one line, then try again.`,
  );
}
