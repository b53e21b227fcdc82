import { z } from 'zod';
import {
  AUDITED,
  type AuditEntry,
  type CaseRecord,
  type Challenge,
  type ConversationEvent,
  type ConversationId,
  type DeadLetter,
  type DueTimer,
  type Found,
  GLOBAL_WORDS,
  type InboundId,
  LifelineError,
  type OutboxRow,
  type PersonId,
  type PersonRecord,
  type QuarantineEntry,
  type RowId,
  SECRET_KINDS,
  type Snapshot,
  type UnansweredEntry,
} from '../model/index.js';

/** Epoch milliseconds and counts, as stored. */
export const whole = z.number().int();

/** A record that says it is of a later format than this version knows. */
const laterRecord = z.object({ format: z.number().gt(1) });

/**
 * The fault of a record that is none by its schema: `store-newer` when it says so itself, else `store-damaged`. Names
 * what it is and nothing of its content.
 */
export function unreadable(what: string, value?: unknown): LifelineError {
  return laterRecord.safeParse(value).success
    ? new LifelineError(
        'store-newer',
        `a record of "${what}" was written by a newer version of Lifeline; start that one`,
      )
    : new LifelineError('store-damaged', `a record of "${what}" cannot be read`);
}

/**
 * What can be read of some records. Throws the first fault only when nothing can: one that is damaged holds up no
 * other, and is told of all the same.
 */
export function readable<Item, Value>(items: readonly Item[], read: (item: Item) => Value): readonly Value[] {
  const values: Value[] = [];
  let fault: LifelineError | null = null;
  for (const item of items) {
    try {
      values.push(read(item));
    } catch (error) {
      const isOfRecord = error instanceof LifelineError && /^store-(damaged|newer)$/.test(error.code);
      if (!isOfRecord) throw error;
      fault ??= error;
    }
  }
  if (values.length === 0 && fault !== null) throw fault;
  return values;
}

/** Ids are checked where they are made; a stored one only has to be a string. */
export const conversationIdRecord = z.string().transform((id) => id as ConversationId);
export const personIdRecord = z.string().transform((id) => id as PersonId);
const inboundIdRecord = z.string().transform((id) => id as InboundId);
const rowIdRecord = z.string().transform((id) => id as RowId);

const secretKind = z.enum(SECRET_KINDS);

const found: z.ZodType<Found> = z.object({
  kind: z.enum(['link', 'handle', 'mail', 'number', 'hash']),
  value: z.string(),
});

const otherInput = z.enum([
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
]);

const event: z.ZodType<ConversationEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), value: z.string() }),
  z.object({ kind: z.literal('answer'), value: z.string() }),
  z.object({ kind: z.literal('intent'), intent: z.string(), found: z.array(found) }),
  z.object({ kind: z.literal('ask-back'), intents: z.array(z.string()) }),
  z.object({ kind: z.literal('unclear'), near: z.array(z.string()) }),
  z.object({ kind: z.literal('global'), word: z.enum(GLOBAL_WORDS) }),
  z.object({ kind: z.literal('secret'), secrets: z.array(secretKind), removed: z.boolean() }),
  z.object({ kind: z.literal('start'), flow: z.string().nullable(), step: z.string().exactOptional() }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('locale'), locale: z.string() }),
  z.object({ kind: z.literal('wont-open'), links: z.array(z.string()) }),
  z.object({ kind: z.literal('timer'), timer: z.string(), due: z.number() }),
  z.object({ kind: z.literal('other'), input: otherInput }),
]);

const frame = z.object({
  flow: z.string(),
  step: z.string(),
  kind: z.enum(['call', 'digression', 'preempted']),
  dueAt: z.number().nullable(),
});

const offer = z.object({ turn: whole, index: whole, event, standing: z.boolean() });

