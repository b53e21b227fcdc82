import { z } from 'zod';
import { checkShape } from '../content/check-shape.js';
import type { ContentFiles, Finding } from '../content/index.js';
import { parseYaml } from '../content/yaml-source.js';

/** `locales/<tag>/stamps.yaml`, written by `lifeline texts --stamp`. */
export const STAMPS_SCHEMA = z.strictObject({
  /** The language the texts were compared with. */
  source: z.string(),
  /** Text key → hash of the source text that the translation was compared with. */
  texts: z.record(z.string(), z.string()),
});

export interface Stamps {
  readonly source: string;
  readonly texts: ReadonlyMap<string, string>;
}

export function stampsFile(tag: string): string {
  return `locales/${tag}/stamps.yaml`;
}

/** The stamps of a language; `null` when there are none that can be read. */
export function readStamps(
  files: ContentFiles,
  tag: string,
): { readonly stamps: Stamps | null; readonly findings: readonly Finding[] } {
  const text = files.get(stampsFile(tag));
  if (text === undefined) return { stamps: null, findings: [] };
  const { source, findings } = parseYaml(stampsFile(tag), text, { plain: true });
  const shape = findings.length > 0 ? { findings } : checkShape(source, STAMPS_SCHEMA);
  if ('findings' in shape) return { stamps: null, findings: shape.findings };
  return {
    stamps: { source: shape.value.source, texts: new Map(Object.entries(shape.value.texts)) },
    findings: [],
  };
}

/** The stamps as a file, in the order of their keys, so that two people's stamps join line by line. */
export function writeStamps({ source, texts }: Stamps): string {
  const lines = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, hash]) => `  ${key}: "${hash}"\n`);
  const head =
    '# Which source text each translation was compared with. Written by `lifeline texts --stamp`.\n';
  return `${head}source: ${source}\ntexts:\n${lines.join('')}`;
}
