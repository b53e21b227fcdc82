import {
  type CaseRecord,
  type Commit,
  type ConversationId,
  conversationId,
  DAY_MS,
  type InboundId,
  inboundId,
  type NewRow,
  type PersonId,
  partitionOf,
  personId,
  personOf,
  rowId,
  type Snapshot,
  type Store,
  type UnansweredEntry,
} from '../../../src/model/index.js';

export const NOW = Date.UTC(2026, 2, 1, 9);
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const alice = personId('telegram', '1001');
/** Alice, alone with the bot. */
export const aliceDirect = conversationId('telegram', { channel: '1001' }, '1001');
/** Alice in a group, and in a thread of the same group. */
export const aliceInGroup = conversationId('telegram', { channel: '-500' }, '1001');
export const aliceInThread = conversationId('telegram', { channel: '-500', thread: '7' }, '1001');
/** Bob, whose id begins as Alice's does. */
export const bob = personId('telegram', '10011');
export const bobDirect = conversationId('telegram', { channel: '10011' }, '10011');

export function snapshot(step: string, lastAt = NOW): Snapshot {
  return {
    format: 1,
    bundle: 'b1',
    flow: 'mail-missing',
    step,
    verb: 'ask',
    shape: 's1',
    stack: [{ flow: 'lost-access', step: 'details', kind: 'call', dueAt: null }],
    slots: { looked: 'spam' },
    tries: 0,
    dueAt: null,
    later: null,
    asked: [],
    turn: 1,
    offers: [
      { turn: 1, index: 0, event: { kind: 'choice', value: 'spam' }, standing: false },
      { turn: 1, index: 1, event: { kind: 'wont-open', links: ['reset-help'] }, standing: true },
      { turn: 1, index: 2, event: { kind: 'start', flow: 'fees' }, standing: false },
    ],
    locale: 'zh-TW',
    localeIsGuess: true,
    warnedAloud: true,
    misses: 0,
    lastAt,
  };
}

export function row(conversation: ConversationId, turn: number, index = 0): NewRow {
  return {
    id: rowId(conversation, inboundId('telegram', String(turn)), index),
    call: {
      method: 'sendMessage',
      payload: { chat_id: 1001, text: `${turn}.${index} 您好 👋`, nested: { a: [1] } },
    },
    links: ['reset-help'],
    shown: { kind: 'message', keys: ['mail.where-looked'], choices: ['spam'] },
  };
}

export function openedCase(number: string, openedAt = NOW): CaseRecord {
  return {
    number,
    topic: 'recovery',
    platform: 'telegram',
    locale: 'en',
    openedAt,
    state: 'open',
    notified: false,
  };
}

let questions = 0;

/** A question that nobody answered, of an id that no other has. */
export function unanswered(
  person: PersonId,
  at = NOW,
  parts: Partial<UnansweredEntry> = {},
): UnansweredEntry {
  questions += 1;
  return {
    id: `${partitionOf(person)}.q${String(questions).padStart(6, '0')}`,
    text: `how do i stake ${questions}`,
    locale: 'en',
    decision: 'out-of-scope',
    day: Math.floor(at / DAY_MS) * DAY_MS,
    done: false,
    ...parts,
  };
}

let updates = 0;

/** An inbound id that no other has. */
export function freshInbound(): InboundId {
  updates += 1;
  return inboundId('telegram', 'update', String(updates));
}

/** A turn that creates the conversation, but for what is given. */
export function turn(conversation: ConversationId, parts: Partial<Commit> = {}): Commit {
  return {
    conversation,
    person: personOf(conversation),
    expectedVersion: 0,
    seen: freshInbound(),
    snapshot: snapshot('where-looked'),
    outbox: [],
    timers: [],
    records: [],
    now: NOW,
    sentAt: null,
    sender: null,
    replicated: false,
    ...parts,
  };
}

/** Commits a turn computed from what is stored now; throws when it is not `ok`. Returns the new version. */
export async function commitNext(
  store: Store,
  conversation: ConversationId,
  parts: Partial<Commit> = {},
): Promise<number> {
  const { version } = await store.load(conversation);
  const result = await store.commit(turn(conversation, { expectedVersion: version, ...parts }));
  if (result.kind !== 'ok') throw new Error(`the commit was not ok but ${result.kind}`);
  return result.version;
}

/** Sweeps until nothing is left to go; how many records went. */
export async function sweepAll(store: Store, now: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const swept = await store.sweep(now);
    removed += swept.removed;
    if (!swept.more) return removed;
  }
}
