import { IDLE_TTL_MS, SEEN_TTL_MS } from '../model/index.js';
import { type Bytes, type Draft, list, read } from './lmdb-access.js';
import { removeRows, removeTalk } from './lmdb-remove.js';
import { conversations, idleAlarms, placePath, seenMarks, seenTimes } from './lmdb-tables.js';

/** Seen-marks of one batch: a few milliseconds in which no commit runs. */
const MARKS = 500;
/** Conversations of one batch; each is read. */
const TALKS = 100;

/** One batch of a sweep. */
interface Swept {
  /** How many seen-marks, conversations, rows and timers go. */
  readonly removed: number;
  /** Whether there may be more. */
  readonly more: boolean;
}

/** Drafts the removal of the next batch of what has outlived its lifetime at `now`. */
export function planSweep(db: Bytes, draft: Draft, now: number): Swept {
  const marks = list(db, seenTimes, { through: [now - SEEN_TTL_MS], limit: MARKS });
  for (const { mark, at } of marks) {
    draft.remove(seenMarks, [mark]);
    draft.remove(seenTimes, [at, mark]);
  }

  let removed = marks.length;
  const ringing = list(db, idleAlarms, { through: [now], limit: TALKS });
  for (const { conversation, ringsAt } of ringing) {
    const place = placePath(conversation);
    const stored = read(db, conversations, place);
    draft.remove(idleAlarms, [ringsAt, ...place]);
    if (stored === null) continue;
    const next = stored.snapshot.lastAt + IDLE_TTL_MS;
    if (next <= now) {
      removed += removeTalk(db, draft, conversation) + removeRows(db, draft, place);
    } else {
      draft.put(idleAlarms, [next, ...place], { conversation, ringsAt: next });
      draft.put(conversations, place, { ...stored, ringsAt: next });
    }
  }
  return { removed, more: marks.length === MARKS || ringing.length === TALKS };
}
