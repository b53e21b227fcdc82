import { askedIn, type ConversationEvent, type Expectation } from '../model/index.js';
import { chooseByLabel, chooseByYesNo, chooseExactly, isOneOfSeveral, type LabelKey } from './choose.js';
import type { Ranking } from './classify.js';
import { countWords, type Heard } from './hear.js';
import type { Lexicon } from './lexicon.js';

/**
 * From where on (0 to 1) a text is taken for one of ours, and its best intent for the right one; below `answer` it is
 * asked about from `ask` on, and named as near from `near` on. `answer` was chosen by five-fold cross-validation over
 * the shipped phrases: see "Thresholds" in docs/benchmarks.md; `lifeline evaluate` prints what other ones would do.
 */
const OURS = { answer: 0.8, ask: 0.35, near: 0.08 };
const CLEAR = 0.5;
/** A second intent with this share of the best one's score is too close to choose between them. */
const CLOSE = 0.55;
/** What may be an answer of a few words is a wish only when it surely is one. */
const SURELY_OURS = 0.85;
/** Among the choices of a question, an intent with this score is meant. */
const MEANS = 0.25;
/** A second question in one message is offered when it is as sure as this. */
const SECOND = { ours: 0.85, clear: 0.75 };
/** An intent is offered beside the best when its score is at least this share of it. */
const OFFERED_SHARE = 0.15;
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
  readonly rank: () => Ranking;
  /** The same for each question of a message that asks several things; empty for any other. */
  readonly questions: () => readonly Ranking[];
  /** The two intents of a sentence that joins two wishes; `null` for any other. */
  readonly joined: () => readonly [string, string] | null;
  /** Whether the text is surely in a language that is not shipped. */
  readonly foreign: () => boolean;
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
  const given = nothingButValue(grounds);
  if (given !== null) return { kind: 'answer', value: given };
  if (!expects.includes('text')) {
    const meant = chooseByPhrase(grounds) ?? chooseByWords(grounds) ?? chooseByMeaning(grounds);
    if (meant === 'none of them') return byIntent(grounds);
    if (meant !== null) return choiceOf(meant, grounds);
  }
  const answer = freeAnswer(grounds);
  return answer === null ? byIntent(grounds) : { kind: 'answer', value: answer };
}

/** A choice that words point at, with what else they say: the values in them, and a question after the first one. */
function choiceOf(
  value: string,
  { heard: { found }, expectation: { choices }, questions, joined }: Grounds,
): ConversationEvent {
  const means = choices.find((choice) => choice.value === value)?.means ?? [];
  const asked = questions()
    .slice(1)
    .find((ranking) => isSecond(ranking) && !means.includes(ranking.intents[0]?.intent ?? ''))?.intents[0];
  const also = asked?.intent ?? besideMeant(joined, means);
  return {
    kind: 'choice',
    value,
    ...(found.length === 0 ? {} : { found }),
    ...(also === undefined ? {} : { also }),
  };
}

/** Of two joined wishes the other one, where a choice means one of them. */
function besideMeant(joined: Grounds['joined'], means: readonly string[]): string | undefined {
  const others = means.length === 0 ? [] : (joined() ?? []).filter((intent) => !means.includes(intent));
  return others.length === 1 ? others[0] : undefined;
}

/** Whether a question beside another one is sure enough to be offered. */
function isSecond({ intents: [best], clear }: Ranking): boolean {
  return (best?.score ?? 0) >= SECOND.ours && clear >= SECOND.clear;
}

/** The expected value that a text is, with no word beside it: it says nothing of a choice, whatever it looks like. */
function nothingButValue({ heard, expectation: { expects } }: Grounds): string | null {
  if (/[^\p{Co}\p{P}\s]/u.test(heard.masked)) return null;
  return askedIn(heard.found, expects);
}

/** Whether the best intent is to be taken as meant, where a text is one of ours from the score `answer` on. */
export function isCertain({ intents: [best, second], clear }: Ranking, answer = OURS.answer): boolean {
  if (best === undefined || best.score < answer || clear < CLEAR) return false;
  return second === undefined || second.score < best.score * CLOSE;
}

/**
 * The choice whose `means` holds the intent of an author's own phrase. No other choice is looked for then: a label may
 * hold the words of a phrase that says more ("no mail" in "no mail, SMS or code").
 */
