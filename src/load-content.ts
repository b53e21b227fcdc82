import { fileURLToPath } from 'node:url';
import { type Bundle, type ContentFiles, compileFiles } from './content/index.js';
import { readContentFiles } from './content/read-files.js';

/** Content files and what they compile to. */
export interface Content {
  readonly files: ContentFiles;
  readonly bundle: Bundle;
}

/** The shipped content: the folder above `dist/`. */
export const SHIPPED_CONTENT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Reads and compiles a content folder, the shipped one by default. Throws `content-invalid` with every finding, one a
 * line.
 */
export async function loadContent(folder: string = SHIPPED_CONTENT): Promise<Content> {
  const files = await readContentFiles(folder);
  return { files, bundle: compile(files) };
}

/** Compiles content files. Throws `content-invalid` with every finding, one a line. */
export function compile(files: ContentFiles): Bundle {
  return compileFiles(files).bundle;
}
