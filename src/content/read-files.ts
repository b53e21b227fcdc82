import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LifelineError } from '../model/index.js';
import type { ContentFiles } from './files.js';

/**
 * Reads `flows/` and `locales/` below a folder: every `.yaml` file. The one place of this folder that does I/O.
 * Throws `content-invalid` when the folder is not there or a file is not UTF-8.
 */
export async function readContentFiles(folder: string): Promise<ContentFiles> {
  const files = new Map<string, string>();
  for (const top of ['flows', 'locales']) {
    const entries = await readdir(join(folder, top), { recursive: true, withFileTypes: true }).catch(
      (cause: unknown) => {
        throw new LifelineError(
          'content-invalid',
          `There is no folder "${top}" in ${folder}. Name the content folder with --content DIR.`,
          { cause },
        );
      },
    );
    for (const entry of entries) {
      if (!entry.name.endsWith('.yaml')) continue;
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).replaceAll('\\', '/');
      // Files that editors and volumes keep for themselves begin with a dot; a volume shows its files as links.
      if (/(^|\/)\./.test(name)) continue;
      if (entry.isSymbolicLink() ? !(await stat(path)).isFile() : !entry.isFile()) continue;
      files.set(name, decode(await readFile(path), name));
    }
  }
  return files;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LifelineError('content-invalid', `${path} is not a UTF-8 text file. Save it as UTF-8.`, {
      cause,
    });
  }
}
