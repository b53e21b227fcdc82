import type { Expectation, ModelShelf, PhraseBook, Understanding, Understood } from '../model/index.js';
import type { Ranking, Reason } from './classify.js';
import { questionsIn } from './clauses.js';
import { decide } from './decide.js';
import { type Heard, hear } from './hear.js';
import { joinedWishes } from './joined-wishes.js';
import { isForeign, languageOfText, localeOfText, type Written, written } from './language.js';
import { createLexicon, keyOfPhrase, type Lexicon } from './lexicon.js';
import { keyOf } from './normalise.js';
import { scriptOf } from './script.js';
import { createTutor, type Tutor } from './tutor.js';

/** How many intents `top` names. */
const TOP = 5;
/** Labels come from the texts; more different ones than this are not worth keeping. */
const MOST_LABELS = 4096;

/**
 * Texts that need every table: of misspelt words, of characters by their sound, of Traditional characters, of
 * languages, of words for one thing.
 */
const AWKWARD = ['where is my reset mial', '我的mima忘記了', 'pwd'];
const ANYTHING: Expectation = { choices: [{ value: 'none', label: '?', means: [] }], expects: [] };

/** What understanding is made of. */
export interface UnderstandingOptions {
  /**
   * Locale → what people say in it; at least one. The first one of a language is preferred where a text fits several.
   */
  readonly locales: ReadonlyMap<string, PhraseBook>;
  /** Locale → the locale that stands in for it when it is not in `locales`. */
  readonly fallbacks?: Readonly<Record<string, string>>;
  /** Where trained models are kept; without it they are trained anew by each process. */
  readonly shelf?: ModelShelf | null;
  /** While true, a model that is not on the shelf is not trained here: what needs it throws `still-learning`. */
  readonly isTaughtElsewhere?: () => boolean;
}

/** An {@link Understanding} whose models are trained when first needed. */
export interface TrainableUnderstanding extends Understanding {
  /** Trains the model of a locale now, or takes it from the shelf, so that the first message need not wait. */
  warm(locale: string): void;
  /** Makes in short steps, one a call, the tables that are else made with the first messages that need them. */
  readying(): Iterable<void>;
  /** What in a text spoke most for an intent in a locale, the strongest first. */
  explain(text: string, locale: string, intent: string, limit: number): readonly Reason[];
  /** The language of a text among all that can be told apart, shipped or not (`vi`, `zh-Hant` …), or `null`. */
  languageOf(text: string): string | null;
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
  shelf = null,
  isTaughtElsewhere = () => false,
}: UnderstandingOptions): TrainableUnderstanding {
  const tags = [...locales.keys()];
  const [source] = tags;
  if (source === undefined) throw new RangeError('understanding needs at least one locale');
  const shipped = tags.map(written);
  const tutor = createTutor(locales, shelf, isTaughtElsewhere);
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
      const able = readers(heard.masked, told, present, shipped);
      let ranking: Ranking | null = null;
      const rank = (): Ranking => {
        ranking ??= rankIn(tutor, heard, able);
        return ranking;
      };
      const rankPart = (part: string): Ranking => rankIn(tutor, hear(part), able);
      const event = decide({
        heard,
        lexicon: lexiconOf(present),
        expectation,
        labelKey,
        rank,
        questions: () => questionsIn(heard.masked).map(rankPart),
        joined: () => joinedWishes(heard.masked, rank(), rankPart),
        foreign: () => isForeign(heard.masked, shipped),
      });
      return { event, locale: told, top: (ranking as Ranking | null)?.intents ?? [] };
    },
    localeOf: (text) => localeOfText(hear(text).masked, shipped, null),
    languageOf: (text) => languageOfText(hear(text).masked),
    isForeign: (text) => isForeign(hear(text).masked, shipped),
    warm(locale) {
      tutor.taught(shippedLocale(locale));
    },
    *readying() {
      // One model a step: a text that tells no language asks those of all languages of its script.
      for (const tag of tags) {
        tutor.taught(tag);
        yield;
      }
      for (const [tag, text] of tags.flatMap((tag) => AWKWARD.map((text) => [tag, text] as const))) {
        this.understand(text, tag, ANYTHING);
        yield;
      }
    },
    explain(text, locale, intent, limit) {
      return tutor.taught(shippedLocale(locale)).explain(hear(text).words, intent, limit);
    },
  };
}

/**
 * The locales whose phrases may explain a text: the one it is told to be in; else that of the talk, and all of its
 * script ("2FA" in a Chinese talk, two words of Spanish in an English one).
 */
function readers(
  text: string,
  told: string | null,
  present: string,
  shipped: readonly Written[],
): readonly string[] {
  const locale = told ?? present;
  const script = scriptOf(text);
  const own = shipped.find(({ tag }) => tag === locale);
  if (script === null || (told !== null && own?.script === script)) return [locale];
  const able = shipped.filter((other) => other.script === script && other.tag !== locale);
  return [locale, ...able.map(({ tag }) => tag)];
}

const CERTAIN = 1;

/** The intents of the locale that understands the text best. An author's own phrase is certain. */
function rankIn(tutor: Tutor, heard: Heard, locales: readonly string[]): Ranking {
  for (const locale of locales) {
    const { bare } = tutor.taught(locale);
    for (const key of new Set([heard.key, keyOf(bare(heard.words))])) {
      const exact = tutor.exactOf(locale).get(key);
      if (exact === 'outside') return { intents: [], clear: 0 };
      if (exact !== undefined && exact !== 'several')
        return { intents: [{ intent: exact.intent, score: CERTAIN }], clear: CERTAIN };
    }
  }
  let best: Ranking = { intents: [], clear: 0 };
  for (const locale of locales) {
    const ranking = tutor.taught(locale).rank(heard.words, TOP);
    if ((ranking.intents[0]?.score ?? 0) > (best.intents[0]?.score ?? 0)) best = ranking;
  }
  return best;
}
