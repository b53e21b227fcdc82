import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { passedName } from './authoring/reload/passed.js';
import { type ContentFiles, hashFiles } from './content/index.js';
import { type CheckShelf, hashOfCode, openPassedShelf } from './infra/check-shelf.js';

/** The program, of which this is `src/program.js`. Its build notes here that what it ships with passed the check. */
export const PROGRAM = fileURLToPath(new URL('..', import.meta.url));

/** The version of this very program. */
export function programVersion(): string {
  return hashOfCode(['adapters', 'src'].map((name) => join(PROGRAM, name)));
}

/** Under what it is remembered that a content passed the check of this very program. */
export function passedHere(files: ContentFiles): string {
  return passedName(
    hashFiles(files, () => true),
    programVersion(),
  );
}

/** What passed the check of this very program on this machine: by a folder for what it keeps, and by its build. */
export function passedShelves(cache: string, warn: (code: string) => void): readonly CheckShelf[] {
  return [cache, PROGRAM].map((folder) => openPassedShelf(folder, warn));
}
