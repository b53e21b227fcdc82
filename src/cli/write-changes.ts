import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContentFiles } from '../content/index.js';
import { LifelineError } from '../model/index.js';

/** A file that differs: `before` is `null` for a new one. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/**
 * Files of `after` that are not as in `before`, new ones and flows last: they name what stands in the others. What is
 * only in `before` stays.
 */
export function changesOf(before: ContentFiles, after: ContentFiles): readonly Change[] {
  const changes = [...after].flatMap(([path, text]): Change[] => {
    const present = before.get(path) ?? null;
    return present === text ? [] : [{ path, before: present, after: text }];
  });
  return [...changes].sort((a, b) => rankOf(a.path) - rankOf(b.path) || a.path.localeCompare(b.path));
}

function rankOf(path: string): number {
  return ['locales/', 'flows/', 'test/'].findIndex((folder) => path.startsWith(folder));
}

/**
 * Writes changes into a content folder: all of them, or none. Whoever changed one of the files since it was read keeps
 * what they wrote. Throws `content-invalid` then, and where this user may not write.
 */
export function writeChanges(folder: string, changes: readonly Change[]): void {
  const staged = changes.map((change) => ({ ...change, target: targetOf(join(folder, change.path)) }));
  const mark = randomBytes(6).toString('hex');
  const beside = (target: string): string => `${target}.${mark}.new`;
  const begun: string[] = [];
  const done: typeof staged = [];
  // Ctrl-C takes effect after it: all of it is one step for this process.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  try {
    for (const { target, before, path } of staged)
      if (textAt(target) !== before)
        throw new LifelineError(
          'content-invalid',
          `${path} was changed by somebody else meanwhile. Nothing was written; run this again.`,
        );
    for (const { target, after } of staged) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(beside(target), after, { flag: 'wx', flush: true });
      begun.push(beside(target));
    }
    for (const change of staged) {
      renameSync(beside(change.target), change.target);
      done.push(change);
    }
  } catch (cause) {
    for (const { target, before } of done) {
      if (before === null) rmSync(target, { force: true });
      else writeFileSync(target, before);
    }
    for (const path of begun) rmSync(path, { force: true });
    if (cause instanceof LifelineError || !(cause instanceof Error) || !('code' in cause)) throw cause;
    throw new LifelineError(
      'content-invalid',
      `${'path' in cause ? String(cause.path) : folder} cannot be written (${String(cause.code)}). Nothing was changed.`,
      { cause },
    );
  } finally {
    process.off('SIGINT', wait);
  }
}

/** A link stays a link: what it leads to is replaced. */
function targetOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function textAt(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
