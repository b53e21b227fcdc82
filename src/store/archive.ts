/*
 * An export: lines of JSON, each ended by \n, in UTF-8.
 *
 *   first   {"lifeline":"export","format":1,"version":…,"at":…,"keys":…}   in the clear
 *   items   "…"  a stored item, sealed, base64; one a line
 *   last    "…"  {"counts":{kind: number},"sha256":…}, sealed, base64; the hash is over all bytes before this line
 *
 * `keys` is the note of the key the rest is sealed under (model/sealer.ts): the secret of the settings opens it. A line
 * is sealed under its number, so none opens in another place.
 */
import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { OpenKeyring, Sealer, StoredItem } from '../model/index.js';

/** The format above; another one is not read. */
export const ARCHIVE_FORMAT = 1;

/** The first line. */
export const archiveHead = z.object({
  lifeline: z.literal('export'),
  format: z.literal(ARCHIVE_FORMAT),
  /** Version of Lifeline that wrote it. */
  version: z.string(),
  /** When it was begun, ISO 8601. */
  at: z.string(),
  keys: z.string(),
});

/** What the last line holds. */
export const archiveTail = z.object({ counts: z.record(z.string(), z.number().int()), sha256: z.string() });

/** How many items there are of each kind, in the order they came. */
export type Counts = Readonly<Record<string, number>>;

/** What a line is sealed under, besides the key; the first has the number 1. */
export function lineName(line: number): string {
  return `export:${line}`;
}

/** A hash over the bytes of an export. */
export function archiveHash(): Hash {
  return createHash('sha256');
}

/** Writes items as an export: its lines one after another, and in the end how many items there were. */
export async function* writeArchive(
  items: AsyncIterable<StoredItem>,
  about: { readonly version: string; readonly at: Date; readonly keyring: OpenKeyring },
): AsyncGenerator<string, Counts> {
  const { sealer, note } = about.keyring(null);
  const hash = archiveHash();
  const counts: Record<string, number> = {};
  let line = 1;
  const said = (text: string): string => {
    hash.update(text);
    line += 1;
    return text;
  };
  const head = { version: about.version, at: about.at.toISOString(), keys: note };
  yield said(`${JSON.stringify({ lifeline: 'export', format: ARCHIVE_FORMAT, ...head })}\n`);
  for await (const item of items) {
    counts[item.kind] = (counts[item.kind] ?? 0) + 1;
    yield said(sealedLine(sealer, line, item));
  }
  yield sealedLine(sealer, line, { counts, sha256: hash.digest('hex') });
  return counts;
}

function sealedLine(sealer: Sealer, line: number, value: unknown): string {
  const sealed = sealer.seal(lineName(line), Buffer.from(JSON.stringify(value)));
  return `"${Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).toString('base64')}"\n`;
}
