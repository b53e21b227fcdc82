import { describe, expect, it } from 'vitest';
import type { PhraseBook } from '../../../src/model/index.js';
import {
  bookOf,
  confusionsOf,
  crossValidate,
  doubled,
  figuresByIntent,
  figuresOf,
  mislabelled,
  misread,
  type Outcome,
  outcomes,
  teachBook,
  thresholdsOf,
} from '../../../src/understanding/index.js';
import { BOOKS, ENGLISH } from './small-books.js';

function outcome(intent: string | null, best: string, score: number, second = 'x', clear = 0.95): Outcome {
  const intents = [
    { intent: best, score },
    { intent: second, score: score / 2 },
  ];
  return { text: `${intent} as ${best}`, intent, ranking: { intents, clear } };
}

describe('figuresOf', () => {
  it('counts what was right, what was among three, and how well outside texts were told', () => {
    const figures = figuresOf([
      outcome('a', 'a', 0.9),
      outcome('a', 'b', 0.8, 'a'),
      outcome('b', 'b', 0.7),
      outcome('b', 'a', 0.6),
      outcome(null, 'a', 0.65),
      outcome(null, 'b', 0.1),
    ]);
    expect(figures).toEqual({
      inScope: 4,
      outside: 2,
      top1: 0.5,
      top3: 0.75,
      auroc: 7 / 8,
      rightAtFalseAccepts: 0.5,
      answeredRight: 0.25,
      answeredOutside: 0,
    });
  });
  it('says nothing of rejecting without both kinds of text', () => {
    expect(figuresOf([outcome('a', 'a', 1)])).toMatchObject({
      auroc: null,
      rightAtFalseAccepts: null,
      answeredOutside: null,
    });
    expect(figuresOf([])).toMatchObject({ top1: 0, auroc: null });
  });
  it('counts outside texts that would be answered, however far below others their scores are', () => {
    const figures = figuresOf([
      outcome('a', 'a', 0.99),
      outcome('b', 'a', 0.99),
      outcome('b', 'b', 0.5),
      outcome(null, 'a', 0.95),
      outcome(null, 'b', 0.5),
      { text: 'nothing known', intent: null, ranking: { intents: [], clear: 0 } },
    ]);
    expect(figures).toMatchObject({ answeredRight: 1 / 3, answeredOutside: 1 / 3 });
  });
  it('tells what other thresholds would answer', () => {
    const found = [
      outcome('a', 'a', 0.99),
      outcome('a', 'b', 0.97),
      outcome('b', 'b', 0.72),
      outcome(null, 'a', 0.82),
    ];
    const at = (score: number) => thresholdsOf(found).find(({ answer }) => answer === score);
    expect(at(0.6)).toEqual({ answer: 0.6, right: 2 / 3, wrong: 1 / 3, outside: 1 });
    expect(at(0.75)).toEqual({ answer: 0.75, right: 1 / 3, wrong: 1 / 3, outside: 1 });
    expect(at(0.85)).toEqual({ answer: 0.85, right: 1 / 3, wrong: 1 / 3, outside: 0 });
  });
  it('gives each intent its precision and recall, and names confusions', () => {
    const found = [outcome('a', 'a', 1), outcome('a', 'b', 1), outcome('a', 'b', 1), outcome('b', 'b', 1)];
    expect(figuresByIntent(found)).toEqual([
      { intent: 'a', phrases: 3, precision: 1, recall: 1 / 3 },
      { intent: 'b', phrases: 1, precision: 1 / 3, recall: 1 },
    ]);
    expect(confusionsOf(found)).toEqual([{ from: 'a', to: 'b', texts: ['a as b', 'a as b'] }]);
  });
});

describe('suspects', () => {
  it('are phrases that a classifier is sure stand elsewhere', () => {
    expect(
      mislabelled([outcome('a', 'b', 0.99), outcome('a', 'b', 0.8), outcome('a', 'a', 0.99)]),
    ).toHaveLength(1);
  });
  it('are phrases that stand twice, or nearly so under two intents', () => {
    const book: PhraseBook = {
      ...ENGLISH,
      intents: new Map([
        ['a', ['where is my mail', 'Where is my mail?', 'lost']],
        ['b', ['where is my mails', 'gone']],
      ]),
      outside: [],
    };
    expect(doubled(book).map(({ one, other }) => [one.text, other.text])).toEqual([
      ['where is my mail', 'Where is my mail?'],
      ['where is my mail', 'where is my mails'],
      ['Where is my mail?', 'where is my mails'],
    ]);
  });
  it('are phrases that are not understood although they were taught', () => {
    const book: PhraseBook = {
      ...ENGLISH,
      intents: new Map([
        ...ENGLISH.intents,
        ['fees', ['network fee too high', 'where is my reset mail please']],
      ]),
    };
    const taught = teachBook(ENGLISH, 'en', new Map([['en', ENGLISH]]));
    expect(misread(book, taught)).toEqual([
      { intent: 'fees', index: 1, text: 'where is my reset mail please', takenFor: 'mail-missing' },
    ]);
  });
});

describe('measuring', () => {
  it('asks each phrase of a locale once, of a classifier that has not seen it', () => {
    const found = crossValidate('en', BOOKS);
    const all = [...ENGLISH.intents.values()].flat().length + ENGLISH.outside.length;
    expect(found).toHaveLength(all);
    expect(new Set(found.map(({ text }) => text)).size).toBe(all);
    expect(found.every(({ ranking }) => ranking.clear < 1)).toBe(true);
    expect(crossValidate('en', BOOKS)).toEqual(found);
  });
  it('teaches by texts of others, refusing by the outside texts of ours', () => {
    const book = bookOf(
      [
        { text: 'my card is lost', intent: 'card' },
        { text: 'card is gone', intent: 'card' },
        { text: 'change my address', intent: 'address' },
        { text: 'i moved to a new address', intent: 'address' },
      ],
      ENGLISH,
    );
    expect(book.outside).toBe(ENGLISH.outside);
    const [card] = outcomes(teachBook(book, 'en', BOOKS), [{ text: 'i misplaced the card', intent: 'card' }]);
    expect(card?.ranking.intents[0]?.intent).toBe('card');
  });
});
