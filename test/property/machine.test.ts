import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, buildBundle, rests } from '../../src/content/index.js';
import { readContentFiles } from '../../src/content/read-files.js';
import { type Conversation, createConversation, type Position } from '../../src/conversation/index.js';
import { createLookUp } from '../../src/guard/index.js';
import type { ConversationEvent, Effect, Snapshot } from '../../src/model/index.js';
import { START } from '../support/talk.js';

let bundle: Bundle;
let conversation: Conversation;
beforeAll(async () => {
  const built = buildBundle(await readContentFiles(process.cwd()));
  if (built.kind === 'broken') throw new Error('the shipped content has findings');
  bundle = built.bundle;
  conversation = createConversation(bundle, createLookUp(bundle.registry));
});

/** What happens next, drawn by numbers, so that it can be made to fit the place the conversation is in. */
interface Draw {
  readonly what: number;
  readonly which: number;
  readonly other: number;
  readonly public: boolean;
  readonly minutes: number;
}
const draws = fc.array(
  fc.record({
    what: fc.nat({ max: 23 }),
    which: fc.nat({ max: 10_000 }),
    other: fc.nat({ max: 10_000 }),
    public: fc.boolean(),
    minutes: fc.nat({ max: 40 }),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

const INPUTS = [
  'photo',
  'sticker',
  'voice',
  'video',
  'document',
  'location',
  'other',
  'edited',
  'empty',
  'too-long',
  'unknown-command',
  'old-button',
  'not-your-button',
] as const;
const WORDS = ['cancel', 'restart', 'language', 'human', 'help', 'forget-me'] as const;
const SECRETS = ['phrase', 'key', 'password', 'code'] as const;
const FOUND = ['link', 'handle', 'mail', 'number', 'hash'] as const;

function pick<T>(list: readonly T[], draw: number): T {
  const chosen = list[draw % list.length];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

function eventOf({ what, which, other }: Draw, position: Position): ConversationEvent {
  const intents = [...bundle.triggers.keys()];
  const flows = [...bundle.flows.keys()];
  const { choices } = conversation.expected(position);
  // Most of the time what the present question offers, so that walks get anywhere.
  if (what < 9 && choices.length > 0) return { kind: 'choice', value: pick(choices, which).value };
  switch (what) {
    case 9:
    case 10:
      return {
        kind: 'answer',
        value: pick(
          ['https://wallet.example', '@somebody', 'some words', '', '__proto__', '0'.repeat(64)],
          which,
        ),
      };
    case 11:
    case 12:
      return {
        kind: 'intent',
        intent: pick(intents, which),
        found: other % 3 === 0 ? [{ kind: pick(FOUND, other), value: '@x' }] : [],
      };
    case 13:
      return { kind: 'ask-back', intents: [pick(intents, which), pick(intents, other)] };
    case 14:
      return { kind: 'unclear', near: which % 2 === 0 ? [] : [pick(intents, other)] };
    case 15:
      return { kind: 'global', word: pick(WORDS, which) };
    case 16:
      return other % 3 === 0
        ? { kind: 'held', secret: pick(SECRETS, which), ref: which % 2 === 0 ? null : '7' }
        : { kind: 'secret', secrets: [pick(SECRETS, which)], removed: true };
    case 17:
      return which % 3 === 0
        ? { kind: 'resume' }
        : { kind: 'start', flow: which % 3 === 1 ? null : pick(flows, other) };
    case 18: {
      const flow = pick(flows, which);
      const step = pick([...(bundle.flows.get(flow)?.steps.keys() ?? [])], other);
      return { kind: 'start', flow, step };
    }
    case 19:
      return { kind: 'locale', locale: pick(Object.keys(bundle.locales.names), which) };
    case 20:
      return { kind: 'wont-open', links: [pick([...bundle.registry.links.keys()], which)] };
    case 21:
      return { kind: 'timer', timer: `${position.flow}.${position.step}`, due: position.dueAt ?? which };
    case 22:
      return {
        kind: 'choice',
        value: pick(['none', 'yes', 'no', 'nothing', '*', 'pick.*', '@idle', 'toString', ''], which),
      };
    default:
      return { kind: 'other', input: pick(INPUTS, which) };
  }
}

function check(position: Position): void {
  const { flow, step } = position;
  if (flow === 'idle' || flow === 'system') return;
  const resting = bundle.flows.get(flow)?.steps.get(step);
  expect(resting !== undefined && rests(resting) ? 'rests' : `${flow}.${step}`).toBe('rests');
  expect(position.verb).toBe(resting?.verb);
}

const visible = (effects: readonly Effect[]): readonly Effect[] =>
  effects.filter(
    ({ kind }) => !['set-timer', 'cancel-timer', 'set-locale', 'forget-me', 'report'].includes(kind),
  );

/** Walks through events; after each: a known place, at most one question, stored as JSON without loss. */
function walk(
  steps: readonly Draw[],
  each: (
    before: Position,
    event: ConversationEvent,
    after: Position,
    effects: readonly Effect[],
    isPublic: boolean,
  ) => void,
): void {
  let now = START;
  const turn = (position: Position | null, isPublic: boolean) =>
    ({ now, platform: 'telegram', locale: position?.locale ?? 'en', public: isPublic }) as const;
  let { position } = conversation.open(turn(null, false));
  for (const draw of steps) {
    now += draw.minutes * 60_000;
    const isPublic = draw.public && position.flow === 'idle' && draw.what % 4 === 3;
    const event = eventOf(draw, position);
    const advanced = conversation.advance(position, event, turn(position, isPublic));
    each(position, event, advanced.position, advanced.effects, isPublic);
    position = JSON.parse(JSON.stringify(advanced.position));
  }
}

describe('the machine of the shipped content, under any events', () => {
  it('never throws, always rests at a known step, and asks at most one question', () => {
    fc.assert(
      fc.property(draws, (steps) => {
        walk(steps, (_before, _event, after, effects) => {
          check(after);
          expect(effects.filter((effect) => effect.kind === 'ask').length).toBeLessThanOrEqual(1);
          expect(after.stack.length).toBeLessThanOrEqual(8);
          expect(JSON.parse(JSON.stringify(after))).toEqual(after);
        });
      }),
      { numRuns: 250 },
    );
  });

  it('answers the wish for a person everywhere', () => {
    fc.assert(
      fc.property(draws, (steps) => {
        walk(steps, (_before, _event, after) => {
          const turn = { now: START, platform: 'telegram', locale: after.locale, public: false } as const;
          const { effects } = conversation.advance(after, { kind: 'global', word: 'human' }, turn);
          expect(effects.map((effect) => effect.kind)).toContain('human');
          const inPublic = conversation.advance(
            after,
            { kind: 'global', word: 'human' },
            { ...turn, public: true },
          );
          expect(visible(inPublic.effects)).not.toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps exactly the timer of the step it rests at', () => {
    fc.assert(
      fc.property(draws, (steps) => {
        const timers = new Map<string, number>();
        walk(steps, (_before, event, after, effects) => {
          if (event.kind === 'timer') timers.delete(event.timer);
          for (const effect of effects) {
            if (effect.kind === 'set-timer') timers.set(effect.timer, effect.dueAt);
            if (effect.kind === 'cancel-timer') timers.delete(effect.timer);
          }
          const wanted = after.dueAt === null ? [] : [`${after.flow}.${after.step}`];
          expect([...timers.keys()]).toEqual(wanted);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is never stuck: what a question offers always leads on', () => {
    fc.assert(
      fc.property(draws, fc.nat(), (steps, which) => {
        walk(steps, (_before, _event, after) => {
          const { choices } = conversation.expected(after);
          if (choices.length === 0) return;
          const turn = { now: START, platform: 'telegram', locale: after.locale, public: false } as const;
          const { position, effects } = conversation.advance(
            after,
            { kind: 'choice', value: pick(choices, which).value },
            turn,
          );
          const moved = position.flow !== after.flow || position.step !== after.step;
          expect(moved || visible(effects).length > 0).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('brings any stored conversation back, as it was or to a step that is there', () => {
    fc.assert(
      fc.property(
        draws,
        fc.constantFrom('same', 'other'),
        fc.string({ maxLength: 8 }),
        (steps, structure, name) => {
          walk(steps, (_before, _event, after) => {
            const snapshot: Snapshot = {
              format: 1,
              ...after,
              bundle: structure === 'same' ? after.bundle : 'older',
              turn: 1,
              offers: [],
              lastAt: START,
            };
            const turn = { now: START, platform: 'telegram', locale: after.locale, public: false } as const;
            const there = conversation.resume(snapshot, turn);
            expect([there.position.flow, there.position.step]).toEqual([after.flow, after.step]);
            if (after.flow === 'idle' || after.flow === 'system') return;
            const lost = conversation.resume({ ...snapshot, bundle: 'older', step: `${name}-gone` }, turn);
            check(lost.position);
            expect(visible(lost.effects)).not.toEqual([]);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('asks nobody anything in public', () => {
    fc.assert(
      fc.property(draws, (steps) => {
        walk(steps, (_before, _event, _after, effects, isPublic) => {
          if (isPublic) expect(effects.map((effect) => effect.kind)).not.toContain('ask');
        });
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
