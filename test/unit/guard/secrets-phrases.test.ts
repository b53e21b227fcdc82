import { describe, expect, it } from 'vitest';
import { detect, type Finding } from '../../../src/guard/secrets/index.js';
import { BIP39_LISTS } from '../../../src/guard/secrets/lists/word-lists.js';
import { chance } from '../../support/secrets/chance.js';
import { CHATTY_LAYOUTS, type Layout } from '../../support/secrets/phrase-layouts.js';
import { DAMAGES, madeUpPhrase, PHRASE_LISTS } from '../../support/secrets/phrases.js';

const cut = (text: string, findings: readonly Finding[]): string =>
  [...findings]
    .reverse()
    .reduce((left, { start, end }) => `${left.slice(0, start)}\n${left.slice(end)}`, text);
const isHard = (findings: readonly Finding[]): boolean =>
  findings.some(({ kind, confidence }) => kind === 'phrase' && confidence === 'hard');
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .normalize('NFKD')
      .toLowerCase()
      .split(/[^\p{L}\p{M}]+/u),
  );

/** Phrases of each list in each layout; the lengths take turns. */
const EACH = 4;

describe.each(PHRASE_LISTS)('a phrase of the list $name', ({ name, words, lengths, layouts }) => {
  const from = chance(name.length * 7919);
  const phrases = (count: number) =>
    Array.from({ length: count }, (_, at) => madeUpPhrase(from, words, lengths[at % lengths.length] ?? 12));

  it('is found in every layout', () => {
    const missed = layouts.flatMap((layout) =>
      phrases(EACH).flatMap((phrase) => (isHard(detect(layout.write(phrase))) ? [] : [layout.name])),
    );
    // 99.9 of 100: of the words that are common in prose some phrases have nothing else.
    expect(missed.length).toBeLessThanOrEqual(1);
  });

  /** In which layouts a word of a phrase that was found is left. */
  const leftIn = (among: readonly Layout[]): readonly string[] =>
    among.flatMap((layout) =>
      phrases(EACH).flatMap((phrase) => {
        const text = layout.write(phrase);
        const rest = wordsOf(cut(text, detect(text)));
        const frame = wordsOf(layout.write(phrase.map(() => '')));
        const isLeft = (word: string): boolean =>
          rest.has(word.normalize('NFKD')) && !frame.has(word.normalize('NFKD'));
        return isHard(detect(text)) && phrase.some(isLeft) ? [layout.name] : [];
      }),
    );

  it('leaves no word behind when it is removed', () => {
    expect(leftIn(layouts.filter(({ changed }) => changed !== true)).length).toBeLessThanOrEqual(1);
  });

  it('leaves no word behind that stands apart from the others', () => {
    expect(leftIn(CHATTY_LAYOUTS).length).toBeLessThanOrEqual(1);
  });

  it.each(DAMAGES)('is noticed with $name', ({ damage }) => {
    const found = layouts.flatMap((layout) =>
      phrases(2).map((phrase) => detect(layout.write(damage(phrase, words, from)))),
    );
    const noticed = found.filter((findings) => findings.length > 0).length;
    expect(noticed / found.length).toBeGreaterThanOrEqual(0.85);
    expect(found.filter(isHard).length / found.length).toBeGreaterThanOrEqual(0.83);
  });

  it('is noticed by eight of its words or more', () => {
    const found = layouts.flatMap((layout) =>
      phrases(2).map((phrase) => detect(layout.write(phrase.slice(0, 8 + from.below(4))))),
    );
    expect(found.filter((findings) => findings.length > 0).length / found.length).toBeGreaterThanOrEqual(0.9);
  });

  it('is found in the message with which it becomes one, of several', () => {
    const missed = [1, 2, 3, 4, 6, 12].filter((parts) => {
      const phrase = madeUpPhrase(from, words, 12);
      const size = 12 / parts;
      const messages = Array.from({ length: parts }, (_, at) =>
        phrase.slice(at * size, at * size + size).join(' '),
      );
      return !isHard(detect(messages.at(-1) ?? '', { previous: messages.slice(0, -1) }));
    });
    expect(missed).toEqual([]);
  });
});

describe('over all lists and layouts', () => {
  it('98 of 100 damaged phrases are noticed, and 93 are sure', () => {
    const from = chance(11);
    const found = PHRASE_LISTS.flatMap(({ words, lengths, layouts }) =>
      DAMAGES.flatMap(({ damage }) =>
        layouts.map((layout) =>
          detect(layout.write(damage(madeUpPhrase(from, words, from.pick(lengths)), words, from))),
        ),
      ),
    );
    expect(found.filter((findings) => findings.length > 0).length / found.length).toBeGreaterThanOrEqual(
      0.98,
    );
    expect(found.filter(isHard).length / found.length).toBeGreaterThanOrEqual(0.93);
  });
});

describe('a run of list words', () => {
  const from = chance(3);
  const phrase = madeUpPhrase(from, BIP39_LISTS.english, 12);

  it('is found by its place in the original text', () => {
    const text = `Ａ🔑 my words:\u200b ${phrase.join(' ')}, ok?`;
    const [finding] = detect(text);
    expect(text.slice(finding?.start, finding?.end)).toBe(phrase.join(' '));
  });

  it('is no phrase in the order of the alphabet', () => {
    expect(detect(BIP39_LISTS.english.slice(700, 730).join(' '))).toEqual([]);
    expect(
      detect(
        [
          'banana',
          'cat',
          'dog',
          'fox',
          'goat',
          'lemon',
          'lion',
          'orange',
          'tiger',
          'wolf',
          'zebra',
          'zoo',
        ].join(', '),
      ),
    ).toEqual([]);
  });

  it('may repeat where its checksum is right, and only there', () => {
    expect(isHard(detect(`${'abandon '.repeat(11)}about`))).toBe(true);
    expect(isHard(detect(`${'zoo '.repeat(11)}wrong`))).toBe(true);
    expect(detect('zoo '.repeat(12))).toEqual([]);
    expect(detect('no no no no no no no no no no no no')).toEqual([]);
  });

  it('does not take what follows in the next message with it', () => {
    const previous = [phrase.slice(0, 6).join(' '), phrase.slice(6).join(' ')];
    expect(detect('help me please, I cannot find the page any more', { previous })).toEqual([]);
  });

  it('is the next part of a phrase that is being told', () => {
    expect(detect('sunset coral pistol', { telling: 6 })).toEqual([
      { kind: 'phrase', confidence: 'hard', start: 0, end: 19 },
    ]);
    expect(detect('that is all I have', { telling: 6 })).toEqual([]);
    expect(detect('sunset coral pistol')).toEqual([]);
  });
});

const CZECH = [1500, 3, 900, 77, 1800, 250, 1200, 640, 1999, 410, 1333].map((at) => BIP39_LISTS.czech[at]);

describe('a phrase whose first or last words are labels too', () => {
  it.each([
    'ábaco seguir sello noticia champú vereda sardina cadena espuma deber soplar cuarto это',
    'prima parola abaco fegato divano argine civile trespolo binocolo portata africano grafico',
    `${CZECH.join(' ')} slovo 42 the mails`,
  ])('goes with them: “%s”', (text) => {
    const left = wordsOf(cut(text, detect(text)));
    const words = text.split(' ').slice(0, 12);
    expect(words.filter((word) => left.has(word.normalize('NFKD')))).toEqual([]);
  });
});
