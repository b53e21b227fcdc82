import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type BlockList, hostListed } from '../guard/links/block-list.js';
import type { HostListed } from '../guard/links/verdict.js';
import type { Clock, Log } from '../model/index.js';
import { parseBlockList } from './parse-block-list.js';

/** How often lists are asked for, and how soon again after a failure. */
const REFRESH_MS = 3_600_000;
const RETRY_MS = 300_000;
/** Longest wait for a list, and its largest size. */
const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

export interface BlockListsParts {
  /** Addresses of lists in the formats of polkadot's `all.json` or MetaMask's `config.json`. */
  readonly urls: readonly string[];
  /** Where the last good one of each is kept. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/** Block lists that keep themselves fresh. */
export interface BlockLists {
  /** Asks the lists at hand; none is before `start`. */
  readonly listed: HostListed;
  /**
   * Takes up what is kept on the disk, then begins to refresh; resolves when the first look at each address is done.
   */
  start(): Promise<void>;
  /** Ends what is under way. */
  stop(): Promise<void>;
}

/** A list as it is kept: with the tag by which its server knows it again. */
const keptSchema = z.object({ etag: z.string().nullable(), body: z.string() });
type Kept = z.infer<typeof keptSchema>;

type Fetched =
  | { readonly kind: 'fresh'; readonly kept: Kept; readonly list: BlockList }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly code: string };

/**
 * Block lists named in the settings, and no others: nothing a person wrote is ever fetched. A list that does not come,
 * is too large or is damaged is refused with a line in the log, and the last good one stays in force.
 */
export function createBlockLists(parts: BlockListsParts): BlockLists {
  const { urls, folder, clock, log, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = parts;
  const lists = new Map<string, BlockList>();
  const etags = new Map<string, string | null>();
  const stopping = new AbortController();
  const cancels = new Set<() => void>();
  const running = new Set<Promise<void>>();
  const fileOf = (url: string): string => join(folder, fileNameOf(url));

  const takeUp = async (url: string): Promise<void> => {
    const kept = await readKept(fileOf(url));
    if (kept === null) return;
    const list = parseBlockList(kept.body);
    if (list === null) {
      log.warn({ event: 'block-list-refused', code: 'kept-damaged' });
      return;
    }
    lists.set(url, list);
    etags.set(url, kept.etag);
  };

  const refresh = (url: string): Promise<void> => {
    const done = refreshOnce(url).finally(() => running.delete(done));
    running.add(done);
    return done;
  };

  const refreshOnce = async (url: string): Promise<void> => {
    const fetched = await fetchList(url, etags.get(url) ?? null, {
      maxBytes,
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (stopping.signal.aborted) return;
    if (fetched.kind === 'fresh') {
      lists.set(url, fetched.list);
      etags.set(url, fetched.kept.etag);
      log.info({ event: 'block-list-refreshed', count: fetched.list.blocked.size });
      await keep(fileOf(url), fetched.kept).catch((error: unknown) =>
        log.warn({ event: 'block-list-not-kept', code: codeOf(error) }),
      );
    }
    if (fetched.kind === 'refused') log.warn({ event: 'block-list-refused', code: fetched.code });
    if (stopping.signal.aborted) return;
    const cancel = clock.after(fetched.kind === 'refused' ? RETRY_MS : REFRESH_MS, () => {
      cancels.delete(cancel);
      void refresh(url);
    });
    cancels.add(cancel);
  };

  return {
    listed: hostListed(() => [...lists.values()]),
    start: async () => {
      await Promise.all(urls.map(takeUp));
      await Promise.all(urls.map(refresh));
    },
    stop: async () => {
      stopping.abort();
      for (const cancel of cancels) cancel();
      await Promise.all(running);
    },
  };
}

/** The last good copies of lists, as a bot has kept them in the folder; nothing is asked for. */
export async function keptLists(urls: readonly string[], folder: string): Promise<HostListed> {
  const kept = await Promise.all(urls.map((url) => readKept(join(folder, fileNameOf(url)))));
  const lists = kept.flatMap((one) => (one === null ? [] : (parseBlockList(one.body) ?? [])));
  return hostListed(() => lists);
}

/** The addresses in the setting `LIFELINE_BLOCK_LISTS`. */
export function blockListUrls(named: string | undefined): readonly string[] {
  return named === undefined ? [] : named.split(',').map((url) => url.trim());
}

function fileNameOf(url: string): string {
  return `${createHash('sha256').update(url).digest('hex').slice(0, 16)}.json`;
}

/** Asks for a list, unless it is still the one with that tag. Never throws: what goes wrong is a refusal. */
async function fetchList(
  url: string,
  etag: string | null,
  limits: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<Fetched> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...(etag === null ? {} : { 'if-none-match': etag }) },
      signal: limits.signal,
    });
    if (response.status === 304 && etag !== null) {
      await response.body?.cancel();
      return { kind: 'unchanged' };
    }
    if (!response.ok) {
      await response.body?.cancel();
      return { kind: 'refused', code: `http-${response.status}` };
    }
    const body = await readUpTo(response, limits.maxBytes);
    if (body === null) return { kind: 'refused', code: 'too-large' };
    const list = parseBlockList(body);
    if (list === null) return { kind: 'refused', code: 'damaged' };
    return { kind: 'fresh', list, kept: { etag: response.headers.get('etag'), body } };
  } catch (error) {
    return { kind: 'refused', code: codeOf(error) };
  }
}

/** The body as text; `null` once it is larger than allowed, and the rest is not read. */
async function readUpTo(response: Response, maxBytes: number): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of response.body ?? []) {
    sizeBytes += part.length;
    if (sizeBytes > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function readKept(file: string): Promise<Kept | null> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    // Nothing kept yet, or cut short by a crash long ago: it is fetched anew.
    if (error instanceof SyntaxError || error instanceof z.ZodError || codeOf(error) === 'ENOENT')
      return null;
    throw error;
  }
}

/** Written beside and moved into its place, so that a crash leaves the former one whole. */
async function keep(file: string, kept: Kept): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The system's code, or the kind of error; never its message, which names the address. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
