import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ModelShelf } from '../model/index.js';

const ENDING = '.model';
/** Models of a language that are kept beside the newest: a bundle and the ones before it. */
const KEPT = 3;

/**
 * Keeps trained models as files of a folder, one a key; keys begin with their language and `-`. Nothing depends on it:
 * what cannot be read or written is told by its code and trained again.
 */
export function openModelShelf(path: string, warn: (code: string) => void): ModelShelf {
  // Where it was opened: making a folder below a working directory that was deleted never comes to an end (Node 20).
  const folder = resolve(path);
  return {
    get(key) {
      try {
        return readFileSync(join(folder, key + ENDING));
      } catch (error) {
        const code = codeOf(error);
        if (code !== 'ENOENT') warn(code);
        return null;
      }
    },
    put(key, model) {
      const target = join(folder, key + ENDING);
      const beside = `${target}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(beside, model, { mode: 0o600 });
        // Readers see the whole file or none.
        renameSync(beside, target);
        dropOlder(folder, key);
      } catch (error) {
        warn(codeOf(error));
      }
    },
  };
}

function dropOlder(folder: string, key: string): void {
  const language = key.slice(0, key.indexOf('-') + 1);
  const files = readdirSync(folder)
    .filter((name) => name.startsWith(language) && name.endsWith(ENDING))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of files.slice(KEPT)) rmSync(path, { force: true });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
