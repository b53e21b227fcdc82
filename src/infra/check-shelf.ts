import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = 'checks';

/**
 * Results of checks as files of a folder, the newest only. Nothing depends on it: what cannot be read or written is
 * checked anew.
 */
export interface CheckShelf {
  get(key: string): string | null;
  put(key: string, result: string): void;
}

/** Keeps results below `folder`. `warn` is told the code of what could not be kept. */
export function openCheckShelf(folder: string, warn: (code: string) => void): CheckShelf {
  const below = resolve(folder, FOLDER);
  return {
    get(key) {
      try {
        return readFileSync(join(below, key), 'utf8');
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') warn(codeOf(error));
        return null;
      }
    },
    put(key, result) {
      try {
        mkdirSync(below, { recursive: true, mode: 0o700 });
        const beside = join(below, `${key}.${process.pid}`);
        writeFileSync(beside, result, { mode: 0o600 });
        // Readers see the whole file or none.
        renameSync(beside, join(below, key));
        for (const name of readdirSync(below)) if (name !== key) rmSync(join(below, name), { force: true });
      } catch (error) {
        warn(codeOf(error));
      }
    },
  };
}

/** The version of a program: a hash of its code below a folder and of its Node. */
export function hashOfCode(folder: string): string {
  const hash = createHash('sha256').update(process.version);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.[jt]s$/.test(name),
  );
  for (const name of names.sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
