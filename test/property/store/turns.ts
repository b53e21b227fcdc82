import fc from 'fast-check';
import {
  type Commit,
  type ConversationId,
  type DueTimer,
  inboundId,
  type Loaded,
  personOf,
  rowId,
  SEEN_TTL_MS,
  type StoreRecord,
  type TimerChange,
} from '../../../src/model/index.js';
import { openedCase, snapshot } from '../../contract/store/fixture.js';
import { type Inbound, nth, type Worker, type World } from './worker.js';

/** Multiples of a second. */
const IN_MS = [-2_000, 0, 1_000, 5_000, 3_600_000];

/** What a turn makes of the conversation it loaded. */
export const plan = fc.record({
  ends: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  rows: fc.nat(3),
  timers: fc.array(
    fc.record({ name: fc.constantFrom('wait', 'ask'), in: fc.option(fc.constantFrom(...IN_MS)) }),
    { maxLength: 2 },
  ),
  record: fc.oneof(
    { weight: 4, arbitrary: fc.constant('none') },
    { weight: 5, arbitrary: fc.constantFrom('count', 'put-person', 'put-case', 'put-quarantine') },
    { weight: 1, arbitrary: fc.constantFrom('forget', 'silence') },
  ),
  number: fc.nat(5),
  sends: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
export type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

/** An update: the `again`-th of those the place has had, or a new one. */
export function inboundOf(
  world: World,
  conversation: ConversationId,
  again: number,
  ageMs: number | null,
): Inbound {
  // What no platform delivers any more is forgotten by the store too.
  const known = world.inbounds.filter(
    (each) => each.conversation === conversation && each.at + SEEN_TTL_MS > world.now,
  );
  if (again > 0 && known.length > 0) return nth(known, again);
  const user = personOf(conversation);
  const inbound: Inbound = {
    conversation,
    seen: inboundId('telegram', user, String(serial(world))),
    sentAt: ageMs === null ? null : world.now - ageMs,
    at: world.now,
  };
  world.inbounds.push(inbound);
  return inbound;
}

/** A due timer as the update it is. */
export function inboundOfTimer({ conversation, timer, dueAt }: DueTimer): Omit<Inbound, 'at'> {
  const seen = inboundId('telegram', 'timer', conversation, timer, String(dueAt));
  return { conversation, seen, sentAt: null };
}

/** The commit of a turn that a worker computed from what it `loaded`. */
export function commitOf(
  world: World,
  worker: Worker,
  inbound: Omit<Inbound, 'at'>,
  { plan: made, loaded }: { readonly plan: Plan; readonly loaded: Loaded },
  changes: readonly TimerChange[] = [],
): Commit {
  const { conversation, seen, sentAt } = inbound;
  const { now } = world;
  const timers = made.timers.map(
    (each): TimerChange =>
      each.in === null
        ? { kind: 'cancel', timer: each.name }
        : { kind: 'set', timer: each.name, dueAt: now + each.in + timerSerial(world) },
  );
  return {
    conversation,
    person: personOf(conversation),
    expectedVersion: loaded.version,
    seen,
    snapshot: made.ends ? null : snapshot(`${worker.name}-${serial(world)}`, now),
    outbox: Array.from({ length: made.rows }, (_, index) => ({
      id: rowId(conversation, seen, index),
      call: { method: 'sendMessage', payload: { text: `${worker.name} ${serial(world)}` } },
      links: [],
      shown: { kind: 'message', keys: [], choices: [] },
    })),
    timers: [...changes, ...timers],
    records: recordsOf(world, conversation, made),
    now,
    sentAt,
    sender: made.sends ? worker.sender : null,
    replicated: false,
  };
}

function recordsOf(world: World, conversation: ConversationId, made: Plan): readonly StoreRecord[] {
  const { now } = world;
  const person = personOf(conversation);
  switch (made.record) {
    case 'count':
      return [
        { kind: 'count', name: 'turns', by: 1 + made.number },
        { kind: 'count', name: `c${made.number}`, by: 1 },
        { kind: 'count', name: 'turns', by: 1 },
      ];
    case 'put-person':
      return [{ kind: 'put-person', person, record: { locale: `l-${made.number}` } }];
    case 'put-case':
      return [
        {
          kind: 'put-case',
          person,
          case: openedCase(`LL-${person.split(':')[1]}-${made.number}`, now - made.number),
        },
      ];
    case 'put-quarantine': {
      const id = inboundId('telegram', person, `failed-${serial(world)}`);
      const where = { flow: 'menu', step: 'ask', bundle: 'b1' };
      const entry = { id, conversation, what: 'text', code: 'TypeError', at: now - made.number, ...where };
      return [{ kind: 'put-quarantine', entry }];
    }
    case 'silence':
      return [{ kind: 'silence', code: 'blocked' }];
    case 'forget':
      return [{ kind: 'forget', person }];
    default:
      return [];
  }
}

function serial(world: World): number {
  world.serial += 1;
  return world.serial;
}

/** Below a second, which all other times are multiples of: no two timers are due at the same time. */
function timerSerial(world: World): number {
  world.timers += 1;
  return world.timers;
}
