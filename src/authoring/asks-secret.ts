import { type CheckWords, holdsAny, plainly } from './check-words.js';
import { withoutValues } from './without-values.js';

/** Where sentences end, with the mark. A line is one too: lists are written in lines. */
const SENTENCE = /[^.!?。！？;；…\n]+(?:[.!?。！？;；…]+["'”’」』)]*|\n|$)/gu;
/** Where a clause ends. A Chinese list comma joins words, not clauses. */
const CLAUSE = /[,，:：()（）—–]+/u;

/**
 * The sentences of a text that name a secret and do not plainly negate it, or that ask to hand over what the text named
 * before. It rather finds one too many: what is right all the same is approved by name.
 */
export function asksSecret(text: string, words: CheckWords): readonly string[] {
  const plain = withoutValues(plainly(text)).replace(words['not-secrets'], ' ');
  if (!holdsAny(words.secrets, plain)) return [];
  return [...plain.matchAll(SENTENCE)]
    .map(([sentence]) => sentence.trim())
    .filter((sentence) => sentence !== '' && isWrong(sentence, words));
}

function isWrong(sentence: string, words: CheckWords): boolean {
  const body = sentence.replace(words['not-never'], ' ');
  const names = holdsAny(words.secrets, body);
  if (names) {
    if (isQuestion(body, words) || holdsAny(words.ifs, body)) return true;
    // After "but" a negation counts no more: each part that names a secret has its own.
    const parts = body.split(words.buts);
    if (parts.some((part) => holdsAny(words.secrets, part) && !holdsAny(words.never, part))) return true;
  }
  return body
    .split(CLAUSE)
    .flatMap((clause) => clause.split(words.joints))
    .some((clause) => (names || holdsAny(words['to-us'], clause)) && asksUnnegated(clause, words));
}

function isQuestion(sentence: string, words: CheckWords): boolean {
  return /[?？]["'”’」』)]*$/u.test(sentence) || holdsAny(words.questions, sentence.slice(-4));
}

/** Whether a clause has a verb of handing over that no negation stands before. */
function asksUnnegated(clause: string, words: CheckWords): boolean {
  return [...clause.matchAll(words.asks)].some(({ 0: verb, index }) => {
    const rest = clause.slice(index + verb.length).trimStart();
    // "give no password"
    if ([...rest.matchAll(words.never)][0]?.index === 0) return false;
    const negation = [...clause.slice(0, index).matchAll(words.never)].at(-1);
    if (negation === undefined) return true;
    const between = clause
      .slice(negation.index + negation[0].length, index)
      .replace(words.secrets, ' ')
      .replace(words.asks, ' ')
      .replace(words.between, ' ')
      .replace(/[^\p{L}\p{N}]/gu, '');
    return between !== '';
  });
}

/** Ways in which a text promises that someone will come, as written there in small letters. */
export function promisesContact(text: string, words: CheckWords): readonly string[] {
  const plain = withoutValues(plainly(text));
  const inParts = kept(promisesInParts, words, partsOf);
  return [...plain.matchAll(SENTENCE)].flatMap(([sentence]) =>
    [...sentence.matchAll(words.promises), ...sentence.matchAll(inParts)].flatMap(({ 0: promise, index }) =>
      isNegated(sentence, index, index + promise.length, words) ? [] : [promise],
    ),
  );
}

/** "Don't worry, we will call you" negates nothing; "don't wait for a call" negates the words it reaches into. */
function isNegated(sentence: string, start: number, end: number, words: CheckWords): boolean {
  const before = sentence.slice(0, start).replace(words['not-never'], ' ');
  const reaching = [...sentence.matchAll(words['not-never'])].some(
    ({ 0: said, index }) => index < start && index + said.length > start,
  );
  return reaching || holdsAny(words.never, before + sentence.slice(start, end));
}

const promisesInParts = new WeakMap<CheckWords, RegExp>();
const durations = new WeakMap<CheckWords, RegExp>();

/** A pattern made of the words of a language, which is made once. */
function kept(
  patterns: WeakMap<CheckWords, RegExp>,
  words: CheckWords,
  make: (words: CheckWords) => RegExp,
): RegExp {
  const pattern = patterns.get(words) ?? make(words);
  patterns.set(words, pattern);
  return pattern;
}

/** Who comes, that it will be, and how: in one clause, and near each other. */
function partsOf(words: CheckWords): RegExp {
  const between = '[^,，、:：()（）—–]{0,40}?';
  const parts = (['who-comes', 'will-come', 'comes'] as const).map((list) => `(?:${words[list].source})`);
  return new RegExp(parts.join(between), 'gu');
}

/** Stands between a figure and its unit, where nothing else does: units begin as words do. */
const SEAM = '\u200b';

/** Lengths of time that a text writes out. */
export function writtenDurations(text: string, words: CheckWords): readonly string[] {
  const plain = withoutValues(plainly(text)).replace(/\p{N}(?=\p{L})/gu, `$&${SEAM}`);
  return [...plain.matchAll(kept(durations, words, durationsOf))].map(([found]) =>
    found.replaceAll(SEAM, '').trim(),
  );
}

function durationsOf(words: CheckWords): RegExp {
  const figure = String.raw`(?<![\p{Script=Latin}\p{N}]|\p{N}[.,])\p{N}+(?:[.,]\p{N}+)?`;
  const named = `(?:${words.numbers.source})`;
  const number = String.raw`(?:${figure}|${named}(?:[\s-]*${named})*)`;
  const apart = String.raw`[\s${SEAM}]?(?:-|–|~|到|至)?[\s${SEAM}]?`;
  return new RegExp(
    `${number}${apart}(?:${words.units.source})|${figure}${apart}(?:${words.figures.source})`,
    'gu',
  );
}
