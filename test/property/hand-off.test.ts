import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeyring } from '../../src/infra/at-rest.js';
import {
  type Challenge,
  conversationId,
  type InboundContent,
  inboundId,
  LifelineError,
  type OutboundMessage,
  type PageAnswer,
  type PageRequest,
  type Store,
} from '../../src/model/index.js';
import { createHandOffs } from '../../src/runtime/hand-offs.js';
import { createPageDesk } from '../../src/runtime/page-desk.js';
import { openLmdbStore } from '../../src/store/lmdb.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { openRedisStore } from '../../src/store/redis.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { inbound, plainEngine } from '../support/engine.js';
import { openReception } from '../support/reception.js';
import { startRedis } from '../support/redis/start-redis.js';
import { bundleOf, edited, smallContent } from '../support/small-content.js';
import { START } from '../support/talk.js';

// Thousands of turns on real stores; on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const engine = plainEngine(
  bundleOf(
    edited(
      smallContent(),
      'flows/official.yaml',
      '{ link: reset-help }',
      '{ link: reset-help, verified: true, page: help-fees, start: help-fees }',
    ),
  ),
);
const MINUTE_MS = 60_000;
/** So much the clocks of workers may differ. */
const SKEW_MS = MINUTE_MS;

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** A place in which others read along. */
const GROUP = { place: '-1007', public: true } as const;

type Clock = () => number;
/** Makes what two workers have for a store; both see the same. */
type OpenPair = (clock: Clock) => readonly [Store, Store];

async function inMemory(): Promise<OpenPair> {
  return (clock) => {
    const store = createMemoryStore({ clock });
    return [store, store];
  };
}

async function onLmdb(): Promise<OpenPair> {
  const folder = await makeTempFolder();
  let now: Clock = () => START;
  const keyring = createKeyring([randomBytes(32)]);
  const store = await openLmdbStore({ path: folder.path, keyring, clock: () => now() });
  atEnd.push(folder.remove, store.close);
  return (clock) => {
    now = clock;
    return [store, store];
  };
}

async function onRedis(): Promise<OpenPair> {
  const server = await startRedis();
  const keyring = createKeyring([randomBytes(32)]);
  const open = () => openRedisStore({ url: server.url, keyring });
  const [one, two] = await Promise.all([open(), open()]);
  atEnd.push(server.stop, one.close, two.close);
  return (clock) => [
    { ...one, now: clock },
    { ...two, now: clock },
  ];
}

let users = 0;

/**
 * Two workers, and two people of whom nobody has heard; each worker may be started anew, which loses all that it
 * remembers.
 */
