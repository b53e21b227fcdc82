import { createHash } from 'node:crypto';
import { generateMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as chinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/content/index.js';
import { createGuard } from '../../../src/guard/index.js';
import {
  type Commit,
  DAY_MS,
  type InboundContent,
  type Loaded,
  partitionOf,
  type Snapshot,
} from '../../../src/model/index.js';
import { inspectContent } from '../../../src/runtime/inspect-content.js';
import { computeTurn } from '../../../src/runtime/turn.js';
import { inbound, openStage, plainEngine } from '../../support/engine.js';
import { bundleOf, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const bundle = bundleOf(smallContent());
const engine = plainEngine(bundle);
const NEW: Loaded = { version: 0, snapshot: null, person: null };

/** A talk through the guard; each message gives its commit. */
function talk(): (content: InboundContent | string, at?: number, from?: Snapshot) => Commit {
  const guard = createGuard();
  let loaded = NEW;
  let update = 0;
  return (said, at = START, from) => {
    if (from !== undefined) loaded = { ...loaded, snapshot: from };
    update += 1;
    const content: InboundContent = typeof said === 'string' ? { kind: 'text', text: said } : said;
    const message = inbound(update, content);
    const { conversation, person, platform, id } = message;
    const inspection = inspectContent(guard, message, at);
    const entropy = new Uint8Array(32).fill(update);
    const input = { kind: 'message', message, inspection } as const;
    const request = { conversation, person, platform, seen: id, input, now: at, entropy };
    const commit = computeTurn(engine, openStage(), request, loaded);
    loaded = { version: update, snapshot: commit.snapshot, person: null };
    return commit;
  };
}

const keptOf = ({ records }: Commit) =>
  records.flatMap((record) => (record.kind === 'keep-unanswered' ? [record.entry] : []));

describe('a question that nobody answered', () => {
  it('is kept with its words, language and day, and of nobody', () => {
    const commit = talk()('how do i stake with https://x.example/a and account 4711');
    expect(keptOf(commit)).toEqual([
      {
        id: expect.stringMatching(new RegExp(`^${partitionOf(commit.person)}\\.[\\w-]{12}$`)),
        text: 'how do i stake with {link} and account {number}',
        locale: 'en',
        decision: 'out-of-scope',
        day: Math.floor(START / DAY_MS) * DAY_MS,
        done: false,
      },
    ]);
  });

  it('is not one that was answered, tapped or named by a button', () => {
    const say = talk();
    expect(keptOf(say('wants mail-missing'))).toEqual([]);
    expect(keptOf(say({ kind: 'tap', data: 'x' }))).toEqual([]);
    expect(
      keptOf(say({ kind: 'media', media: 'photo', caption: 'how is staking done', fileName: '' })),
    ).toEqual([]);
  });

  it('is kept three times in a row and no more, until something is understood', () => {
    const say = talk();
    const counts = [1, 2, 3, 4, 5].map((n) => keptOf(say(`how is staking done ${n}`)).length);
    expect(counts).toEqual([1, 1, 1, 0, 0]);
  });

  it('is not kept when it held a secret, or something that may be one', () => {
    const phrase = generateMnemonic(english);
    expect(keptOf(talk()(`${phrase} and how is staking done`))).toEqual([]);
    expect(keptOf(talk()('my password is hunter2! and how is staking done'))).toEqual([]);
    expect(keptOf(talk()(`what of ${createHash('sha256').update('x').digest('hex')} here`))).toEqual([]);
  });

  it.each([
    ['English', english, 1],
    ['English', english, 3],
    ['English', english, 6],
    ['Chinese', chinese, 1],
    ['Chinese', chinese, 4],
  ] as const)('is no part of a phrase in %s that is sent in pieces of %#', (_name, list, piece) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const words = generateMnemonic([...list]).split(/\s/u);
      const say = talk();
      for (let from = 0; from < words.length; from += piece)
        expect(keptOf(say(words.slice(from, from + piece).join(' ')))).toEqual([]);
    }
  });

  it('is not what is asked for, nor what is meant for a person', () => {
    const kept = (position: Partial<Snapshot>) => {
      const say = talk();
      const first = say('wants mail-missing').snapshot;
      return keptOf(say('how is staking done', START, { ...(first as Snapshot), ...position })).length;
    };
    expect(kept({})).toBe(1);
    expect(kept({ flow: 'is-it-official', step: 'which' })).toBe(0);
    expect(kept({ stack: [{ flow: 'contact-support', step: 'which', kind: 'call', dueAt: null }] })).toBe(0);
  });

  describe('is one that was none of what the bot took it for', () => {
    const none = messageOf(bundle, 'en', 'ask-back.none')?.format(() => undefined) ?? '';
    const doubtful = 'maybe is-it-official or mail-missing';

    it('once that is said, with its own words', () => {
      const say = talk();
      const asked = say(`${doubtful} of https://x.example/a`);
      expect(keptOf(asked)).toEqual([]);
      expect(asked.snapshot?.unsure).toEqual({ text: `${doubtful} of {link}`, locale: 'en' });
      const answered = say(none);
      expect(keptOf(answered)).toMatchObject([
        { text: `${doubtful} of {link}`, locale: 'en', decision: 'unclear', done: false },
      ]);
      expect(answered.snapshot).not.toHaveProperty('unsure');
    });
    it('also after words that are not understood, which are kept too', () => {
      const say = talk();
      say(doubtful);
      expect(keptOf(say('how is staking done'))).toMatchObject([{ text: 'how is staking done' }]);
      expect(keptOf(say(none))).toMatchObject([{ text: doubtful }]);
    });
    it('but not when one of them was meant', () => {
      const say = talk();
      say(doubtful);
      const answered = say('wants mail-missing');
      expect(keptOf(answered)).toEqual([]);
      expect(answered.snapshot).not.toHaveProperty('unsure');
    });
    it('but not where it held a secret, or something that may be one', () => {
      const say = talk();
      const hash = createHash('sha256').update('x').digest('hex');
      say(`${doubtful} of ${hash}`);
      expect(keptOf(say(none))).toEqual([]);
      expect(keptOf(say(`${doubtful} my password is hunter2!`))).toEqual([]);
      expect(
        keptOf(say(none))
          .map(({ text }) => text)
          .join(),
      ).not.toContain('hunter2');
    });
    it('but not words of a recovery phrase that is sent in pieces', () => {
      const words = generateMnemonic(english).split(' ');
      const say = talk();
      const asked = say(`maybe fees or ${words.slice(0, 6).join(' ')}`);
      expect(asked.snapshot).not.toHaveProperty('unsure');
    });
  });

  it('is one in a language that is not spoken, once until it is left', () => {
    const say = talk();
    expect(keptOf(say('Я забыл пароль'))).toMatchObject([
      { text: 'Я забыл пароль', locale: 'en', decision: 'out-of-scope' },
    ]);
    expect(keptOf(say('не могу войти'))).toEqual([]);
    expect(keptOf(talk()('language'))).toEqual([]);
  });
});
