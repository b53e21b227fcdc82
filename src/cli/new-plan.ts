import { relative, resolve } from 'node:path';
import { type CheckWords, readCheckWords } from '../authoring/check-words.js';
import { ANSWER_PARTS, addAnswer, answerKeys } from '../authoring/new-answer.js';
import { localesFor, MIN_PHRASES, type NewEntry, type Part } from '../authoring/new-entry.js';
import { addFlow, FLOW_PARTS, flowKeys } from '../authoring/new-flow.js';
import { refuseLink, refuseName, refusePhrase, refuseText } from '../authoring/refuse-words.js';
import type { Bundle, ContentFiles } from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { compile } from '../load-content.js';
import { LifelineError, type ModelShelf } from '../model/index.js';
import { contentFolder } from './content-folder.js';
import { type Trial, tryContent } from './new-trial.js';
import { notKept } from './not-kept.js';
import { type Change, changesOf } from './write-changes.js';

export type EntryKind = 'answer' | 'flow';

/** The content that something new goes into. */
export interface Ground {
  readonly folder: string;
  readonly files: ContentFiles;
  readonly bundle: Bundle;
  /** The words by which texts are judged, of each language that has some. */
  readonly checkWords: ReadonlyMap<string, CheckWords>;
  readonly shelf: ModelShelf | null;
}

/** Something new, as it would be written. */
export interface EntryPlan {
  readonly entry: NewEntry;
  readonly changes: readonly Change[];
  readonly trial: Trial;
}

export const PARTS: Readonly<Record<EntryKind, readonly Part[]>> = { answer: ANSWER_PARTS, flow: FLOW_PARTS };

/** The content in effect. Throws `content-invalid` when it has mistakes already. */
export async function openGround(content: string | undefined): Promise<Ground> {
  const settings = readSettings(process.env);
  const folder = contentFolder(content, settings);
  const files = await readContentFiles(folder);
  const { LIFELINE_CACHE: cache } = settings;
  try {
    const bundle = compile(files);
    const { words } = readCheckWords(files, bundle.locales, { texts: new Map() });
    return { folder, files, bundle, checkWords: words, shelf: openModelShelf(cache, notKept(cache)) };
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    throw new LifelineError(
      error.code,
      `${error.message}\nMend this first; then something new can be added.`,
      {
        cause: error,
      },
    );
  }
}

/** What writing it would change, checked and played. */
export async function planEntry(ground: Ground, kind: EntryKind, entry: NewEntry): Promise<EntryPlan> {
  const after = kind === 'answer' ? addAnswer(ground.files, entry) : addFlow(ground.files, entry);
  const trying =
    kind === 'answer'
      ? { answers: [entry.name] }
      : { conversations: [`test/conversations/${entry.name}.yaml`] };
  return {
    entry,
    changes: changesOf(ground.files, after),
    trial: await tryContent(after, trying, ground.shelf),
  };
}

/** Everything that is wrong with the words of something new, with its place. */
export function problemsOf(ground: Ground, kind: EntryKind, entry: NewEntry): readonly string[] {
  const { name, words, phrases, links } = entry;
  const { bundle } = ground;
  const wrong: (string | null)[] = [at('name', refuseEntryName(bundle, kind, name))];
  const [source = ''] = localesFor(bundle);
  for (const locale of localesFor(bundle)) {
    for (const { id, kind: wordsKind } of PARTS[kind]) {
      const like = locale === source ? null : (words[source]?.[id] ?? null);
      wrong.push(
        at(`${locale}.${id}`, refuseText(ground, locale, wordsKind, words[locale]?.[id] ?? '', like)),
      );
    }
    const given = phrases[locale] ?? [];
    // What is there already owns its phrases, too: one cause is said once.
    const isTaken = bundle.flows.has(name) || bundle.triggers.has(name);
    if (!isTaken)
      given.forEach((phrase, index) => {
        wrong.push(
          at(`${locale}.phrases.${index + 1}`, refusePhrase(bundle, locale, phrase, given.slice(0, index))),
        );
      });
    if (given.length < MIN_PHRASES)
      wrong.push(`${locale}.phrases: at least ${MIN_PHRASES} are needed, and there are ${given.length}.`);
  }
  for (const link of links) wrong.push(at('links', refuseLink(bundle, link)));
  return wrong.filter((line) => line !== null);
}

function at(place: string, problem: string | null): string | null {
  return problem === null ? null : `${place}: ${problem}`;
}

/** As `refuseName`, and none whose texts there are already. */
export function refuseEntryName(bundle: Bundle, kind: EntryKind, name: string): string | null {
  const refused = refuseName(bundle, name);
  if (refused !== null) return refused;
  const keyOf = kind === 'answer' ? answerKeys(name.trim()) : flowKeys(name.trim());
  const taken = PARTS[kind]
    .map(({ id }) => keyOf(id))
    .find((key) => [...bundle.texts.values()].some((texts) => texts.has(key)));
  return taken === undefined ? null : `There is a text "${taken}" already. Choose another name.`;
}

/** The files, a line each, as somebody opens them from here. */
export function summaryOf(folder: string, changes: readonly Change[]): readonly string[] {
  return changes.map(({ path, before }) => {
    const whole = resolve(folder, path);
    const near = relative('.', whole);
    return `${before === null ? 'new    ' : 'changed'}  ${near.startsWith('..') ? whole : near}`;
  });
}