function chooseByPhrase({ expectation: { choices }, rank }: Grounds): string | 'none of them' | null {
  if (choices.length === 0) return null;
  const { intents, clear } = rank();
  const [best] = intents;
  if (best === undefined || clear < 1) return null;
  return choices.find(({ means }) => means.includes(best.intent))?.value ?? 'none of them';
}

/**
 * The choice that the words point at. Where they are one of several things that a label names ("no email" of "no email
 * or SMS") and a certain intent, that intent is meant: the choice would only ask which of them it is.
 */
function chooseByWords({
  heard,
  lexicon,
  expectation,
  labelKey,
  rank,
  questions,
}: Grounds): string | 'none of them' | null {
  const { choices } = expectation;
  const value = chooseByLabel(heard, choices, lexicon, labelKey);
  const choice = choices.find((one) => one.value === value);
  if (choice === undefined || !isOneOfSeveral(heard.key, labelKey(choice.label))) return value;
  return isCertain(rank())
    ? (chooseByMeaning({ heard, lexicon, expectation, labelKey, rank, questions }) ?? 'none of them')
    : value;
}

/**
 * The choice whose `means` holds the best intent, of the first of several things if that is certain, or a near one when
 * no intent is certain; else a leading yes or no ("no, I lost my phone" answers the question).
 */
function chooseByMeaning({
  heard,
  lexicon,
  expectation: { choices },
  rank,
  questions,
}: Omit<Grounds, 'joined' | 'foreign'>): string | null {
  if (choices.length === 0) return null;
  const [first] = questions();
  const firstIntent = first !== undefined && isCertain(first) ? first.intents[0]?.intent : undefined;
  const firstMeant = choices.find(({ means }) => firstIntent !== undefined && means.includes(firstIntent));
  if (firstMeant !== undefined) return firstMeant.value;
  const ranking = rank();
  const certain = isCertain(ranking);
  for (const { intent, score } of certain ? ranking.intents.slice(0, 1) : ranking.intents) {
    if (score < MEANS) break;
    const choice = choices.find(({ means }) => means.includes(intent));
    if (choice !== undefined) return choice.value;
  }
  return chooseByYesNo(heard, choices, lexicon);
}

function freeAnswer({ heard, expectation: { expects }, rank }: Grounds): string | null {
  const value = askedIn(heard.found, expects);
  if (value !== null) return value;
  if (heard.clean === '') return null;
  if (expects.includes('text')) return heard.clean;
  if (expects.includes('handle') && BARE_HANDLE.test(heard.clean)) return heard.clean;
  if (!expects.includes('words')) return null;
  const count = countWords(heard.words);
  const few = count >= 1 && count <= FEW_WORDS && heard.clean.length <= FEW_CHARS;
  return few && !isSurely(rank()) ? heard.clean : null;
}

function isSurely(ranking: Ranking): boolean {
  return isCertain(ranking) && (ranking.intents[0]?.score ?? 0) >= SURELY_OURS;
}

function byIntent({ heard, lexicon, rank, questions, joined, foreign }: Grounds): ConversationEvent {
  const ranking = rank();
  // A yes or no to something else than what was asked, if anything was: it has no intent, whatever it looks like.
  const isYesOrNo = lexicon.yes.has(heard.key) || lexicon.no.has(heard.key);
  if (isYesOrNo && ranking.clear < 1) return { kind: 'unclear', near: [] };
  const [best, ...others] = ranking.intents.slice(0, OFFERED);
  // An author's own phrase is one question, whatever marks stand in it.
  const several = (ranking.clear < 1 ? questions() : []).filter(isSecond);
  const [first, second] = [...new Set(several.map(({ intents }) => intents[0]?.intent))];
  if (first !== undefined && second !== undefined)
    return { kind: 'intent', intent: first, found: heard.found, also: second };
  // Words that look alike mislead in another language, but for an author's own phrase.
  if (ranking.clear < 1 && foreign()) return { kind: 'global', word: 'language' };
  const two = ranking.clear < 1 ? joined() : null;
  if (two !== null) return { kind: 'intent', intent: two[0], found: heard.found, also: two[1] };
  if (best !== undefined && isCertain(ranking))
    return { kind: 'intent', intent: best.intent, found: heard.found };
  if (best === undefined || best.score < OURS.near) return { kind: 'unclear', near: [] };
  const near = others.filter(({ score }) => score >= best.score * OFFERED_SHARE);
  const intents = [best, ...near].map(({ intent }) => intent);
  return best.score >= OURS.ask ? { kind: 'ask-back', intents } : { kind: 'unclear', near: intents };
}
