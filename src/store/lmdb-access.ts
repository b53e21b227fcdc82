import type { Database, Key } from 'lmdb';
import { LifelineError } from '../model/index.js';
import type { Path, Table } from './lmdb-tables.js';

/** The opened database, with bytes as values. */
export type Bytes = Database<Buffer, Key>;

/** Longest key LMDB takes with pages of 4 KiB, in bytes. */
const MAX_KEY_BYTES = 1978;
/** Sorts behind every key that begins like it. */
const LAST = Buffer.from([0xff]);

/** Throws `TypeError` for a key that may be too long: three bytes a UTF-16 unit, nine a number, one between items. */
function keyOf(name: string, path: Path): (string | number)[] {
  const key = [name, ...path];
  let bytes = 0;
  for (const item of key) bytes += typeof item === 'number' ? 10 : item.length * 3 + 2;
  if (bytes > MAX_KEY_BYTES) throw new TypeError(`a key of "${name}" is too long`);
  return key;
}

/** Turns stored bytes into a value. Throws `store-damaged` with the name of the table and nothing of the content. */
function decode<Value>(table: Table<Value>, bytes: Uint8Array): Value {
  const parsed = table.value.safeParse(parseJson(bytes));
  // The parser's own messages may quote the record, so they are no cause of this error.
  if (!parsed.success) throw new LifelineError('store-damaged', `a record of "${table.name}" cannot be read`);
  return parsed.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    // JSON has no `undefined`, and no table accepts it.
    return undefined;
  }
}

/** The value at a key, or `null`. Throws `store-damaged`. */
export function read<Value>(db: Bytes, table: Table<Value>, path: Path): Value | null {
  const bytes = db.get(keyOf(table.name, path));
  return bytes === undefined ? null : decode(table, bytes);
}

/** The bytes at a key as they are, or `null`. */
export function readBytes(db: Bytes, table: Table<Uint8Array>, path: Path): Uint8Array | null {
  return db.get(keyOf(table.name, path)) ?? null;
}

/** Whether there is a value at a key. */
export function has(db: Bytes, table: Table<unknown>, path: Path): boolean {
  return db.doesExist(keyOf(table.name, path));
}

/** Which part of a table to list. */
interface Range {
  /** Keys that begin so; everything when absent. */
  readonly under?: Path;
  /** Keys up to those that begin so; the end of `under` when absent. */
  readonly through?: Path;
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

/** The values of a range, in the order of their keys. Throws `store-damaged`. */
export function list<Value>(db: Bytes, table: Table<Value>, range: Range): readonly Value[] {
  const first = keyOf(table.name, range.under ?? []);
  const last = [...keyOf(table.name, range.through ?? range.under ?? []), LAST];
  const [start, end] = range.newestFirst === true ? [last, first] : [first, last];
  const reverse = range.newestFirst === true;
  const found: Value[] = [];
  const limit = range.limit === undefined ? {} : { limit: range.limit };
  for (const { value } of db.getRange({ start, end, reverse, ...limit })) {
    found.push(decode(table, value));
  }
  return found;
}

/**
 * The changes of one transaction, collected before the first of them is made: a transaction callback that throws
 * halfway is committed with what it wrote so far, so everything that can throw happens here.
 */
export class Draft {
  readonly #changes: { readonly key: (string | number)[]; readonly bytes: Buffer | null }[] = [];

  /** Writes a value. Throws `TypeError` for a key that is too long. */
  put<Value>(table: Table<Value>, path: Path, value: Value): void {
    this.#add(table.name, path, Buffer.from(JSON.stringify(value)));
  }

  putBytes(table: Table<Uint8Array>, path: Path, bytes: Uint8Array): void {
    this.#add(table.name, path, Buffer.from(bytes));
  }

  /** Removes what is at a key, if anything is. */
  remove(table: Table<unknown>, path: Path): void {
    this.#changes.push({ key: keyOf(table.name, path), bytes: null });
  }

  /** Makes the changes, in order; only inside a transaction. */
  apply(db: Bytes): void {
    for (const { key, bytes } of this.#changes) {
      if (bytes === null) db.remove(key);
      else db.put(key, bytes);
    }
  }

  #add(name: string, path: Path, bytes: Buffer): void {
    this.#changes.push({ key: keyOf(name, path), bytes });
  }
}
