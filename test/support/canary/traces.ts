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

/** A form of a trace, and whose it is. */
interface Wanted {
  readonly name: string;
  readonly form: Buffer;
  readonly isNumber: boolean;
}

/** What is looked for, by a hash of its first bytes: heaps have hundreds of megabytes, and are gone through once. */
interface Search {
  readonly window: number;
  readonly byHash: ReadonlyMap<number, readonly Wanted[]>;
  /** Whether any hash has these upper bits. */
  readonly upper: Uint8Array;
}

const BASE = 16_777_619;
const UPPER_BITS = 16;

function searchFor(canaries: readonly Canary[]): Search {
  const wanted = canaries.flatMap(({ name, traces }) =>
    traces.flatMap((trace) =>
      formsOf(trace).map((form): Wanted => ({ name, form, isNumber: form.every(isDigit) })),
    ),
  );
  const window = Math.min(...wanted.map(({ form }) => form.length));
  const byHash = new Map<number, Wanted[]>();
  const upper = new Uint8Array(1 << UPPER_BITS);
  for (const one of wanted) {
    let hash = 0;
    for (const byte of one.form.subarray(0, window)) hash = (Math.imul(hash, BASE) + byte) | 0;
    byHash.set(hash, [...(byHash.get(hash) ?? []), one]);
    upper[hash >>> (32 - UPPER_BITS)] = 1;
  }
  return { window, byHash, upper };
}

function isAt(bytes: Buffer, start: number, { form, isNumber }: Wanted): boolean {
  const end = start + form.length;
  if (end > bytes.length || bytes.compare(form, 0, form.length, start, end) !== 0) return false;
  // A part of a longer number is none of ours.
  return !isNumber || !(isDigit(bytes[start - 1]) || isDigit(bytes[end]));
}

/** Names of the canaries of which anything is to be found in the bytes; each with the place that was searched. */
export function tracesIn(place: string, bytes: Buffer, canaries: readonly Canary[]): readonly string[] {
  const { window, byHash, upper } = searchFor(canaries);
  const found = new Set<string>();
  let leaving = 1;
  for (let at = 1; at < window; at += 1) leaving = Math.imul(leaving, BASE);
  let hash = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (at >= window) hash = (hash - Math.imul(bytes[at - window] ?? 0, leaving)) | 0;
    hash = (Math.imul(hash, BASE) + (bytes[at] ?? 0)) | 0;
    if (at < window - 1 || upper[hash >>> (32 - UPPER_BITS)] === 0) continue;
    const start = at - window + 1;
    for (const wanted of byHash.get(hash) ?? []) if (isAt(bytes, start, wanted)) found.add(wanted.name);
  }
  return canaries.filter(({ name }) => found.has(name)).map(({ name }) => `${name} in ${place}`);
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
