import { z } from 'zod';
import { PARTITIONS, type StoredItem } from '../model/index.js';
import {
  auditRecord,
  caseRecord,
  conversationIdRecord,
  deadRecord,
  dueTimerRecord,
  personIdRecord,
  personRecord,
  quarantineRecord,
  rowRecord,
  snapshotRecord,
  unansweredRecord,
  whole,
} from './records.js';

/** An exported {@link StoredItem}. */
export const storedItemRecord: z.ZodType<StoredItem> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('conversation'),
    conversation: conversationIdRecord,
    snapshot: snapshotRecord.nullable(),
    rows: z.array(rowRecord),
    timers: z.array(dueTimerRecord),
  }),
  z.object({ kind: z.literal('person'), person: personIdRecord, record: personRecord, at: z.number() }),
  z.object({ kind: z.literal('seen'), mark: z.string().regex(/^-?\d+\.[\w-]+$/), at: z.number() }),
  z.object({ kind: z.literal('tombstone'), person: personIdRecord, at: z.number() }),
  z.object({ kind: z.literal('case'), case: caseRecord, person: personIdRecord }),
  z.object({ kind: z.literal('dead'), letter: deadRecord }),
  z.object({ kind: z.literal('quarantine'), entry: quarantineRecord }),
  z.object({ kind: z.literal('unanswered'), entry: unansweredRecord }),
  z.object({ kind: z.literal('audit'), partition: whole.min(0).max(PARTITIONS - 1), entry: auditRecord }),
  z.object({ kind: z.literal('counter'), name: z.string(), count: whole }),
  z.object({ kind: z.literal('value'), name: z.string(), value: z.string() }),
  z.object({ kind: z.literal('bundle'), hash: z.string(), bytes: z.base64() }),
  z.object({ kind: z.literal('active-bundle'), hash: z.string() }),
]);
