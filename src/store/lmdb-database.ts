import { existsSync, mkdirSync } from 'node:fs';
import { type Key, open, type RootDatabase } from 'lmdb';
import { LifelineError } from '../model/index.js';
import { refuseForeignFile } from './database-file.js';
import { refuseHeldFolder, takeFolder } from './folder-lock.js';
import { type Bytes, Draft, read } from './lmdb-access.js';
import { LAYOUT, layouts } from './lmdb-tables.js';

/** Where a store is, and how it is opened. */
export interface LmdbSettings {
  /** Folder of the store; made with mode 0700 when it is missing. */
  readonly path: string;
  /** Nothing is written, and the folder has to exist. */
  readonly readOnly?: boolean;
  /** Works beside the one bot that holds the folder: for command-line tools. */
  readonly tool?: boolean;
}

/** The two ways into an open database. */
export interface LmdbDatabase {
  /** Throws `store-damaged`, `store-unavailable`. */
  read<Result>(work: (db: Bytes) => Result): Promise<Result>;
  /**
   * Plans on what is stored and makes the drafted changes, both in one transaction; resolves when it is on the disk.
   * Transactions that wait for the same flush share it. Throws as `read`; then nothing of it was written.
   */
  write<Result>(plan: (db: Bytes, draft: Draft) => Result): Promise<Result>;
  /** Waits for the writes in hand and gives the folder back. */
  close(): Promise<void>;
}

/** Opens the folder. Throws `store-in-use`, `store-damaged`, `store-unavailable`. */
export async function openDatabase(settings: LmdbSettings): Promise<LmdbDatabase> {
  const { path } = settings;
  const readOnly = settings.readOnly === true;
  const holds = !readOnly && settings.tool !== true;
  if (readOnly && !existsSync(path))
    throw new LifelineError('store-unavailable', `there is no store in ${path}`);
  // From here to the lock nothing is awaited: two openings in one process cannot come between each other.
  const db = openFolder(path, { readOnly, holds });
  let release: (() => void) | null = null;
  try {
    if (holds) release = db.transactionSync(() => takeFolder(path));
    checkLayout(db, readOnly);
    return createDatabase(db, { readOnly, release });
  } catch (error) {
    await db.close();
    release?.();
    throw asFault(error);
  }
}

function openFolder(
  path: string,
  how: { readonly readOnly: boolean; readonly holds: boolean },
): RootDatabase<Buffer, Key> {
  const { readOnly } = how;
  try {
    if (how.holds) refuseHeldFolder(path);
    if (!readOnly) mkdirSync(path, { recursive: true, mode: 0o700 });
    refuseForeignFile(path);
    return open({
      path,
      readOnly,
      noSubdir: false,
      // A transaction resolves after its flush: what was acknowledged survives a power cut.
      overlappingSync: false,
      // Batching by event turn makes a promise of its own, whose rejection by a failed flush nobody could handle.
      eventTurnBatching: false,
      encoding: 'binary',
    });
  } catch (error) {
    throw asFault(error);
  }
}

function checkLayout(db: RootDatabase<Buffer, Key>, readOnly: boolean): void {
  const layout = read(db, layouts, []);
  if (layout === LAYOUT) return;
  if (layout !== null || readOnly)
    throw new LifelineError('store-damaged', 'the folder holds another kind of store');
  db.transactionSync(() => {
    const draft = new Draft();
    draft.put(layouts, [], LAYOUT);
    draft.apply(db);
  });
}

/** A failed flush carries its reason as a rejected promise, which has to be handled besides. */
async function rootOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && 'commitError' in error)) return error;
  const [reason] = await Promise.allSettled([error.commitError]);
  return reason.status === 'rejected' ? reason.reason : error;
}

/** LMDB's own errors name no content; a damaged file says so. */
function asFault(error: unknown): unknown {
  if (error instanceof LifelineError || error instanceof TypeError) return error;
  const damaged =
    error instanceof Error && /MDB_(INVALID|CORRUPTED|VERSION_MISMATCH|PAGE_NOTFOUND)/.test(error.message);
  const cause = { cause: error };
  if (damaged) return new LifelineError('store-damaged', 'the store cannot be read', cause);
  return new LifelineError('store-unavailable', 'the store cannot be used', cause);
}

function createDatabase(
  db: RootDatabase<Buffer, Key>,
  how: { readonly readOnly: boolean; readonly release: (() => void) | null },
): LmdbDatabase {
  let closing: Promise<void> | null = null;
  const inHand = new Set<Promise<unknown>>();
  const refuseClosed = () => {
    if (closing !== null) throw new LifelineError('store-unavailable', 'the store is closed');
  };
  /** A closing database takes no more writes, not even those of a transaction that is under way. */
  const finish = async () => {
    await Promise.allSettled(inHand);
    await db.close();
    how.release?.();
  };
  return {
    async read(work) {
      refuseClosed();
      try {
        return work(db);
      } catch (error) {
        throw asFault(error);
      }
    },
    async write(plan) {
      refuseClosed();
      if (how.readOnly) throw new LifelineError('store-unavailable', 'the store was opened for reading');
      const transaction = db.transaction(() => {
        const draft = new Draft();
        const result = plan(db, draft);
        draft.apply(db);
        return result;
      });
      inHand.add(transaction);
      try {
        return await transaction;
      } catch (error) {
        throw asFault(await rootOf(error));
      } finally {
        inHand.delete(transaction);
      }
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
