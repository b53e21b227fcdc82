import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { LifelineError } from '../model/index.js';
import { type KeySet, packKeySet, readKeySet } from './signing-keys.js';

const FILE = 'keys.json';
/** A new set is written here first; while it is there, somebody else changes the keys. */
const DRAFT = 'keys.json.new';
/** How soon a running bot looks whether the keys have changed. */
const FRESH_MS = 10_000;

/** The key set of a folder; `null` when there is none. Throws `settings-invalid` for what cannot be read. */
export function readKeyFolder(folder: string): KeySet | null {
  const path = join(folder, FILE);
  try {
    return readKeySet(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const why = error instanceof LifelineError ? 'it is damaged' : code;
    throw new LifelineError(
      'settings-invalid',
      `The signing keys in ${path} cannot be read (${why}). Put them back from your copy, or take the file away and make new ones with: lifeline keys signing rotate`,
    );
  }
}

/**
 * Replaces the keys of a folder in one step, readable by their owner only: whoever reads sees the set before or the set
 * after. Throws `settings-invalid` when somebody else does so at the same time.
 */
export async function changeKeyFolder(
  folder: string,
  change: (before: KeySet | null) => Promise<KeySet>,
): Promise<KeySet> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, DRAFT);
  const file = openDraft(draft);
  let after: KeySet;
  try {
    after = await change(readKeyFolder(folder));
    writeSync(file, packKeySet(after));
    fsyncSync(file);
    renameSync(draft, join(folder, FILE));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return after;
}

/**
 * The keys as a running bot uses them: read anew every ten seconds. Throws like {@link readKeyFolder}, and when there
 * are none.
 */
export function createKeyReader(folder: string, now: () => number): () => KeySet {
  let kept: { readonly keys: KeySet; readonly at: number } | null = null;
  return () => {
    const at = now();
    if (kept === null || Math.abs(at - kept.at) >= FRESH_MS) {
      const keys = readKeyFolder(folder);
      if (keys === null)
        throw new LifelineError(
          'settings-invalid',
          `There are no signing keys in ${folder}: make them once with lifeline keys signing rotate, and give every worker the same folder.`,
        );
      kept = { keys, at };
    }
    return kept.keys;
  };
}

function openDraft(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const why =
      codeOf(error) === 'EEXIST'
        ? 'Somebody else changes the signing keys, or was cut off while doing so: when nobody does, delete'
        : `The signing keys cannot be written (${codeOf(error)}):`;
    throw new LifelineError('settings-invalid', `${why} ${path}`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
