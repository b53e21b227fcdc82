import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';

const PATIENCE_MS = 20_000;
const POLL_MS = 15;

/** One command over a connection of its own to a server on 127.0.0.1; rejects when nobody answers within a second. */
export async function askRedis(port: number, command: string, ...args: string[]): Promise<unknown> {
  const redis = new Redis({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    enableReadyCheck: false,
    connectTimeout: 1_000,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // The command itself rejects with it; without a listener the client writes it to the console too.
  let fault: Error | undefined;
  redis.on('error', (error: Error) => {
    fault = error;
  });
  try {
    await redis.connect();
    return await redis.call(command, ...args);
  } catch (error) {
    throw fault ?? error;
  } finally {
    redis.disconnect();
  }
}

/** Fields of a section of `INFO`; rejects as {@link askRedis} does. */
export async function redisInfo(port: number, section: string): Promise<ReadonlyMap<string, string>> {
  const text = String(await askRedis(port, 'INFO', section));
  const fields = text.split('\r\n').filter((line) => line.includes(':'));
  return new Map(
    fields.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const),
  );
}

/**
 * Asks again and again until `check` is true; an attempt that rejects counts as not yet. Throws with its last fault
 * after 20 s.
 */
export async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  let last: unknown = 'answered, but not so';
  while (performance.now() < end) {
    try {
      if (await check()) return;
    } catch (error) {
      last = error;
    }
    await wait(POLL_MS);
  }
  throw new Error(`waited in vain for: ${what}`, { cause: last });
}
