import { z } from 'zod';
import {
  type AuditEntry,
  type CaseRecord,
  type ConversationId,
  type DeadLetter,
  type DueTimer,
  LifelineError,
  type OutboxRow,
  type PersonId,
  type PersonRecord,
  type QuarantineEntry,
  type RowId,
  type Sealer,
  type Snapshot,
  type UnansweredEntry,
} from '../model/index.js';
import {
  auditRecord,
  caseRecord,
  dueTimerRecord,
  personIdRecord,
  personRecord,
  quarantineRecord,
  rowRecord,
  snapshotRecord,
  unansweredRecord,
  unreadable,
} from './records.js';

/** What is sealed of a row; the numbers beside it change with its tries. */
const rowBody = rowRecord.pipe(z.custom<OutboxRow>());
const caseBody = z.object({ case: caseRecord, person: personIdRecord });
const tombstoneBody = z.object({ person: personIdRecord });

/** Turns values into sealed bytes and back; `name` binds each to what it is. */
export class RedisCodec {
  #sealer: Sealer;

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
  }

  get sealer(): Sealer {
    return this.#sealer;
  }

  use(sealer: Sealer): void {
    this.#sealer = sealer;
  }

  hide(text: string): string {
    return this.#sealer.hide(text);
  }

  seal(name: string, value: unknown): Buffer {
    const sealed = this.#sealer.seal(name, Buffer.from(JSON.stringify(value)));
    return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  }

  snapshot(conversation: ConversationId, sealed: Buffer): Snapshot | null {
    return sealed.length === 0
      ? null
      : this.#open(`c:${conversation}`, 'conversation', sealed, snapshotRecord);
  }

  person(person: PersonId, sealed: Buffer): PersonRecord | null {
    return sealed.length === 0 ? null : this.#open(`p:${person}`, 'person', sealed, personRecord);
  }

  timer(conversation: ConversationId, sealed: Buffer): DueTimer {
    return this.#open(`t:${conversation}`, 'timer', sealed, dueTimerRecord);
  }

  case(number: string, sealed: Buffer): { readonly case: CaseRecord; readonly person: PersonId } {
    return this.#open(`k:${number}`, 'case', sealed, caseBody);
  }

  quarantine(id: string, sealed: Buffer): QuarantineEntry {
    return this.#open(`f:${id}`, 'quarantine', sealed, quarantineRecord);
  }

  unanswered(id: string, sealed: Buffer): UnansweredEntry {
    return this.#open(`u:${id}`, 'unanswered', sealed, unansweredRecord);
  }

  tombstone(hidden: string, sealed: Buffer): PersonId {
    return this.#open(`x:${hidden}`, 'tombstone', sealed, tombstoneBody).person;
  }

  value(name: string, sealed: Buffer): string {
    return this.#open(`v:${name}`, 'value', sealed, z.string());
  }

  /** `null` for what was changed, moved or cannot be read. Throws `store-wrong-key` and `store-newer`. */
  auditEntry(name: string, sealed: Buffer): AuditEntry | null {
    try {
      return this.#open(name, 'audit', sealed, auditRecord);
    } catch (error) {
      if (error instanceof LifelineError && error.code === 'store-damaged') return null;
      throw error;
    }
  }

  /** A row as `lua/lib-lane.lua` packs it. */
  row(packed: Buffer): OutboxRow {
    const [id, tries, notBefore, unclear, , body] = split(packed, 5);
    const row = this.#open(`q:${id}`, 'row', body ?? Buffer.alloc(0), rowBody);
    const unclearSince = unclear === undefined || unclear.length === 0 ? null : Number(unclear);
    return { ...row, tries: Number(tries), notBefore: Number(notBefore), unclearSince };
  }

  /** The sealed body of a row, without the numbers that change. */
  rowBody(id: RowId, row: Omit<OutboxRow, 'tries' | 'notBefore' | 'unclearSince'>): Buffer {
    return this.seal(`q:${id}`, { ...row, tries: 0, notBefore: 0, unclearSince: null });
  }

  packedRow(row: OutboxRow, order: number): Buffer {
    const unclear = row.unclearSince === null ? '' : String(row.unclearSince);
    const numbers = [row.id, row.tries, row.notBefore, unclear, order, ''].join('\0');
    return Buffer.concat([Buffer.from(numbers), this.rowBody(row.id, row)]);
  }

  /** A packed row with its body under the current key; `null` when it is already. */
  resealedRow(packed: Buffer): Buffer | null {
    const body = split(packed, 5)[5] ?? Buffer.alloc(0);
    if (this.#sealer.isCurrent(body)) return null;
    const name = `q:${String(split(packed, 1)[0])}`;
    const after = this.#sealer.seal(name, this.#sealer.open(name, body));
    return Buffer.concat([packed.subarray(0, packed.length - body.length), after]);
  }

  dead(packed: Buffer): DeadLetter {
    const [code, at, row] = split(packed, 2);
    return { row: this.row(row ?? Buffer.alloc(0)), code: String(code), at: Number(at) };
  }

  #open<Value>(name: string, what: string, sealed: Buffer, schema: z.ZodType<Value>): Value {
    let value: unknown;
    try {
      value = JSON.parse(Buffer.from(this.#sealer.open(name, sealed)).toString('utf8'));
    } catch (error) {
      if (error instanceof LifelineError && error.code !== 'store-damaged') throw error;
      // The parser's own message may quote the record.
      throw unreadable(what);
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw unreadable(what, value);
    return parsed.data;
  }
}

/** The parts before each of `count` NULs, and the rest. */
function split(bytes: Buffer, count: number): readonly Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let index = 0; index < count; index += 1) {
    const end = bytes.indexOf(0, from);
    if (end < 0) throw unreadable('row');
    parts.push(bytes.subarray(from, end));
    from = end + 1;
  }
  parts.push(bytes.subarray(from));
  return parts;
}
