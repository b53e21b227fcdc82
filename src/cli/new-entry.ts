import { localesFor, type NewEntry } from '../authoring/new-entry.js';
import { LifelineError } from '../model/index.js';
import { asTyped } from './as-typed.js';
import { chat } from './chat.js';
import { askEntry } from './new-ask.js';
import { exampleFile, type GivenOptions, isGiven, readGiven } from './new-given.js';
import {
  type EntryKind,
  type Ground,
  openGround,
  PARTS,
  planEntry,
  problemsOf,
  summaryOf,
} from './new-plan.js';
import { writeChanges } from './write-changes.js';

/**
 * `lifeline new answer|flow`: asks for what it needs, or takes it from options or a file, checks it, writes it and
 * opens a chat there. Throws `content-invalid` when the content has mistakes already or would have, with nothing
 * written.
 */
export async function newEntry(
  kind: EntryKind,
  name: string | undefined,
  options: GivenOptions,
): Promise<void> {
  const ground = await openGround(options.content);
  const locales = localesFor(ground.bundle);
  if (options.example) return void process.stdout.write(exampleFile(kind, PARTS[kind], locales));
  if (isGiven(options)) return writeGiven(ground, kind, readGiven(name, options, PARTS[kind], locales));
  const { stdin: input, stdout: output } = process;
  if (input.isTTY !== true || output.isTTY !== true)
    throw new LifelineError(
      'settings-invalid',
      `There is no terminal to ask in. Write it into a file instead: lifeline new ${kind} --example > new.yaml, fill it in, then lifeline new ${kind} --file new.yaml`,
    );
  const written = await askEntry({ input, output }, ground, kind, name);
  if (written === 'left') {
    process.stderr.write('Nothing was written.\n');
    process.exitCode = 130;
  } else if (written !== 'written') {
    await chat({ content: ground.folder, at: written.chatAt, locale: written.locale, color: true });
  }
}

async function writeGiven(ground: Ground, kind: EntryKind, given: NewEntry): Promise<void> {
  const entry = tidied(given);
  const wrong = problemsOf(ground, kind, entry);
  if (wrong.length > 0) throw refused(wrong);
  const { changes, trial } = await planEntry(ground, kind, entry);
  if (trial.wrong.length > 0) throw refused(trial.wrong);
  writeChanges(ground.folder, changes);
  const lines = [
    ...summaryOf(ground.folder, changes),
    ...trial.warnings,
    trial.says,
    `Try it: lifeline chat --at ${entry.name}`,
  ];
  process.stdout.write(`${asTyped(lines.join('\n'))}\n`);
}

/** Without blanks around anything. */
function tidied(entry: NewEntry): NewEntry {
  const trimmed = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, text.trim()]));
  return {
    ...entry,
    name: entry.name.trim(),
    words: Object.fromEntries(Object.entries(entry.words).map(([locale, texts]) => [locale, trimmed(texts)])),
    phrases: Object.fromEntries(
      Object.entries(entry.phrases).map(([locale, phrases]) => [
        locale,
        phrases.map((phrase) => phrase.trim()),
      ]),
    ),
  };
}

function refused(wrong: readonly string[]): LifelineError {
  return new LifelineError(
    'content-invalid',
    `Nothing was written. ${wrong.length === 1 ? 'One thing needs' : `${wrong.length} things need`} a change:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
  );
}
