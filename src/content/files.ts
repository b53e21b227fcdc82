import { createHash } from 'node:crypto';

/** The content as files: path relative to the content folder (`flows/menu.yaml`) → text. */
export type ContentFiles = ReadonlyMap<string, string>;

/** SHA-256 of files, each with its name and length, so that no two contents share a hash; 16 hex digits. */
export function hashFiles(files: ContentFiles, wanted: (path: string) => boolean): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].filter(wanted).sort()) {
    const text = files.get(path) ?? '';
    hash.update(`${path}\n${text.length}\n`).update(text);
  }
  return hash.digest('hex').slice(0, 16);
}
