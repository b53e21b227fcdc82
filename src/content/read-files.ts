import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LifelineError } from '../model/index.js';
import type { ContentFiles } from './files.js';
import { aboutFile, type Finding, formatFinding } from './finding.js';
import { MAX_FILE_CHARS } from './yaml-source.js';

/** Most bytes a character of UTF-16 takes in UTF-8. */
const MOST_BYTES = 3;

/** The files of a content folder, and those that could not be read, with the reason. */
export interface ReadContent {
  readonly files: ContentFiles;
  readonly unread: readonly Finding[];
  /** Files beside them that look like content and are not read, by path. */
  readonly others?: readonly string[];
}

/**
 * Reads `flows/` and `locales/` below a folder: every `.yaml` file. The one place of this folder that does I/O.
 * Throws `content-invalid` when the folder is not there or a file cannot be read.
 */
export async function readContentFiles(folder: string): Promise<ContentFiles> {
  const { files, unread } = await readContent(folder);
  if (unread.length > 0) throw new LifelineError('content-invalid', unread.map(formatFinding).join('\n'));
  return files;
}

/**
 * The same, with a finding for each file that is too large, no UTF-8, gone meanwhile or closed to us. Throws
 * `content-invalid` when the folder is not there.
 */
export async function readContent(folder: string): Promise<ReadContent> {
  const files = new Map<string, string>();
  const unread: Finding[] = [];
  const others: string[] = [];
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
    for (const entry of entries.filter(isYamlFile)) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).replaceAll('\\', '/');
      // Files that editors and volumes keep for themselves begin with a dot.
      if (/(^|\/)\./.test(name)) continue;
      if (!name.endsWith('.yaml')) {
        others.push(name);
        continue;
      }
      const read = await readOne(path, name);
      if (typeof read === 'string') files.set(name, read);
      else unread.push(read);
    }
  }
  return { files, unread, ...(others.length > 0 ? { others } : {}) };
}

/** A link to a file is one too: some deployments are made of links. */
function isYamlFile(entry: Dirent): boolean {
  return (entry.isFile() || entry.isSymbolicLink()) && /\.ya?ml$/i.test(entry.name);
}

/** The text of a file, a byte order mark included, or why there is none. */
async function readOne(path: string, name: string): Promise<string | Finding> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_CHARS * MOST_BYTES)
      return aboutFile('file-too-large', name, `is larger than ${MAX_FILE_CHARS} characters.`);
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'ENOENT' ? 'vanished while it was being read' : `cannot be read (${code})`;
    return aboutFile('file-unreadable', name, `${why}.`);
  }
  const said = 'is no UTF-8 text from here on. Save it as UTF-8.';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return aboutFile('not-utf8', name, said, firstWrong(bytes));
  }
  // No text holds it, but every UTF-16 file with a word of ASCII does.
  const zero = text.indexOf('\u0000');
  return zero < 0 ? text : aboutFile('not-utf8', name, said, placeAfter(text.slice(0, zero)));
}

/** Where the first bytes stand that are no UTF-8. */
function firstWrong(bytes: Uint8Array): { line: number; col: number } {
  // Decoded loosely each wrong byte becomes U+FFFD; encoded again, the first difference is the place.
  const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const again = new TextEncoder().encode(loose);
  let same = 0;
  while (same < bytes.length && bytes[same] === again[same]) same += 1;
  return placeAfter(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, same)));
}

function placeAfter(text: string): { line: number; col: number } {
  const lines = text.split('\n');
  return { line: lines.length, col: (lines.at(-1) ?? '').length + 1 };
}