function meet(openPair: OpenPair) {
  let now = START;
  const stores = openPair(() => now);
  users += 2;
  const own = users;
  const names = [String(own), String(own + 1)] as const;
  const open = (index: number, name: string) => {
    const memory = stores[index % 2] ?? stores[0];
    const reception = openReception({
      ...{ engine, memory, worker: name },
      handOffs: (store) =>
        createHandOffs({ store, isReady: () => true, sign: async ({ id }) => `header.${id}.signature` }),
      entropy: () => randomBytes(32),
      now: () => now,
    });
    const desk = createPageDesk({ store: memory, receiver: reception.receiver, platform: 'telegram' });
    return { ...reception, desk };
  };
  const workers = [open(0, `one-${own}`), open(1, `two-${own}`)];
  const worker = (index: number) => {
    const found = workers[index % workers.length];
    if (found === undefined) throw new Error('no such worker');
    return found;
  };
  const userOf = (whose: number): string => names[whose % 2] ?? names[0];
  let updates = 0;
  const shown: readonly [OutboundMessage[], OutboundMessage[]] = [[], []];
  const shownTo = (whose: number): OutboundMessage[] => shown[whose % 2] ?? shown[0];
  /** In the direct chat, or in a group that both are in. */
  const send = async (
    index: number,
    whose: number,
    content: InboundContent,
    place: { readonly place: string; readonly public: true } | undefined = undefined,
  ): Promise<void> => {
    updates += 1;
    const { receiver, commits } = worker(index);
    const before = commits.length;
    const user = userOf(whose);
    await receiver.receive(inbound(updates, content, { platform: 'telegram', user, ...place }));
    for (const commit of commits.slice(before))
      if (commit.person === `telegram:${user}`)
        shownTo(whose).push(...commit.outbox.map((row) => row.call.payload.message as OutboundMessage));
  };
  const tap = (index: number, whose: number, value: string): Promise<void> => {
    const buttons = shownTo(whose).flatMap((message) => (message.kind === 'message' ? message.buttons : []));
    const button = buttons.findLast((each) => each.kind === 'tap' && each.value === value);
    return send(index, whose, { kind: 'tap', data: button?.kind === 'tap' ? button.data : '0.0.none' });
  };
  const ask = async (index: number, request: PageRequest): Promise<PageAnswer> => {
    updates += 1;
    const seen = inboundId('telegram', 'page', `${own}-${updates}`);
    for (;;) {
      try {
        return await worker(index).desk.ask(request, seen);
      } catch (error) {
        // The page is told to come again, and asks the same.
        if (!(error instanceof LifelineError) || error.code !== 'conversation-contended') throw error;
      }
    }
  };
  return {
    ask,
    send,
    tap,
    begin: async (index: number, whose = 0): Promise<void> => {
      await send(index, whose, { kind: 'text', text: 'wants forgot-password' });
      await tap(index, whose, 'page');
    },
    challenge: async (whose = 0): Promise<Challenge | null> => {
      const user = userOf(whose);
      const { snapshot } = await stores[0].load(conversationId('telegram', { channel: user }, user));
      return snapshot?.challenge ?? null;
    },
    /** The link number that was shown last; `null` for none so far. */
    number: (whose = 0): string | null => {
      const texts = shownTo(whose).flatMap((message) => (message.kind === 'message' ? [message.text] : []));
      const last = texts.findLast((text) => /number \d{4} \d{4}/.test(text));
      return /\d{4} \d{4}/.exec(last ?? '')?.[0].replace(' ', '') ?? null;
    },
    keys: (index: number): readonly string[] => {
      const { commits, keys } = worker(index);
      return commits.flatMap((commit) => keys(commit));
    },
    now: () => now,
    /** Both ways: clocks are set, too. */
    passes: (ms: number): void => {
      now += ms;
    },
    restart: (index: number): void => {
      workers[index % workers.length] = open(index, `again-${own}-${updates}-${index}`);
    },
  };
}

const who = fc.nat(1);
const whose = fc.nat(1);
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('number' as const), who, whose }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      /** 0: the newest number; else so many before it. */
      back: fc.constantFrom(0, 0, 1, 2),
      browsers: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
      who,
      whose,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), browser: fc.nat(3), who, whose }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('passes' as const), minutes: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('passes' as const),
      minutes: fc.constantFrom(-60, 60, -14, 16),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('begin' as const), who, whose }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('elsewhere' as const),
      says: fc.constantFrom('wish' as const, 'number' as const, 'return' as const),
      who,
      whose,
    }),
  },
);