const challengeRecord: z.ZodType<Challenge> = z.object({
  id: z.string(),
  handOff: z.string(),
  state: z.enum(['issued', 'opened', 'pictures', 'matched', 'completed', 'stopped']),
  issuedAt: z.number(),
  deadline: z.number(),
  secret: z.string(),
  counter: whole,
  tries: whole,
  browser: z.string().nullable(),
  openedAt: z.number().nullable(),
  nonce: z.string(),
  handles: z.array(z.string()),
  ownHandle: whole,
  pictures: z.array(whole),
  picture: whole,
});

/** A stored {@link Snapshot}. */
export const snapshotRecord: z.ZodType<Snapshot> = z.object({
  format: z.literal(1),
  bundle: z.string(),
  flow: z.string(),
  step: z.string(),
  verb: z.string().nullable(),
  shape: z.string().nullable(),
  stack: z.array(frame),
  slots: z.record(z.string(), z.string()),
  tries: whole,
  dueAt: z.number().nullable(),
  later: z.string().nullable(),
  asked: z.array(z.string()),
  unsure: z.object({ text: z.string(), locale: z.string() }).exactOptional(),
  turn: whole,
  offers: z.array(offer),
  locale: z.string(),
  localeIsGuess: z.literal(true).exactOptional(),
  warnedAloud: z.literal(true).exactOptional(),
  misses: whole,
  challenge: z.exactOptional(challengeRecord),
  shownAs: z.string().exactOptional(),
  lastAt: z.number(),
});

const callRecord = z.object({ method: z.string(), payload: z.record(z.string(), z.unknown()) });
const shownRecord = z.object({
  kind: z.enum(['message', 'delete', 'answer-tap']),
  keys: z.array(z.string()),
  choices: z.array(z.string()),
});

/** A stored {@link OutboxRow}. */
export const rowRecord: z.ZodType<OutboxRow> = z.object({
  id: rowIdRecord,
  call: callRecord,
  links: z.array(z.string()),
  shown: shownRecord,
  unlessDeleted: z.exactOptional(z.object({ call: callRecord, shown: shownRecord })),
  conversation: conversationIdRecord,
  tries: whole,
  notBefore: z.number(),
  // Absent in records of before answers could be unclear.
  unclearSince: z.number().nullable().default(null),
});

/** A stored {@link DeadLetter}. */
export const deadRecord: z.ZodType<DeadLetter> = z.object({
  row: rowRecord,
  code: z.string(),
  at: z.number(),
});

/** A stored {@link DueTimer}. */
export const dueTimerRecord: z.ZodType<DueTimer> = z.object({
  conversation: conversationIdRecord,
  timer: z.string(),
  dueAt: z.number(),
});

/** A stored {@link CaseRecord}. */
export const caseRecord: z.ZodType<CaseRecord> = z.object({
  number: z.string(),
  topic: z.string(),
  platform: z.string(),
  locale: z.string(),
  openedAt: z.number(),
  state: z.enum(['open', 'taken', 'closed']),
  notified: z.boolean(),
});

/** A stored {@link QuarantineEntry}. */
export const quarantineRecord: z.ZodType<QuarantineEntry> = z.object({
  id: inboundIdRecord,
  conversation: conversationIdRecord,
  what: z.string(),
  flow: z.string(),
  step: z.string(),
  bundle: z.string(),
  code: z.string(),
  at: z.number(),
});

/** A stored {@link UnansweredEntry}. */
export const unansweredRecord: z.ZodType<UnansweredEntry> = z.object({
  id: z.string().regex(/^\d{1,2}\.[\w-]+$/),
  text: z.string(),
  locale: z.string(),
  decision: z.enum(['out-of-scope', 'unclear']),
  day: z.number(),
  done: z.boolean(),
});

/** A stored {@link AuditEntry}. */
export const auditRecord: z.ZodType<AuditEntry> = z.object({
  seq: whole,
  at: z.number(),
  who: z.string().nullable(),
  what: z.enum(AUDITED),
  outcome: z.string(),
  bundle: z.string().nullable(),
  key: z.string(),
  prev: z.string(),
  link: z.string(),
});

/** A stored {@link PersonRecord}. */
export const personRecord: z.ZodType<PersonRecord> = z.object({ locale: z.string() });
