import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where results are kept, and how many of the newest. */
const CHECKS = { name: 'checks', kept: 1 };
const PASSED = { name: 'passed', kept: 8 };

/**
 * Results of checks as files of a folder, the newest ones. Nothing depends on it: what cannot be read or written is
 * checked anew.
 */
export interface CheckShelf {
  get(key: string): string | null;
  put(key: string, result: string): void;
}

/** Keeps the newest result below `folder`. `warn` is told the code of what could not be kept. */
export function openCheckShelf(folder: string, warn: (code: string) => void): CheckShelf {
  return openShelf(folder, CHECKS, warn);
}

/** The same for what passed the check, so that a start need not check it again. */
export function openPassedShelf(folder: string, warn: (code: string) => void): CheckShelf {
  return openShelf(folder, PASSED, warn);
}

function openShelf(folder: string, { name, kept }: typeof CHECKS, warn: (code: string) => void): CheckShelf {
  const below = resolve(folder, name);
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
        dropOlder(below, key, kept);
      } catch (error) {
        warn(codeOf(error));
      }
    },
  };
}

/** Leaves `key` and the newest others. */
function dropOlder(folder: string, key: string, kept: number): void {
  const others = readdirSync(folder)
    .filter((name) => name !== key)
    .flatMap((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return found === undefined ? [] : [{ path: join(folder, name), at: found.mtimeMs }];
    })
    .sort((a, b) => b.at - a.at);
  for (const { path } of others.slice(kept - 1)) rmSync(path, { force: true });
}

/** The version of a program: a hash of its code below some folders, and of its Node. */
export function hashOfCode(folders: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.[jt]s$/.test(name),
    );
    for (const name of names.sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
