import { existsSync, mkdirSync } from 'node:fs';
import { type Key, open, type RootDatabase } from 'lmdb';
import { LifelineError, type OpenKeyring, type Sealer } from '../model/index.js';
import { refuseForeignFile } from './database-file.js';
import { refuseHeldFolder, takeFolder } from './folder-lock.js';
import { type Bytes, Draft, type File, Pad } from './lmdb-access.js';
import { migrate } from './lmdb-migrate.js';
import { keyNotes, LAYOUT, layouts } from './lmdb-tables.js';

/** Where a store is, and how it is opened. */
export interface LmdbSettings {
  /** Folder of the store; made with mode 0700 when it is missing. */
  readonly path: string;
  /** What its values are encrypted with. */
  readonly keyring: OpenKeyring;
  /** Nothing is written, and the folder has to exist. */
  readonly readOnly?: boolean;
  /** Works beside the one bot that holds the folder: for command-line tools. */
  readonly tool?: boolean;
  /** Another time than the machine's, for tests (epoch ms). */
  readonly clock?: () => number;
  /** Another way to open the file, for measurements. */
  readonly open?: typeof open;
}

/** The two ways into an open database. */
export interface LmdbDatabase {
  /** Throws `store-damaged`, `store-unavailable`. */
  read<Result>(work: (db: Bytes) => Result): Promise<Result>;
  /** What `work` yields of one moment of the store, while others write. Throws as `read`. */
  moment<Item>(work: (db: Bytes) => Iterable<Item>): AsyncIterable<Item>;
  /**
   * Plans on what is stored and makes the drafted changes, both in one transaction; resolves when it is on the disk.
   * Transactions that wait for the same flush share it. Throws as `read`; then nothing of it was written.
   */
  write<Result>(plan: (db: Bytes, draft: Draft) => Result): Promise<Result>;
  /** Takes a note of the keys up: from now on values are sealed by it. Throws `store-wrong-key`. */
  takeNote(note: string): void;
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
  const db = openFolder(settings, { readOnly, holds });
  let release: (() => void) | null = null;
  try {
    if (holds) release = db.transactionSync(() => takeFolder(path));
    const sealer = prepare(db, settings.keyring, { readOnly, holds });
    return createDatabase(db, { readOnly, release, keyring: settings.keyring, sealer });
  } catch (error) {
    await db.close();
    release?.();
    throw asFault(error);
  }
}

function openFolder(
  settings: LmdbSettings,
  how: { readonly readOnly: boolean; readonly holds: boolean },
): RootDatabase<Buffer, Key> {
  const { readOnly } = how;
  const { path } = settings;
  try {
    if (how.holds) refuseHeldFolder(path);
    if (!readOnly) mkdirSync(path, { recursive: true, mode: 0o700 });
    refuseForeignFile(path);
    return (settings.open ?? open)<Buffer>({
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

/** Checks layout and keys, and brings both up to date where that may be written; returns the sealer. */
function prepare(
  file: RootDatabase<Buffer, Key>,
  keyring: OpenKeyring,
  how: { readonly readOnly: boolean; readonly holds: boolean },
): Sealer {
  const number = readPlain(file, 'layout');
  if (number === null ? how.readOnly : number !== LAYOUT && number !== 1) {
    const isNewer = typeof number === 'number' && number > LAYOUT;
    throw isNewer
      ? new LifelineError(
          'store-newer',
          'the folder was written by a newer version of Lifeline; start that one',
        )
      : new LifelineError('store-damaged', 'the folder holds another kind of store: name another one');
  }
  if (number === 1 && !how.holds)
    throw new LifelineError(
      'store-unavailable',
      'the folder is of an older layout: start the bot on it once',
    );
  const before = readPlain(file, 'key-note');
  const { sealer, note } = keyring(typeof before === 'string' ? before : null);
  if (number === LAYOUT && (note === before || how.readOnly || !how.holds)) return sealer;
  const draft = new Draft(sealer);
  draft.put(layouts, [], LAYOUT);
  draft.put(keyNotes, [], note);
  // One transaction: the new layout is there with all its records or not at all.
  file.transactionSync(() => {
    if (number === 1) migrate({ file, sealer }, draft);
    draft.apply(file);
  });
  return sealer;
}

/** A value of the two tables that are read before there is a sealer; `null` when it is absent or unreadable. */
function readPlain(file: File, name: 'layout' | 'key-note'): unknown {
  const bytes = file.get([name]);
  if (bytes === undefined) return null;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Something else than a number: another kind of store.
    return -1;
  }
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
  if (
    error instanceof Error &&
    /MDB_MAP_FULL|No space left|ENOSPC|EFBIG|File too large|EDQUOT/.test(describe(error))
  ) {
    const advice = 'there is no room for the store: free some on its disk; what was acknowledged is kept';
    return new LifelineError('store-full', advice, { cause: error });
  }
  if (
    error instanceof Error &&
    /EROFS|Read-only file system|EACCES|Permission denied/.test(describe(error))
  ) {
    const advice = 'the store cannot be written: its folder or file system is read-only for this user';
    return new LifelineError('store-unavailable', advice, { cause: error });
  }
  const damaged =
    error instanceof Error && /MDB_(INVALID|CORRUPTED|VERSION_MISMATCH|PAGE_NOTFOUND)/.test(error.message);
  const cause = { cause: error };
  if (damaged)
    return new LifelineError(
      'store-damaged',
      'the store cannot be read: put a copy back, or move the folder away to begin anew',
      cause,
    );
  return new LifelineError(
    'store-unavailable',
    'the store cannot be used: see that its folder is there, and that this user may read and write it',
    cause,
  );
}

function describe(error: Error): string {
  return `${'code' in error ? String(error.code) : ''} ${error.message}`;
}

function createDatabase(
  file: RootDatabase<Buffer, Key>,
  how: {
    readonly readOnly: boolean;
    readonly release: (() => void) | null;
    readonly keyring: OpenKeyring;
    readonly sealer: Sealer;
  },
): LmdbDatabase {
  let db: Bytes = { file, sealer: how.sealer };
  let closing: Promise<void> | null = null;
  const inHand = new Set<Promise<unknown>>();
  const pad = new Pad();
  const refuseClosed = () => {
    if (closing !== null) throw new LifelineError('store-unavailable', 'the store is closed');
  };
  /** A closing database takes no more writes, not even those of a transaction that is under way. */
  const finish = async () => {
    await Promise.allSettled(inHand);
    await file.close();
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
    async *moment(work) {
      refuseClosed();
      const transaction = file.useReadTransaction();
      try {
        yield* work({ ...db, at: { transaction } });
      } catch (error) {
        throw asFault(error);
      } finally {
        transaction.done();
      }
    },
    async write(plan) {
      refuseClosed();
      if (how.readOnly) throw new LifelineError('store-unavailable', 'the store was opened for reading');
      const transaction = file.transaction(() => {
        const draft = new Draft(db.sealer, pad);
        const result = plan(db, draft);
        draft.apply(file);
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
    takeNote(note) {
      db = { file, sealer: how.keyring(note).sealer };
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
