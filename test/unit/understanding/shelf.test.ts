import { describe, expect, it } from 'vitest';
import type { PhraseBook } from '../../../src/model/index.js';
import { createMeanings } from '../../../src/understanding/alike.js';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { packModel, unpackModel } from '../../../src/understanding/pack.js';
import { train } from '../../../src/understanding/train.js';
import { ENGLISH, NOTHING } from './small-books.js';

const KNOWLEDGE = { meanings: createMeanings([]), sounds: false };
const model = train(
  ['a', 'b'],
  [
    { text: 'one two', intent: 0 },
    { text: 'three four', intent: 1 },
    { text: 'five', intent: -1 },
  ],
  KNOWLEDGE,
);
const packed = packModel({ model, phrases: [['one two'], ['three four']], words: ['Lost', 'lost'] });

/** A book that no other test has, so that nothing of it is known yet. */
function ownBook(name: string): PhraseBook {
  return {
    ...ENGLISH,
    intents: new Map([...ENGLISH.intents, [name, [`only ${name} here`, `${name} is new`]]]),
  };
}

describe('a packed model', () => {
  it('is the same when unpacked', () => {
    const unpacked = unpackModel(packed);
    expect([unpacked?.phrases, unpacked?.words]).toEqual([
      [['one two'], ['three four']],
      ['Lost', 'lost'],
    ]);
    expect(unpacked?.model.weights).toEqual(model.weights);
    expect(unpacked?.model.vocabulary.hashes()).toEqual(model.vocabulary.hashes());
    expect(unpacked?.model.calibration).toEqual(model.calibration);
  });
  it('is not taken when a byte of it is wrong, or some are missing', () => {
    for (const at of [0, 40, packed.length - 1]) {
      const damaged = packed.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(unpackModel(damaged)).toBeNull();
    }
    expect([unpackModel(packed.slice(0, -1)), unpackModel(new Uint8Array(3))]).toEqual([null, null]);
  });
});

describe('the shelf', () => {
  it('gets what was trained, by a key that changes with the phrases', () => {
    const kept = new Map<string, Uint8Array>();
    const shelf = { get: () => null, put: (key: string, bytes: Uint8Array) => void kept.set(key, bytes) };
    for (const name of ['first', 'second'])
      createUnderstanding({ locales: new Map([['en', ownBook(name)]]), shelf }).warm('en');
    expect(kept.size).toBe(2);
    expect([...kept.keys()].every((key) => key.startsWith('en-'))).toBe(true);
  });
  it('is asked before anything is trained, and not again in the same process', () => {
    const asked: string[] = [];
    const shelf = {
      get: (key: string) => {
        asked.push(key);
        return packed;
      },
      put: () => expect.unreachable(),
    };
    const locales = new Map([['en', ownBook('third')]]);
    const { understand } = createUnderstanding({ locales, shelf });
    expect(understand('three four', 'en', NOTHING).top[0]?.intent).toBe('b');
    createUnderstanding({ locales, shelf }).warm('en');
    expect(asked).toHaveLength(1);
  });
});
