import { createHash } from 'node:crypto';
import { addPhrases, OUTSIDE } from '../authoring/add-phrases.js';
import { readContentFiles } from '../content/read-files.js';
import { compile } from '../load-content.js';
import { LifelineError, type PhraseBook, type UnansweredEntry } from '../model/index.js';
import { type Cluster, clusters, hear } from '../understanding/index.js';
import { contentFolder } from './content-folder.js';
import { countOf } from './count-of.js';
import { withStore } from './tool-store.js';
import { changesOf, writeChanges } from './write-changes.js';

/** Examples of a cluster, in the list and for `--to-phrases`. */
const EXAMPLES = 3;
/** Hexadecimal digits of a cluster's id. */
const ID_DIGITS = 6;

export interface UnansweredOptions {
  readonly content: string | undefined;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly locale?: string;
  readonly done?: boolean;
  readonly toPhrases?: string;
}

/** Questions that ask much the same, as the list shows them. */
interface Asked {
  readonly id: string;
  /** `again`: some came since it was marked as done. */
  readonly state: 'new' | 'again' | 'done';
  readonly count: number;
  readonly entries: readonly UnansweredEntry[];
  readonly examples: readonly { readonly text: string; readonly locale: string }[];
}

/**
 * `lifeline unanswered`: what people asked and nobody answered, in clusters; with clusters named, marks them as done,
 * or writes them into the phrases. Works beside a running bot. Throws `settings-invalid` for what is not there.
 */
export async function unanswered(names: readonly string[], options: UnansweredOptions): Promise<void> {
  const folder = contentFolder(options.content);
  const files = await readContentFiles(folder);
  const { phrases } = compile(files);
  const asked = askedOf(await withStore((store) => store.listUnanswered()), phrases, options.locale);
  if (options.toPhrases !== undefined) {
    write(folder, files, { intent: options.toPhrases, names, asked, phrases });
    await close(named(names, asked).map(({ cluster }) => cluster));
  } else if (options.done === true) {
    await close(named(names, asked).map(({ cluster }) => cluster));
  } else {
    const chosen = names.length > 0 ? named(names, asked).map(({ cluster }) => cluster) : asked;
    list(
      options.all === true || names.length > 0 ? chosen : chosen.filter(({ state }) => state !== 'done'),
      options,
    );
  }
}

/** The clusters, what is new before what is done, and what was asked most often first. */
function askedOf(
  entries: readonly UnansweredEntry[],
  phrases: ReadonlyMap<string, PhraseBook>,
  locale: string | undefined,
): readonly Asked[] {
  const own = entries.filter((entry) => locale === undefined || entry.locale === locale);
  return clusters(own, phrases)
    .map(toAsked)
    .sort(
      (a, b) =>
        Number(a.state === 'done') - Number(b.state === 'done') ||
        b.count - a.count ||
        (a.id < b.id ? -1 : 1),
    );
}

function toAsked({ language, members }: Cluster<UnansweredEntry>): Asked {
  const entries = members.flatMap(({ items }) => items);
  const open = entries.filter(({ done }) => !done).length;
  const leader = hear(members[0]?.text ?? '').key;
  return {
    id: createHash('sha256').update(`${language} ${leader}`).digest('hex').slice(0, ID_DIGITS),
    state: open === 0 ? 'done' : open === entries.length ? 'new' : 'again',
    count: entries.length,
    entries,
    examples: members
      .slice(0, EXAMPLES)
      .map(({ text, items }) => ({ text, locale: items[0]?.locale ?? language })),
  };
}

function list(asked: readonly Asked[], { json }: UnansweredOptions): void {
  if (json === true) {
    say(JSON.stringify(asked.map(toJson)));
    return;
  }
  if (asked.length === 0) say('Nothing is unanswered.');
  for (const { id, state, count, entries, examples } of asked) {
    const { last, locales } = spanOf(entries);
    say(`${id}  ${state.padEnd(5)}  ${countOf(count, 'time')}  ${locales.join(' ')}  last ${last}`);
    for (const [index, { text }] of examples.entries()) say(`  ${index + 1}  ${text}`);
  }
}

function toJson({ id, state, count, entries, examples }: Asked): Readonly<Record<string, unknown>> {
  return { id, state, count, ...spanOf(entries), examples };
}

/** From which day to which, and in which locales. */
function spanOf(entries: readonly UnansweredEntry[]) {
  const days = entries.map(({ day }) => new Date(day).toISOString().slice(0, 10)).sort();
  return {
    first: days[0] ?? '',
    last: days.at(-1) ?? '',
    locales: [...new Set(entries.map(({ locale }) => locale))].sort(),
  };
}

interface Named {
  readonly cluster: Asked;
  /** One of its examples, from 0; `null` for all. */
  readonly example: number | null;
}

/** What names such as `a3f1c9` or `a3f1c9.2` stand for. */
function named(names: readonly string[], asked: readonly Asked[]): readonly Named[] {
  if (names.length === 0)
    throw new LifelineError('settings-invalid', 'Name at least one: lifeline unanswered shows their ids.');
  return names.map((name) => {
    const [id, place] = name.split('.');
    const cluster = asked.find((one) => one.id === id);
    const example = place === undefined ? null : Number(place) - 1;
    if (cluster !== undefined && (example === null || cluster.examples[example] !== undefined))
      return { cluster, example };
    throw new LifelineError(
      'settings-invalid',
      `There is no ${name} (any more): lifeline unanswered --all shows what there is.`,
    );
  });
}

async function close(asked: readonly Asked[]): Promise<void> {
  await withStore(async (store) => {
    for (const { id, entries } of new Set(asked)) {
      for (const entry of entries) if (!entry.done) await store.closeUnanswered(entry.id);
      say(`${id} is done.`);
    }
  });
}

/**
 * Writes the chosen texts into the phrases of their locales, all files or, when they would not compile any more, none.
 */
function write(
  folder: string,
  files: ReadonlyMap<string, string>,
  {
    intent,
    names,
    asked,
    phrases,
  }: {
    readonly intent: string;
    readonly names: readonly string[];
    readonly asked: readonly Asked[];
    readonly phrases: ReadonlyMap<string, PhraseBook>;
  },
): void {
  const chosen = named(names, asked).flatMap(({ cluster: { examples }, example }) =>
    example === null ? examples : examples.slice(example, example + 1),
  );
  const changed = new Map<string, string>();
  for (const [locale, book] of phrases) {
    const known = new Set(
      [...(book.intents.get(intent) ?? []), ...(intent === OUTSIDE ? book.outside : [])].map(keyOf),
    );
    const fresh = chosen
      .filter((one) => one.locale === locale && !known.has(keyOf(one.text)))
      .map(({ text }) => text);
    if (fresh.length === 0) continue;
    const path = `locales/${locale}/phrases.yaml`;
    const after = addPhrases(files.get(path) ?? '', intent, [...new Set(fresh)]);
    if (after === null)
      throw new LifelineError(
        'settings-invalid',
        `${path} has no phrases for "${intent}": write the first one by hand.`,
      );
    changed.set(path, after);
    say(`${path}, ${intent}: ${fresh.join(' | ')}`);
  }
  compile(new Map([...files, ...changed]));
  writeChanges(folder, changesOf(files, changed));
  if (changed.size === 0) say('All of it stands there already.');
}

function keyOf(text: string): string {
  return hear(text).key;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
