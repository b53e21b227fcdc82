import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Canary } from './canaries.js';

/** The ways in which a text may stand in bytes: UTF-8, as strings of two bytes lie in memory and files, and in JSON. */
function formsOf(text: string): readonly Buffer[] {
  const json = JSON.stringify(text).slice(1, -1);
  const escaped = (hex: (code: string) => string): string =>
    json.replace(/[^\0-\x7f]/g, (unit) => `\\u${hex(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`);
  const forms = [text, json, escaped((code) => code), escaped((code) => code.toUpperCase())];
  return [...new Set(forms)].map((form) => Buffer.from(form)).concat(Buffer.from(text, 'utf16le'));
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function holds(bytes: Buffer, wanted: Buffer): boolean {
  const isNumber = wanted.every(isDigit);
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1))
    // A part of a longer number is none of ours.
    if (!isNumber || !(isDigit(bytes[at - 1]) || isDigit(bytes[at + wanted.length]))) return true;
  return false;
}

/** Names of the canaries of which anything is to be found in the bytes; each with the place that was searched. */
export function tracesIn(place: string, bytes: Buffer, canaries: readonly Canary[]): readonly string[] {
  return canaries
    .filter(({ traces }) => traces.some((trace) => formsOf(trace).some((form) => holds(bytes, form))))
    .map(({ name }) => `${name} in ${place}`);
}

/** The same for all files of a folder, whatever is in them. */
export async function tracesInFolder(
  folder: string,
  canaries: readonly Canary[],
): Promise<readonly string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) =>
      tracesIn(name, await readFile(join(parentPath, name)), canaries),
    ),
  );
  return found.flat();
}
