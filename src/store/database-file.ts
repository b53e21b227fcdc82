import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { LifelineError } from '../model/index.js';

/** LMDB's magic number 0xBEEFC0DE, as it stands in the first page on the little-endian machines that are served. */
const MAGIC = Buffer.from([0xde, 0xc0, 0xef, 0xbe]);
/** A page's header, and behind it `MDB_meta` of `lmdb/dependencies/lmdb/libraries/liblmdb/mdb.c`. */
const HEAD_BYTES = 160;
const MAGIC_AT = 24;
const PAGE_BYTES_AT = 48;
/** Two trees: the free pages, and everything else. Of each: how many pages it has of three sorts, and its root. */
const TREES_AT = [56, 104] as const;
const ROOT_BEHIND = 32;
const TRANSACTION_AT = 152;
/** The root of an empty tree. */
const NO_PAGE = 0xffff_ffff_ffff_ffffn;
const META_PAGES = 2n;

/**
 * Throws `store-damaged` when the folder holds a database file that is none, or is shorter than the pages it says it
 * has: LMDB ends the process on one instead of saying so. An absent or empty file is a store that has yet to be made.
 */
export function refuseForeignFile(folder: string): void {
  const file = open(join(folder, 'data.mdb'));
  if (file === null) return;
  try {
    const first = readAt(file, 0);
    if (first.length === 0) return;
    if (!first.includes(MAGIC)) throw damaged(folder, 'is no database');
    if (first.length < HEAD_BYTES || !first.subarray(MAGIC_AT).subarray(0, MAGIC.length).equals(MAGIC))
      throw damaged(folder, 'is cut short');
    const pageBytes = first.readUInt32LE(PAGE_BYTES_AT);
    const second = readAt(file, pageBytes);
    if (second.length < HEAD_BYTES) throw damaged(folder, 'is cut short');
    const later = [first, second].reduce((a, b) => (transactionOf(b) > transactionOf(a) ? b : a));
    // Looked at last: a bot beside may make the file longer, and never shorter.
    if (BigInt(fstatSync(file).size) < pagesOf(later) * BigInt(pageBytes))
      throw damaged(folder, 'is cut short');
  } finally {
    closeSync(file);
  }
}

function open(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function readAt(file: number, position: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, position));
}

function transactionOf(meta: Buffer): bigint {
  return meta.readBigUInt64LE(TRANSACTION_AT);
}

/**
 * How many pages the file has at least: those in use, and the roots, which are among them. Free ones may be missing at
 * its end.
 */
function pagesOf(meta: Buffer): bigint {
  let used = META_PAGES;
  let last = 0n;
  for (const at of TREES_AT) {
    for (const offset of [0, 8, 16]) used += meta.readBigUInt64LE(at + offset);
    const root = meta.readBigUInt64LE(at + ROOT_BEHIND);
    if (root !== NO_PAGE && root > last) last = root;
  }
  return used > last + 1n ? used : last + 1n;
}

function damaged(folder: string, what: string): LifelineError {
  return new LifelineError(
    'store-damaged',
    `data.mdb in ${folder} ${what}: put a copy back, or move the folder away to begin anew`,
  );
}
