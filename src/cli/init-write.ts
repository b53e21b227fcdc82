import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { LifelineError } from '../model/index.js';
import type { Plan, PlannedFile } from './init-plan.js';

/** Rights of a file that only its owner may read. */
const SECRET_MODE = 0o600;

/**
 * Writes a plan. A new content folder is there whole or not at all, and so is every file that is changed; the settings,
 * which lead to all of it, come last. What was begun and not finished is taken away again. Throws `settings-invalid`
 * where this user may not write.
 */
export async function writePlan(plan: Plan): Promise<void> {
  const { folder, files } = plan;
  const inFolder = files.filter(({ secret }) => !secret);
  try {
    if (existsSync(folder)) for (const file of inFolder) await replace(file);
    else await makeFolder(folder, inFolder);
    for (const file of files.filter(({ secret }) => secret)) await replace(file);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    const path = 'path' in cause ? String(cause.path) : folder;
    throw new LifelineError(
      'settings-invalid',
      `${path} cannot be written (${String(cause.code)}). Let this user write there, and run lifeline init again.`,
      { cause },
    );
  }
}

async function makeFolder(folder: string, files: readonly PlannedFile[]): Promise<void> {
  const begun = beside(folder);
  try {
    for (const { path, text } of files) {
      const name = join(begun, relative(folder, path));
      await mkdir(dirname(name), { recursive: true });
      await write(name, text, false);
    }
    await rename(begun, folder);
  } catch (error) {
    rmSync(begun, { recursive: true, force: true });
    throw error;
  }
}

async function replace({ path, text, secret }: PlannedFile): Promise<void> {
  // A link stays a link: what it leads to is replaced.
  const target = existsSync(path) ? realpathSync(path) : path;
  const begun = beside(target);
  await mkdir(dirname(target), { recursive: true });
  try {
    await write(begun, text, secret);
    await rename(begun, target);
  } catch (error) {
    rmSync(begun, { force: true });
    throw error;
  }
}

/** Writes a file that is not there yet, and waits until the disk has it. */
async function write(path: string, text: string, secret: boolean): Promise<void> {
  const file = await open(path, 'wx', secret ? SECRET_MODE : 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  // The mask of this process may have taken rights away from its owner, too.
  if (secret) chmodSync(path, SECRET_MODE);
}

/** A name in the same folder, so that renaming is one step. */
function beside(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.new`;
}
