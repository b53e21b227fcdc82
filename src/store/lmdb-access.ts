import type { Database, Key, Transaction } from 'lmdb';
import { LifelineError, type Sealer } from '../model/index.js';
import type { Path, Table } from './lmdb-tables.js';

/** The opened file, with bytes as values. */
export type File = Database<Buffer, Key>;

/** The opened database, and what its sealed values are encrypted with. */
export interface Bytes {
  readonly file: File;
  readonly sealer: Sealer;
  /** Reads what was there at one moment; what is there now when absent. */
  readonly at?: { readonly transaction: Transaction };
}

type KeyItems = readonly (string | number)[];

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
function decode<Value>(db: Bytes, table: Table<Value>, key: KeyItems, bytes: Uint8Array): Value {
  const plain = table.isSealed ? unseal(db, table, key, bytes) : bytes;
  const parsed = table.value.safeParse(parseJson(plain));
  // The parser's own messages may quote the record, so they are no cause of this error.
  if (!parsed.success) throw damaged(table);
  return parsed.data;
}

function unseal(db: Bytes, table: Table<unknown>, key: KeyItems, bytes: Uint8Array): Uint8Array {
  try {
    return db.sealer.open(nameOf(key), bytes);
  } catch (error) {
    throw error instanceof LifelineError && error.code === 'store-damaged' ? damaged(table) : error;
  }
}

function damaged(table: Table<unknown>): LifelineError {
  return new LifelineError('store-damaged', `a record of "${table.name}" cannot be read`);
}

/** The name a value is sealed under: its whole key. */
export function nameOf(key: KeyItems): string {
  return key.join('\u0000');
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
  const key = keyOf(table.name, path);
  const bytes = db.file.get(key, db.at);
  return bytes === undefined ? null : decode(db, table, key, bytes);
}

/** The bytes at a key as they are, or `null`. */
export function readBytes(db: Bytes, table: Table<Uint8Array>, path: Path): Uint8Array | null {
  return db.file.get(keyOf(table.name, path), db.at) ?? null;
}

/** Whether there is a value at a key. */
export function has(db: Bytes, table: Table<unknown>, path: Path): boolean {
  return db.file.doesExist(keyOf(table.name, path));
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
  return [...each(db, table, range)].map(({ value }) => value);
}

/** The keys (behind the table's name) and values of a range, one after another. Throws `store-damaged`. */
export function* each<Value>(
  db: Bytes,
  table: Table<Value>,
  range: Range,
): Generator<{ readonly path: Path; readonly value: Value }> {
  for (const { key, bytes } of raw(db, table.name, range)) {
    yield { path: key.slice(1), value: decode(db, table, key, bytes) };
  }
}

/** Whether a range holds anything. */
export function isEmpty(db: Bytes, table: Table<unknown>, under: Path): boolean {
  for (const _ of raw(db, table.name, { under, limit: 1 })) return false;
  return true;
}

/** The keys and bytes of a range of a table. */
export function* raw(
  db: Pick<Bytes, 'file' | 'at'>,
  table: string,
  range: Range,
): Generator<{ readonly key: (string | number)[]; readonly bytes: Buffer }> {
  const first = keyOf(table, range.under ?? []);
  const last = [...keyOf(table, range.through ?? range.under ?? []), LAST];
  const [start, end] = range.newestFirst === true ? [last, first] : [first, last];
  const reverse = range.newestFirst === true;
  const limit = range.limit === undefined ? {} : { limit: range.limit };
  for (const { key, value } of db.file.getRange({ start, end, reverse, ...limit, ...db.at })) {
    if (Array.isArray(key)) yield { key: key as (string | number)[], bytes: value };
  }
}

/**
 * The changes of one transaction, collected before the first of them is made: a transaction callback that throws
 * halfway is committed with what it wrote so far, so everything that can throw happens here.
 */
export class Draft {
  readonly #sealer: Sealer;
  readonly #changes: { readonly key: (string | number)[]; readonly bytes: Buffer | null }[] = [];

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
  }

  /** Writes a value. Throws `TypeError` for a key that is too long. */
  put<Value>(table: Table<Value>, path: Path, value: Value): void {
    const key = keyOf(table.name, path);
    const plain = Buffer.from(JSON.stringify(value));
    const bytes = table.isSealed ? Buffer.from(this.#sealer.seal(nameOf(key), plain)) : plain;
    this.#changes.push({ key, bytes });
  }

  putBytes(table: Table<Uint8Array>, path: Path, bytes: Uint8Array): void {
    this.#changes.push({ key: keyOf(table.name, path), bytes: Buffer.from(bytes) });
  }

  /** Removes what is at a key, if anything is. */
  remove(table: Table<unknown>, path: Path): void {
    this.#changes.push({ key: keyOf(table.name, path), bytes: null });
  }

  /** Makes the changes, in order; only inside a transaction. */
  apply(file: File): void {
    for (const { key, bytes } of this.#changes) {
      if (bytes === null) file.remove(key);
      else file.put(key, bytes);
    }
  }
}
