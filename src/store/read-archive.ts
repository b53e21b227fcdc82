import { z } from 'zod';
import { LifelineError, type OpenKeyring, type Sealer, type StoredItem } from '../model/index.js';
import { ARCHIVE_FORMAT, archiveHash, archiveHead, archiveTail, type Counts, lineName } from './archive.js';
import { storedItemRecord } from './stored-item-record.js';

/** Longest line that is read: many times the largest content bundle, sealed and in base64. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** What an export says of itself. */
export interface ArchiveSummary {
  readonly version: string;
  readonly at: string;
  readonly counts: Counts;
}

/**
 * The items of an export one after another; what it says of itself comes in the end, once counts and hash are found to
 * be right. So who must not act on half of one reads it twice. Throws `store-damaged` with the line for one that is cut
 * short, altered or none, `store-newer` for a later format, `store-wrong-key` when it needs another secret.
 */
export async function* readArchive(
  chunks: AsyncIterable<Uint8Array>,
  keyring: OpenKeyring,
): AsyncGenerator<StoredItem, ArchiveSummary> {
  const hash = archiveHash();
  const counts: Record<string, number> = {};
  let head: z.infer<typeof archiveHead> | null = null;
  let sealer: Sealer | null = null;
  let tail: z.infer<typeof archiveTail> | null = null;
  let line = 0;
  for await (const bytes of linesOf(chunks)) {
    line += 1;
    if (tail !== null) throw altered(line, 'there is more behind its end');
    if (head === null || sealer === null) {
      head = readHead(bytes);
      sealer = openSealer(keyring, head.keys);
    } else {
      const value = unsealed(sealer, line, bytes);
      const item = storedItemRecord.safeParse(value);
      if (!item.success) tail = readTail(value, line);
      else {
        counts[item.data.kind] = (counts[item.data.kind] ?? 0) + 1;
        yield item.data;
      }
    }
    if (tail === null) hash.update(bytes).update('\n');
  }
  if (head === null || tail === null) throw altered(line + 1, 'it ends too early');
  if (tail.sha256 !== hash.digest('hex') || !isEqual(tail.counts, counts))
    throw altered(line, 'its parts do not belong together');
  return { version: head.version, at: head.at, counts };
}

function readHead(bytes: Buffer): z.infer<typeof archiveHead> {
  const value = parse(bytes);
  const head = archiveHead.safeParse(value);
  if (head.success) return head.data;
  const isLater = z.object({ lifeline: z.literal('export'), format: z.number().gt(ARCHIVE_FORMAT) });
  if (isLater.safeParse(value).success)
    throw new LifelineError('store-newer', 'a newer version of Lifeline wrote it: import it with that one');
  throw altered(1, 'it is no export of Lifeline');
}

function openSealer(keyring: OpenKeyring, keys: string): Sealer {
  try {
    return keyring(keys).sealer;
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    if (error.code === 'store-wrong-key')
      throw new LifelineError(
        'store-wrong-key',
        'it was written under another secret: name that one in LIFELINE_SECRET, or in LIFELINE_SECRET_PREVIOUS',
      );
    throw error.code === 'store-damaged' ? altered(1, 'its keys cannot be read') : error;
  }
}

function unsealed(sealer: Sealer, line: number, bytes: Buffer): unknown {
  const text = z.base64().safeParse(parse(bytes));
  if (!text.success) throw altered(line, 'it is cut off or altered');
  try {
    return parse(Buffer.from(sealer.open(lineName(line), Buffer.from(text.data, 'base64'))));
  } catch (error) {
    if (error instanceof LifelineError && error.code !== 'store-newer')
      throw altered(line, 'it is altered or in another place');
    throw error;
  }
}

function readTail(value: unknown, line: number): z.infer<typeof archiveTail> {
  const tail = archiveTail.safeParse(value);
  if (tail.success) return tail.data;
  throw altered(line, 'it holds nothing that this version knows');
}

/** `undefined` for what is no JSON, which no schema takes. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The parser's own message may quote the line.
    return undefined;
  }
}

function altered(line: number, why: string): LifelineError {
  return new LifelineError('store-damaged', `line ${line}: ${why}`);
}

function isEqual(a: Counts, b: Counts): boolean {
  const kinds = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...kinds].every((kind) => a[kind] === b[kind]);
}

/** The lines of a stream of bytes, without their ends; what follows the last end is a line too, if anything does. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield Buffer.concat([...parts, rest.subarray(0, end)]);
      parts = [];
      sizeBytes = 0;
      rest = rest.subarray(end + 1);
    }
    sizeBytes += rest.length;
    if (sizeBytes > MAX_LINE_BYTES) throw new LifelineError('store-damaged', 'it is no export of Lifeline');
    if (rest.length > 0) parts.push(rest);
  }
  if (sizeBytes > 0) yield Buffer.concat(parts);
}
