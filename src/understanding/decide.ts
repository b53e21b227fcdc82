import type { ConversationEvent, Expectation } from '../model/index.js';
import { chooseByLabel, chooseByYesNo, chooseExactly, type LabelKey } from './choose.js';
import type { Ranked } from './classify.js';
import { countWords, type Heard } from './hear.js';
import type { Lexicon } from './lexicon.js';

/**
 * Scores (0 to 1) from which the best intent is taken as meant, as meant among a question's choices, asked about,
 * or named as near. Chosen by five-fold cross-validation over the shipped phrases: 95 to 97 % of what lies above
 * `answer` is right, the right one is among three for nine of ten between `ask` and `answer`.
 */
const BANDS = { answer: 0.4, means: 0.25, ask: 0.15, near: 0.04 };
/** An intent is offered beside the best when its score is at least this share of it. */
const OFFERED_SHARE = 0.2;
const OFFERED = 3;
/** The longest answer to a question that expects a few words. */
const FEW_WORDS = 8;
const FEW_CHARS = 200;
/** A handle without its `@`: one word that only a handle looks like. */
const BARE_HANDLE = /^(?=.*(?:_|[0-9]|[a-z][A-Z]|bot$))[A-Za-z][A-Za-z0-9_.]{3,31}$/;

/** What {@link decide} goes by. */
export interface Grounds {
  readonly heard: Heard;
  readonly lexicon: Lexicon;
  readonly expectation: Expectation;
  readonly labelKey: LabelKey;
  /** The intents, best first; asked for only when nothing before has decided, and at most once. */
  readonly rank: () => readonly Ranked[];
}

/**
 * What a text means at a step: a global word; else what the step itself asks for (a choice, a value); else an
 * intent, a question which of several, or nothing clear. Where any text is an answer, only global words, a choice
 * named outright and an expected value come before it.
 */
export function decide(grounds: Grounds): ConversationEvent {
  const { heard, lexicon, expectation, labelKey } = grounds;
  const { choices, expects } = expectation;
  const word = lexicon.globals.get(heard.key);
  if (word !== undefined) return { kind: 'global', word };
  const named = chooseExactly(heard, choices, lexicon, labelKey);
  if (named !== null) return { kind: 'choice', value: named };
  if (!expects.includes('text')) {
    const meant = chooseByLabel(heard, choices, lexicon, labelKey) ?? chooseByMeaning(grounds);
    if (meant !== null) return { kind: 'choice', value: meant };
  }
  const answer = freeAnswer(grounds);
  return answer === null ? byIntent(grounds) : { kind: 'answer', value: answer };
}

/** The choice whose `means` holds the best intent, or a near one when no intent is certain; else a leading yes or no. */
function chooseByMeaning({ heard, lexicon, expectation: { choices }, rank }: Grounds): string | null {
  if (choices.length === 0) return null;
  const ranked = rank();
  const best = ranked[0]?.score ?? 0;
  for (const { intent, score } of best < BANDS.answer ? ranked : ranked.slice(0, 1)) {
    if (score < BANDS.means) break;
    const choice = choices.find(({ means }) => means.includes(intent));
    if (choice !== undefined) return choice.value;
  }
  return best < BANDS.answer ? chooseByYesNo(heard, choices, lexicon) : null;
}

function freeAnswer({ heard, expectation: { expects }, rank }: Grounds): string | null {
  const value = heard.found.find(({ kind }) => expects.includes(kind))?.value;
  if (value !== undefined) return value;
  if (heard.clean === '') return null;
  if (expects.includes('text')) return heard.clean;
  if (expects.includes('handle') && BARE_HANDLE.test(heard.clean)) return heard.clean;
  if (!expects.includes('words')) return null;
  const count = countWords(heard.words);
  const few = count >= 1 && count <= FEW_WORDS && heard.clean.length <= FEW_CHARS;
  return few && (rank()[0]?.score ?? 0) < BANDS.answer ? heard.clean : null;
}

function byIntent({ heard, rank }: Grounds): ConversationEvent {
  const ranked = rank().slice(0, OFFERED);
  const best = ranked[0];
  if (best === undefined) return { kind: 'unclear', near: [] };
  if (best.score >= BANDS.answer) return { kind: 'intent', intent: best.intent, found: heard.found };
  const from = best.score >= BANDS.ask ? best.score * OFFERED_SHARE : BANDS.near;
  const intents = ranked.filter(({ score }) => score >= from).map(({ intent }) => intent);
  return best.score >= BANDS.ask ? { kind: 'ask-back', intents } : { kind: 'unclear', near: intents };
}