describe.each([
  ['in memory', inMemory, { runs: 60, races: 200 }],
  ['on LMDB', onLmdb, { runs: 10, races: 100 }],
  ['on Redis', onRedis, { runs: 20, races: 1_000 }],
] as const)(
  'a verified hand-off %s, in any order, over workers, chats, restarts and clocks that are set',
  (_, openPairs, { runs, races }) => {
    it('is opened by one browser at most, never after its deadline, and never by a number of another or an older one', async () => {
      const openPair = await openPairs();
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
          const met = meet(openPair);
          await met.begin(0, 0);
          await met.begin(1, 1);
          const numbers: readonly [string[], string[]] = [[], []];
          const openers = new Map<string, Set<string>>();
          const byNumber = new Map<string, number>();
          /** Hand-offs that their own person met after the deadline: over, whatever clocks say later. */
          const over = new Set<string>();
          for (const one of acts) {
            switch (one.kind) {
              case 'begin':
                await met.begin(one.who, one.whose);
                break;
              case 'passes':
                met.passes(one.minutes * MINUTE_MS);
                break;
              case 'restart':
                met.restart(one.who);
                break;
              case 'elsewhere': {
                const before = await met.challenge(one.whose);
                const own = numbers[one.whose === 0 ? 0 : 1];
                const content: InboundContent =
                  one.says === 'return'
                    ? { kind: 'start', payload: `r_${before?.nonce ?? ''}` }
                    : {
                        kind: 'text',
                        text: one.says === 'wish' ? 'wants forgot-password' : (own.at(-1) ?? ''),
                      };
                await met.send(one.who, one.whose, content, GROUP);
                // Nothing that is said in a group is a hand-off's business, and its own person raises no alarm there.
                expect((await met.challenge(one.whose))?.state).toBe(before?.state);
                break;
              }
              case 'number': {
                const before = await met.challenge(one.whose);
                if (before !== null && met.now() >= before.deadline) over.add(before.id);
                await met.tap(one.who, one.whose, 'other-device');
                const number = met.number(one.whose);
                const own = numbers[one.whose === 0 ? 0 : 1];
                if (number !== null && own.at(-1) !== number) own.push(number);
                break;
              }
              case 'open':
              case 'type': {
                const before = await met.challenge(one.whose);
                const own = numbers[one.whose === 0 ? 0 : 1];
                const browsers = one.kind === 'open' ? [one.browser] : one.browsers;
                const number = one.kind === 'open' ? null : (own.at(-1 - one.back) ?? '00000000');
                const answers = await Promise.all(
                  browsers.map(async (name, index) => {
                    const browser = `browser-${name}`.padEnd(20, '-');
                    const asked: PageRequest =
                      number === null
                        ? { kind: 'open', id: before?.id ?? '', browser }
                        : { kind: 'open-by-number', number, browser };
                    return { browser, answer: await met.ask(one.who + index, asked) };
                  }),
                );
                for (const { browser, answer } of answers) {
                  if (answer.kind !== 'opened') continue;
                  const { id, deadline } = answer;
                  expect(id).toBe(before?.id);
                  expect(met.now()).toBeLessThan(deadline);
                  expect(met.now()).toBeGreaterThanOrEqual((before?.issuedAt ?? 0) - SKEW_MS);
                  expect(over.has(id)).toBe(false);
                  openers.set(id, (openers.get(id) ?? new Set()).add(browser));
                  if (number === null) continue;
                  byNumber.set(id, (byNumber.get(id) ?? 0) + 1);
                  expect(number).toBe(own.at(-1));
                }
                break;
              }
            }
            for (const each of [0, 1]) expect((await met.challenge(each))?.tries ?? 0).toBeLessThanOrEqual(5);
          }
          for (const browsers of openers.values()) expect(browsers.size).toBe(1);
          for (const count of byNumber.values()) expect(count).toBe(1);
        }),
        { numRuns: runs },
      );
    });

    it('lets one of two workers win that get the right number at once, every time', async () => {
      const openPair = await openPairs();
      const race = async (): Promise<void> => {
        const met = meet(openPair);
        await met.begin(0);
        await met.tap(1, 0, 'other-device');
        const number = met.number() ?? '';
        expect(number).toMatch(/^\d{8}$/);
        const answers = await Promise.all(
          [0, 1].map((index) =>
            met.ask(index, { kind: 'open-by-number', number, browser: `browser-of-${index}` }),
          ),
        );
        expect(answers.map(({ kind }) => kind).sort()).toEqual(['opened', 'refused']);
      };
      for (let done = 0; done < races; done += 20) await Promise.all(Array.from({ length: 20 }, race));
    });

    it('is spent once by a thousand who replay its link at the same time', async () => {
      const met = meet(await openPairs());
      await met.begin(0);
      const id = (await met.challenge())?.id ?? '';
      const answers = await Promise.all(
        Array.from({ length: 1_000 }, (_each, index) =>
          met.ask(index, { kind: 'open', id, browser: `browser-of-${index}` }),
        ),
      );
      expect(answers.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
      const again = (await met.challenge())?.browser ?? '';
      expect(await met.ask(1, { kind: 'open', id, browser: again })).toMatchObject({ kind: 'opened' });
    });

    it('catches a relay every time, whichever worker hears of it, at any moment', async () => {
      const openPair = await openPairs();
      const relay = fc.record({ opener: who, returner: who, minutes: fc.nat(14), restarts: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(relay, async ({ opener, returner, minutes, restarts }) => {
          const met = meet(openPair);
          // The first has the hand-off in the place of the second, who opens its link.
          await met.begin(opener, 0);
          const { id = '', nonce = '' } = (await met.challenge(0)) ?? {};
          await met.ask(opener, { kind: 'open', id, browser: 'browser-of-the-second' });
          met.passes(minutes * MINUTE_MS);
          if (restarts) met.restart(returner);
          await met.send(returner, 1, { kind: 'start', payload: `r_${nonce}` });
          expect((await met.challenge(0))?.state).toBe('stopped');
          expect(met.keys(returner)).toEqual(expect.arrayContaining(['hand-off.relayed', 'hand-off.alarm']));
        }),
        { numRuns: runs },
      );
    });
  },
);
