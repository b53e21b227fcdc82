import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { writeLanguageFlow, writeLocales } from '../../src/authoring/write-registry.js';
import type { ContentFiles } from '../../src/content/index.js';
import { readContentFiles } from '../../src/content/read-files.js';

const LOCALES = 'locales/locales.yaml';
const LANGUAGE = 'flows/language.yaml';

/** The shipped content in some of its languages, as `lifeline init` leaves it for who speaks only those. */
export async function contentIn(languages: readonly string[]): Promise<ContentFiles> {
  const shipped = await readContentFiles('.');
  const textOf = (name: string): string => shipped.get(name) ?? '';
  const isSpoken = (name: string): boolean => {
    const tag = /^locales\/([^/]+)\//.exec(name)?.[1];
    return tag === undefined || languages.includes(tag);
  };
  const { names } = parse(textOf(LOCALES)) as { names: Readonly<Record<string, string>> };
  return new Map([
    ...[...shipped].filter(([name]) => isSpoken(name)),
    [LOCALES, writeLocales(textOf(LOCALES), languages, names)],
    [LANGUAGE, writeLanguageFlow(textOf(LANGUAGE), textOf(LANGUAGE), languages)],
  ]);
}

/** Writes content files into a folder. */
export async function writeContent(folder: string, files: ContentFiles): Promise<void> {
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
