import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReadContent, readContent } from '../../content/read-files.js';

/** How often files are read again that changed while they were read, and the pause in between. */
const TRIES = 20;
const PAUSE_MS = 25;

/** Tells apart any two states of a content folder that an editor leaves behind, without reading the files. */
export async function fingerprint(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const top of ['flows', 'locales']) {
    const entries = await readdir(join(folder, top), { recursive: true }).catch(whereGone([]));
    for (const entry of entries.sort()) {
      if (!entry.endsWith('.yaml')) continue;
      const found = await stat(join(folder, top, entry)).catch(whereGone(null));
      if (found !== null) lines.push(`${top}/${entry} ${found.ino} ${found.size} ${found.mtimeMs}`);
    }
  }
  return lines.join('\n');
}

/**
 * The files of a content folder at one moment: read again when one of them changed or vanished meanwhile. Throws what
 * `readContent` throws; what never comes to rest is taken as it was read last.
 */
export async function readSettled(
  folder: string,
  pause: (ms: number) => Promise<void>,
): Promise<ReadContent> {
  for (let tries = 1; ; tries += 1) {
    const before = await fingerprint(folder);
    const read = await readContent(folder);
    const isWhole = !read.unread.some(({ code }) => code === 'file-unreadable');
    if (tries >= TRIES || (isWhole && (await fingerprint(folder)) === before)) return read;
    await pause(PAUSE_MS);
  }
}

function whereGone<Instead>(instead: Instead): (error: unknown) => Instead {
  return (error) => {
    if (!isGone(error)) throw error;
    return instead;
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
