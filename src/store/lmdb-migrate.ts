import { z } from 'zod';
import { type Bytes, type Draft, raw } from './lmdb-access.js';
import { putMark, putPerson } from './lmdb-commit.js';
import {
  conversations,
  dueTimers,
  people,
  placePath,
  SEALED,
  seenMarks,
  seenTimes,
  timers,
} from './lmdb-tables.js';
import { putTalk } from './lmdb-talk.js';
import {
  conversationIdRecord,
  dueTimerRecord,
  personIdRecord,
  personRecord,
  snapshotRecord,
  whole,
} from './records.js';

/** Marks of before did not tell their partition. */
const UNKNOWN_PARTITION = -1;

const oldTalk = z.object({
  conversation: conversationIdRecord,
  version: whole,
  snapshot: snapshotRecord,
  ringsAt: z.number(),
});
const oldMark = z.object({ mark: z.string(), at: z.number() });

/**
 * Drafts the way from layout 1, whose values were plain, to layout 2: values are encrypted, names of timers hidden,
 * marks shortened, people get a lifetime. What was there is there afterwards.
 */
export function migrate(db: Bytes, draft: Draft): void {
  const { sealer } = db;
  for (const table of SEALED) {
    if (table === people || table === conversations) continue;
    for (const { key, bytes } of raw(db, table.name, {})) draft.seal(table, key.slice(1), bytes);
  }
  for (const { bytes } of raw(db, conversations.name, {})) {
    const { conversation, ...talk } = oldTalk.parse(parse(bytes));
    putTalk(draft, conversation, talk);
  }
  const now = Date.now();
  for (const { key, bytes } of raw(db, people.name, {})) {
    const person = personIdRecord.parse(key.slice(1).join(':'));
    putPerson(db, draft, { person, record: personRecord.parse(parse(bytes)) }, now, null);
  }
  for (const { key } of raw(db, timers.name, {})) draft.remove(timers, key.slice(1));
  for (const { key, bytes } of raw(db, dueTimers.name, {})) {
    const { conversation, timer } = dueTimerRecord.parse(parse(bytes));
    const [at, commit, index] = key.slice(1).map(Number);
    if (at === undefined || commit === undefined || index === undefined) continue;
    draft.put(timers, [...placePath(conversation), sealer.hide(timer)], { at, commit, index });
  }
  for (const { key, bytes } of raw(db, seenTimes.name, {})) {
    const { mark, at } = oldMark.parse(parse(bytes));
    draft.remove(seenTimes, key.slice(1));
    draft.remove(seenMarks, [mark]);
    putMark(draft, `${UNKNOWN_PARTITION}.${mark.slice(0, 22)}`, at);
  }
}

function parse(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'));
}
