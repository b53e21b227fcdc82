import { readFileSync } from 'node:fs';

/** Memory of a process after garbage collection, in bytes, and what its event loop waits for. */
export interface Memory {
  readonly heap: number;
  /** Outside of the heap: buffers, mostly. */
  readonly external: number;
  readonly rss: number;
  /** The part of `rss` that is no file: the pages of a database that is mapped into memory are left out. */
  readonly anonymous: number;
  /** Sockets, timers and the like, by kind. */
  readonly handles: Readonly<Record<string, number>>;
}

/** Measures this process. Throws unless Node was started with `--expose-gc`. */
export async function measureMemory(): Promise<Memory> {
  await collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  return { heap: heapUsed, external, rss, anonymous: anonymousBytes() ?? rss, handles };
}

/** Collects until finalizers, which run in turns of their own, have done their part. Throws without `--expose-gc`. */
export async function collectGarbage(): Promise<void> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('run with node --expose-gc');
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** From Linux' own books; `null` elsewhere. */
function anonymousBytes(): number | null {
  if (process.platform !== 'linux') return null;
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
