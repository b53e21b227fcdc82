import { Redis } from 'ioredis';
import { askRedis, redisInfo } from '../test/support/redis/ask-redis.js';
import { makeRedisFolder } from '../test/support/redis/redis-folder.js';
import { redisPort } from '../test/support/redis/redis-port.js';
import { redisProcess } from '../test/support/redis/redis-process.js';

/** A `redis-server` that writes its append-only file as one of a deployment does. */
export interface BenchRedis {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** A number of `INFO`, such as `used_memory` of `memory`. */
  number(section: string, field: string): Promise<number>;
  /** Keys in it. */
  keys(): Promise<number>;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1, with `appendfsync everysec` and no snapshots. */
export async function startBenchRedis(): Promise<BenchRedis> {
  const folder = await makeRedisFolder();
  const port = await redisPort();
  const server = await redisProcess(folder, port, ['save ""', 'appendonly yes', 'appendfsync everysec']);
  await server.start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    number: async (section, field) => Number((await redisInfo(port, section)).get(field) ?? Number.NaN),
    keys: async () => Number(await askRedis(port, 'DBSIZE')),
    empty: async () => {
      // A client without time limits: much takes long to free.
      const client = new Redis({ host: '127.0.0.1', port });
      await client.flushall();
      client.disconnect();
    },
    stop: async () => {
      await server.kill();
      await folder.remove();
    },
  };
}

/** A client of its own, set as the one of the store: pipelines by itself, gives up after five seconds. */
export function bareClient(port: number): Redis {
  return new Redis({ host: '127.0.0.1', port, enableAutoPipelining: true, commandTimeout: 5_000 });
}
