import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { LifelineError } from '../model/index.js';

/** LMDB's magic number 0xBEEFC0DE, as it stands in the first page on the little-endian machines that are served. */
const MAGIC = Buffer.from([0xde, 0xc0, 0xef, 0xbe]);
const HEAD_BYTES = 64;

/**
 * Throws `store-damaged` when the folder holds a database file that is none: LMDB ends the process on one instead of
 * saying so. An absent or empty file is a store that has yet to be made.
 */
export function refuseForeignFile(folder: string): void {
  const head = readHead(join(folder, 'data.mdb'));
  if (head.length === 0 || head.includes(MAGIC)) return;
  throw new LifelineError(
    'store-damaged',
    `data.mdb in ${folder} is no database: put a copy back, or move the folder away to begin anew`,
  );
}

function readHead(file: string): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
