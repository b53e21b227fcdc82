import type { Expectation, PhraseBook, Understanding, Understood } from '../model/index.js';
import type { Ranked } from './classify.js';
import { decide } from './decide.js';
import { type Heard, hear } from './hear.js';
import { localeOfText, scriptOf, type Written, written } from './language.js';
import { createLexicon, keyOfPhrase, type Lexicon } from './lexicon.js';
import { createTutor, type Tutor, wordsOf } from './tutor.js';

/** How many intents `top` names. */
const TOP = 5;
/** Labels come from the texts; more different ones than this are not worth keeping. */
const MOST_LABELS = 4096;

/** What understanding is made of. */
export interface UnderstandingOptions {
  /** Locale → what people say in it; at least one. The first one of a language is preferred where a text fits several. */
  readonly locales: ReadonlyMap<string, PhraseBook>;
  /** Locale → the locale that stands in for it when it is not in `locales`. */
  readonly fallbacks?: Readonly<Record<string, string>>;
}

/** An {@link Understanding} whose models are trained when first needed. */
export interface TrainableUnderstanding extends Understanding {
  /** Trains the model of a locale now (some 0.2 s), so that the first message need not wait. */
  warm(locale: string): void;
}

/**
 * Understanding from phrase books. Pure: the same books and the same text give the same result, bit for bit.
 * Locales of one language learn together. Throws `RangeError` without a locale or for a malformed language tag.
 *
 * `top` is empty when a global word, a choice or an expected value decided before any intent was weighed.
 */
export function createUnderstanding({
  locales,
  fallbacks = {},
}: UnderstandingOptions): TrainableUnderstanding {
  const tags = [...locales.keys()];
  const [source] = tags;
  if (source === undefined) throw new RangeError('understanding needs at least one locale');
  const shipped = [...locales].map(([tag, book]) =>
    written(
      tag,
      once(() => wordsOf(book)),
    ),
  );
  const tutor = createTutor(locales);
  const lexicons = new Map<string, Lexicon>();
  const labels = new Map<string, string>();

  const shippedLocale = (locale: string): string => {
    let tag: string | undefined = locale;
    for (let hops = 0; tag !== undefined && hops <= tags.length; hops += 1) {
      if (locales.has(tag)) return tag;
      tag = fallbacks[tag];
    }
    return source;
  };
  const lexiconOf = (present: string): Lexicon => {
    const known = lexicons.get(present);
    if (known !== undefined) return known;
    const others = tags.filter((tag) => tag !== present);
    const lexicon = createLexicon([present, ...others].flatMap((tag) => locales.get(tag) ?? []));
    lexicons.set(present, lexicon);
    return lexicon;
  };
  const labelKey = (label: string): string => {
    const known = labels.get(label);
    if (known !== undefined) return known;
    if (labels.size >= MOST_LABELS) labels.clear();
    const key = keyOfPhrase(label);
    labels.set(label, key);
    return key;
  };

  return {
    understand(text: string, locale: string, expectation: Expectation): Understood {
      const present = shippedLocale(locale);
      const heard = hear(text);
      const told = localeOfText(heard.masked, shipped, present);
      let ranked: readonly Ranked[] | null = null;
      const rank = (): readonly Ranked[] => {
        ranked ??= rankIn(tutor, heard, readers(heard.masked, told ?? present, shipped));
        return ranked;
      };
      const event = decide({ heard, lexicon: lexiconOf(present), expectation, labelKey, rank });
      return { event, locale: told, top: ranked ?? [] };
    },
    localeOf: (text) => localeOfText(hear(text).masked, shipped, null),
    warm(locale) {
      tutor.classifierOf(shippedLocale(locale));
    },
  };
}

/** The locales whose phrases may explain a text: its own, and one whose script it is in ("2FA" in a Chinese talk). */
function readers(text: string, locale: string, shipped: readonly Written[]): readonly string[] {
  const script = scriptOf(text);
  const own = shipped.find(({ tag }) => tag === locale);
  if (script === null || own?.script === script) return [locale];
  const able = shipped.filter((other) => other.script === script);
  return [locale, ...able.slice(0, 1).map(({ tag }) => tag)];
}

/** The intents of the locale that understands the text best. An author's own phrase is certain. */
function rankIn(tutor: Tutor, heard: Heard, locales: readonly string[]): readonly Ranked[] {
  for (const locale of locales) {
    const exact = tutor.exactOf(locale).get(heard.key);
    if (exact === 'outside') return [];
    if (exact !== undefined && exact !== 'several') return [{ intent: exact.intent, score: 1 }];
  }
  let best: readonly Ranked[] = [];
  for (const locale of locales) {
    const ranked = tutor.classifierOf(locale)(heard.words, TOP);
    if ((ranked[0]?.score ?? 0) > (best[0]?.score ?? 0)) best = ranked;
  }
  return best;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
