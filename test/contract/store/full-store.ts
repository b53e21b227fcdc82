import type { Store, StoredItem } from '../../../src/model/index.js';
import {
  aliceDirect,
  aliceInThread,
  bobDirect,
  commitNext,
  freshInbound,
  HOUR_MS,
  openedCase,
  row,
  snapshot,
  turn,
  unanswered,
} from './fixture.js';

/**
 * Conversations, rows, timers, a case, a note in the audit trail, a dead letter, a quarantine entry and a person record
 * of both people.
 */
export async function fill(store: Store, now: number): Promise<void> {
  for (const conversation of [aliceDirect, aliceInThread, bobDirect]) {
    const { person } = turn(conversation);
    const name = conversation === bobDirect ? 'bob' : conversation;
    await commitNext(store, conversation, {
      now,
      snapshot: snapshot('asked', now),
      outbox: [0, 1, 2].map((index) => row(conversation, 1, index)),
      timers: [{ kind: 'set', timer: 'wait', dueAt: now + 1 }],
      records: [
        { kind: 'put-person', person, record: { locale: 'en' } },
        { kind: 'put-case', person, case: openedCase(`C-${name}`, now) },
        { kind: 'count', name: 'turns', by: 1 },
        { kind: 'keep-unanswered', entry: unanswered(person, now) },
        { kind: 'append-audit', what: 'case', outcome: `C-${name}`, bundle: 'b1' },
        {
          kind: 'put-quarantine',
          entry: {
            id: freshInbound(),
            conversation,
            what: 'text',
            flow: 'menu',
            step: 'ask',
            bundle: 'b1',
            code: 'x',
            at: now,
          },
        },
      ],
    });
    await store.settleRow(row(conversation, 1, 0).id, { kind: 'dead', code: 'refused', at: now });
    const later = { kind: 'later', notBefore: now + 7, unclearSince: now } as const;
    await store.settleRow(row(conversation, 1, 1).id, later);
  }
}

/** Everything a store exports. */
export async function itemsOf(store: Store): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const item of store.exportItems()) items.push(item);
  return items;
}

/** As text, in one order, with times that a store keeps as a lifetime left rounded to hours. */
export function sorted(items: readonly StoredItem[]): readonly string[] {
  const rounded = items.map((item) =>
    item.kind === 'seen' || item.kind === 'person' ? { ...item, at: Math.round(item.at / HOUR_MS) } : item,
  );
  return rounded.map((item) => JSON.stringify(item, Object.keys(flat(item)).sort())).sort();
}

/** Every name that occurs in a value, for a stable order of its keys. */
function flat(value: unknown): Record<string, true> {
  if (typeof value !== 'object' || value === null) return {};
  const names: Record<string, true> = {};
  for (const [name, inner] of Object.entries(value)) Object.assign(names, { [name]: true }, flat(inner));
  return names;
}
