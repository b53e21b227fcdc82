import type { Bundle, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import type { YamlSource } from '../content/yaml-source.js';
import type { GlobalWord, ModelShelf, PhraseBook } from '../model/index.js';
import { createTutor, hear, misread } from '../understanding/index.js';
import type { Approvals } from './approvals.js';
import { labelsOf } from './check-limits.js';
import type { Parts } from './parts.js';
import { rawTexts } from './translations.js';

type Phrases = Pick<Bundle, 'phrases'>;

/**
 * Phrases that the classifier takes for another intent although it was taught them: they stand under the wrong intent,
 * or say what the phrases of another one say. Trains the models, unless they are on the shelf.
 */
export function checkPhrases(
  bundle: Phrases,
  sources: Pick<Sources, 'phrases'>,
  shelf: ModelShelf | null,
): readonly Finding[] {
  const tutor = createTutor(bundle.phrases, shelf);
  return [...bundle.phrases].flatMap(([locale, book]) => {
    const source = sources.phrases.get(locale);
    if (source === undefined) return [];
    return misread(book, tutor.taught(locale)).map(({ intent, index, text, takenFor }) =>
      source.finding(
        'phrase-misread',
        ['intents', intent, index],
        `the phrase "${text}" is taken for ${takenFor}: move it there, or give ${intent} more phrases like it.`,
        { mark: text },
      ),
    );
  });
}

/** Phrases that two intents share, and phrases and buttons that are words which work everywhere. */
export function checkGlobals(
  { bundle, sources, unclear }: Pick<Parts, 'bundle' | 'sources' | 'unclear'>,
  approvals: Approvals,
): readonly Finding[] {
  const labels = labelsOf(bundle);
  return [...bundle.phrases].flatMap(([tag, book]) => {
    const globals = globalKeys(book);
    return [
      ...checkBook(bundle, sources.phrases.get(tag), book, globals, unclear),
      ...[...rawTexts(sources, tag)].flatMap(([key, text]) => {
        const word = labels.has(key) ? globals.get(hear(text).key) : undefined;
        const file = sources.texts.get(tag);
        if (word === undefined || file === undefined || isMeant(bundle, key, word)) return [];
        if (approvals.allows('label-is-global', tag, key, text)) return [];
        const said = `the button "${text}" is a word that works everywhere (${word}); who types it gets that.`;
        return [file.finding('label-is-global', [key], said)];
      }),
    ];
  });
}

/** Whether a button leads where its word leads. */
function isMeant(bundle: Bundle, label: string, word: GlobalWord): boolean {
  const action = bundle.globals[word];
  const buttons = [...bundle.flows.values()].flatMap((flow) =>
    [...flow.steps.values()].flatMap((step) =>
      step.verb === 'ask' || step.verb === 'wait'
        ? step.buttons.filter((button) => button.label === label)
        : [],
    ),
  );
  return (
    action.kind === 'flow' &&
    buttons.length > 0 &&
    buttons.every(({ go }) => go.kind === 'flow' && go.flow === action.flow)
  );
}

function checkBook(
  bundle: Bundle,
  source: YamlSource | undefined,
  book: PhraseBook,
  globals: ReadonlyMap<string, GlobalWord>,
  unclear: ReadonlySet<string>,
): readonly Finding[] {
  const owners = new Map<string, string>();
  return [...book.intents].flatMap(([intent, phrases]) =>
    phrases.flatMap((text, index): readonly Finding[] => {
      const { key } = hear(text);
      if (key === '' || source === undefined) return [];
      const at = ['intents', intent, index];
      const word = globals.get(key);
      const flow = bundle.triggers.get(intent);
      // Of an intent, or a flow, that is wrong itself nobody knows where it leads.
      const isKnown = flow !== undefined && !unclear.has(flow);
      if (word !== undefined && isKnown && !leadsThere(bundle, intent, word)) {
        const said = `"${text}" works everywhere (${word}), so it never reaches ${intent}.`;
        return [source.finding('phrase-is-global', at, said, { mark: text })];
      }
      const owner = owners.get(key);
      if (owner !== undefined && owner !== intent) {
        const said = `"${text}" is a phrase of ${owner} too; only one of them can have it.`;
        return [source.finding('phrase-shared', at, said, { mark: text })];
      }
      owners.set(key, intent);
      return [];
    }),
  );
}

/** Whether an intent and a word that works everywhere lead to the same. */
function leadsThere(bundle: Bundle, intent: string, word: GlobalWord): boolean {
  const action = bundle.globals[word];
  const flow = bundle.flows.get(bundle.triggers.get(intent) ?? '');
  if (action.kind === 'flow') return flow?.name === action.flow;
  if (action.kind === 'go') return action.go.kind === 'flow' && flow?.name === action.go.flow;
  return [...(flow?.steps.values() ?? [])].some((step) => step.verb === 'human');
}

function globalKeys(book: PhraseBook): ReadonlyMap<string, GlobalWord> {
  const words = Object.entries(book.global) as [GlobalWord, readonly string[]][];
  return new Map(words.flatMap(([word, phrases]) => phrases.map((text) => [hear(text).key, word] as const)));
}
