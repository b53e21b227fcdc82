import type { Database, Key, Transaction } from 'lmdb';
import { LifelineError, type Sealer } from '../model/index.js';
import type { Path, Table } from './lmdb-tables.js';
import { readable, unreadable } from './records.js';

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

const NO_HEAD = Buffer.alloc(0);

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
function decode<Value>(db: Bytes, table: Table<Value>, key: KeyItems, bytes: Buffer): Value {
  const plain = table.isSealed ? unseal(db, table, key, bytes) : bytes;
  const value = parseJson(plain);
  const parsed = table.value.safeParse(value);
  // The parser's own messages may quote the record, so they are no cause of this error.
  if (!parsed.success) throw unreadable(table.name, value);
  return parsed.data;
}

/**
 * The value of stored bytes; `null` for what was changed, moved or cannot be read. Throws `store-wrong-key` and
 * `store-newer`.
 */
export function unreadableAsNull<Value>(
  db: Bytes,
  table: Table<Value>,
  key: KeyItems,
  bytes: Buffer,
): Value | null {
  try {
    return decode(db, table, key, bytes);
  } catch (error) {
    if (error instanceof LifelineError && error.code === 'store-damaged') return null;
    throw error;
  }
}

/** Opens what is sealed of a value. Throws `store-damaged`, `store-wrong-key`, `store-newer`. */
export function unseal(db: Bytes, table: Table<unknown>, key: KeyItems, bytes: Buffer): Uint8Array {
  if (bytes.length < table.headBytes) throw unreadable(table.name);
  const head = bytes.subarray(0, table.headBytes);
  try {
    return db.sealer.open(nameOf(key, head), bytes.subarray(table.headBytes));
  } catch (error) {
    throw error instanceof LifelineError && error.code === 'store-damaged' ? unreadable(table.name) : error;
  }
}

/** The name a value is sealed under: its whole key, and what stands before it in the clear. */
function nameOf(key: KeyItems, head: Buffer): string {
  const name = key.join('\u0000');
  return head.length === 0 ? name : `${name}\u0000${head.toString('latin1')}`;
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(viewOf(bytes).toString('utf8'));
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

/**
 * What stands in the clear before a sealed value, which is not opened; `null` when there is none. Throws
 * `store-damaged`.
 */
export function readHead(db: Bytes, table: Table<unknown>, path: Path): Buffer | null {
  const bytes = db.file.get(keyOf(table.name, path), db.at);
  if (bytes === undefined) return null;
  if (bytes.length < table.headBytes) throw unreadable(table.name);
  return bytes.subarray(0, table.headBytes);
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

/** As `list`, without what cannot be read; throws only when that is all there is. */
export function listReadable<Value>(db: Bytes, table: Table<Value>, range: Range): readonly Value[] {
  return readable([...raw(db, table.name, range)], ({ key, bytes }) => decode(db, table, key, bytes));
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
  const start = keyOf(table.name, under);
  for (const _ of db.file.getKeys({ start, end: [...start, LAST], limit: 1, ...db.at })) return false;
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

/** Room for the values of one transaction at a time: the library copies them when they are put, so it is used anew. */
export class Pad {
  readonly #bytes = Buffer.allocUnsafeSlow(64 * 1024);
  #used = 0;

  clear(): void {
    this.#used = 0;
  }

  /** The text in UTF-8; in memory of its own where it may not fit. */
  write(text: string): Buffer {
    const from = this.#used;
    if (from + 3 * text.length > this.#bytes.length) return Buffer.from(text);
    this.#used += this.#bytes.write(text, from);
    return this.#bytes.subarray(from, this.#used);
  }
}

/**
 * The changes of one transaction, collected before the first of them is made: a transaction callback that throws
 * halfway is committed with what it wrote so far, so everything that can throw happens here.
 */
export class Draft {
  readonly #sealer: Sealer;
  readonly #pad: Pad | null;
  readonly #changes: { readonly key: (string | number)[]; readonly bytes: Buffer | null }[] = [];

  /** With a `pad`, at most one draft at a time may be under way. */
  constructor(sealer: Sealer, pad: Pad | null = null) {
    this.#sealer = sealer;
    this.#pad = pad;
    pad?.clear();
  }

  /** Writes a value, behind its head where the table has one. Throws `TypeError` for a key that is too long. */
  put<Value>(table: Table<Value>, path: Path, value: Value, head: Buffer = NO_HEAD): void {
    const text = JSON.stringify(value);
    const plain = this.#pad === null ? Buffer.from(text) : this.#pad.write(text);
    if (table.isSealed) this.seal(table, path, plain, head);
    else this.#changes.push({ key: keyOf(table.name, path), bytes: plain });
  }

  /** Writes the bytes of a value of a sealed table. Throws as `put`. */
  seal(table: Table<unknown>, path: Path, plain: Uint8Array, head: Buffer = NO_HEAD): void {
    const key = keyOf(table.name, path);
    const sealed = this.#sealer.seal(nameOf(key, head), plain);
    const bytes = head.length === 0 ? viewOf(sealed) : Buffer.concat([head, sealed]);
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
