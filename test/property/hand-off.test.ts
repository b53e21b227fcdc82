import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conversationId,
  type InboundContent,
  inboundId,
  type OutboundMessage,
  type PageAnswer,
  type PageRequest,
} from '../../src/model/index.js';
import { createHandOffs } from '../../src/runtime/hand-offs.js';
import { createPageDesk } from '../../src/runtime/page-desk.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { inbound, plainEngine } from '../support/engine.js';
import { openReception } from '../support/reception.js';
import { bundleOf, edited, smallContent } from '../support/small-content.js';
import { START } from '../support/talk.js';

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
const CONVERSATION = conversationId('telegram', { channel: '5' }, '5');
const MINUTE_MS = 60_000;

/** Two workers on one store; each may be started anew, which loses all that it remembers. */
function meet() {
  let now = START;
  const memory = createMemoryStore({ clock: () => now });
  const open = (name: string) => {
    const reception = openReception({
      ...{ engine, memory, worker: name },
      handOffs: (store) =>
        createHandOffs({ store, isReady: () => true, sign: async ({ id }) => `header.${id}.signature` }),
    });
    reception.clock.moveTo(now);
    const desk = createPageDesk({ store: memory, receiver: reception.receiver, platform: 'telegram' });
    return { ...reception, desk };
  };
  const workers = [open('one'), open('two')];
  const worker = (index: number) => {
    const found = workers[index % workers.length];
    if (found === undefined) throw new Error('no such worker');
    return found;
  };
  let updates = 0;
  const shown: OutboundMessage[] = [];
  const send = async (index: number, content: InboundContent): Promise<void> => {
    updates += 1;
    const { receiver, commits } = worker(index);
    const before = commits.length;
    await receiver.receive(inbound(updates, content, { platform: 'telegram', user: '5' }));
    for (const commit of commits.slice(before))
      shown.push(...commit.outbox.map((row) => row.call.payload.message as OutboundMessage));
  };
  const tap = (index: number, value: string): Promise<void> => {
    const buttons = shown.flatMap((message) => (message.kind === 'message' ? message.buttons : []));
    const button = buttons.findLast((each) => each.kind === 'tap' && each.value === value);
    return send(index, { kind: 'tap', data: button?.kind === 'tap' ? button.data : '0.0.none' });
  };
  const ask = (index: number, request: PageRequest): Promise<PageAnswer> => {
    updates += 1;
    return worker(index).desk.ask(request, inboundId('telegram', 'page', String(updates)));
  };
  return {
    ask,
    tap,
    begin: async (index: number): Promise<void> => {
      await send(index, { kind: 'text', text: 'wants forgot-password' });
      await tap(index, 'page');
    },
    challenge: async () => (await memory.load(CONVERSATION)).snapshot?.challenge ?? null,
    /** The link number that was shown last; `null` for none so far. */
    number: (): string | null => {
      const texts = shown.flatMap((message) => (message.kind === 'message' ? [message.text] : []));
      const last = texts.findLast((text) => /number \d{4} \d{4}/.test(text));
      return /\d{4} \d{4}/.exec(last ?? '')?.[0].replace(' ', '') ?? null;
    },
    now: () => now,
    passes: (ms: number): void => {
      now += ms;
      for (const { clock } of workers) clock.moveTo(now);
    },
    restart: (index: number): void => {
      workers[index % workers.length] = open(`again-${updates}-${index}`);
    },
  };
}

const who = fc.nat(1);
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('number' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      /** 0: the newest number; else so many before it. */
      back: fc.constantFrom(0, 0, 1, 2),
      browsers: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), browser: fc.nat(3), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('passes' as const), minutes: fc.nat(70) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('begin' as const), who }) },
);

describe('a verified hand-off in any order, over workers, restarts and time', () => {
  it('is opened by one browser at most, never after its deadline, and never by a number that was replaced', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
        const met = meet();
        await met.begin(0);
        const numbers: string[] = [];
        const openers = new Map<string, Set<string>>();
        const byNumber = new Map<string, number>();
        for (const one of acts) {
          switch (one.kind) {
            case 'begin':
              await met.begin(one.who);
              break;
            case 'passes':
              met.passes(one.minutes * MINUTE_MS);
              break;
            case 'restart':
              met.restart(one.who);
              break;
            case 'number': {
              await met.tap(one.who, 'other-device');
              const number = met.number();
              if (number !== null && numbers.at(-1) !== number) numbers.push(number);
              break;
            }
            case 'open':
            case 'type': {
              const before = await met.challenge();
              const names = one.kind === 'open' ? [one.browser] : one.browsers;
              const number = one.kind === 'open' ? null : (numbers.at(-1 - one.back) ?? '00000000');
              const answers = await Promise.all(
                names.map(async (name, index) => {
                  const browser = `browser-${name}`.padEnd(20, '-');
                  const asked: PageRequest =
                    number === null
                      ? { kind: 'open', id: before?.id ?? '', browser }
                      : { kind: 'open-by-number', number, browser };
                  return { browser, answer: await met.ask(one.who + index, asked) };
                }),
              );
              const opened = answers.flatMap(({ browser, answer }) =>
                answer.kind === 'opened' ? [{ browser, ...answer }] : [],
              );
              for (const { browser, id, deadline } of opened) {
                expect(met.now()).toBeLessThan(deadline);
                openers.set(id, (openers.get(id) ?? new Set()).add(browser));
                if (number === null) continue;
                byNumber.set(id, (byNumber.get(id) ?? 0) + 1);
                expect(number).toBe(numbers.at(-1));
              }
              break;
            }
          }
          const challenge = await met.challenge();
          expect(challenge?.tries ?? 0).toBeLessThanOrEqual(5);
        }
        for (const browsers of openers.values()) expect(browsers.size).toBe(1);
        for (const count of byNumber.values()) expect(count).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('lets one of two workers win that get the right number at once', async () => {
    for (let round = 0; round < 50; round += 1) {
      const met = meet();
      await met.begin(round);
      await met.tap(round, 'other-device');
      const number = met.number() ?? '';
      expect(number).toMatch(/^\d{8}$/);
      const answers = await Promise.all(
        [0, 1].map((index) =>
          met.ask(index, { kind: 'open-by-number', number, browser: `browser-of-${index}` }),
        ),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['opened', 'refused']);
    }
  });

  it('is spent once by a thousand who replay its link at the same time', async () => {
    const met = meet();
    await met.begin(0);
    const id = (await met.challenge())?.id ?? '';
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        met.ask(index, { kind: 'open', id, browser: `browser-of-${index}` }),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
    const again = (await met.challenge())?.browser ?? '';
    expect(await met.ask(1, { kind: 'open', id, browser: again })).toMatchObject({ kind: 'opened' });
  });
});
