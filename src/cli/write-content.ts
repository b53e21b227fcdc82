import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContentFiles } from '../content/index.js';
import { LifelineError } from '../model/index.js';

/**
 * Writes files of a content folder, each whole or not at all. `before` is what was read: a file that somebody saved
 * meanwhile is left as it is, with `content-invalid`.
 */
export async function writeContent(
  folder: string,
  before: ContentFiles,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, text] of files) {
    const path = join(folder, name);
    const now = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (now !== before.get(name))
      throw new LifelineError(
        'content-invalid',
        `${name} was changed meanwhile; nothing was written into it.`,
      );
    await mkdir(dirname(path), { recursive: true });
    const beside = `${path}.${process.pid}`;
    await writeFile(beside, text);
    await rename(beside, path);
  }
}
