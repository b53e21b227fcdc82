import { askRedis, redisInfo, until } from './ask-redis.js';
import { makeRedisFolder } from './redis-folder.js';
import { redisPort } from './redis-port.js';
import { redisProcess } from './redis-process.js';

/** How a test wants its server; without any, it keeps nothing on disk and has no bound on its memory. */
export interface RedisOptions {
  /** The append-only file, forced to disk before every answer. */
  readonly appendonly?: boolean;
  /** As in `redis.conf`: `3mb`. */
  readonly maxmemory?: string;
  /** `maxmemory-policy`: `noeviction`, `allkeys-lru`. */
  readonly policy?: string;
  /** New names of commands; an empty one takes the command away. */
  readonly renameCommand?: Readonly<Record<string, string>>;
  /** Port of the server on 127.0.0.1 it copies. */
  readonly replicaof?: number;
}

/** A server of its own, with nothing of anybody else's in it. */
export interface RunningRedis {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** SIGKILL, as when a machine dies. */
  kill(): Promise<void>;
  /** The same port and folder; resolves when it answers (and, as a replica, has its copy). */
  restart(): Promise<void>;
  /** Takes everything out of it. */
  empty(): Promise<void>;
  /** Ends it and takes its folder away. */
  stop(): Promise<void>;
}

/** Starts `redis-server` on a free port of 127.0.0.1; resolves when it answers (and, as a replica, has its copy). */
export async function startRedis(options: RedisOptions = {}): Promise<RunningRedis> {
  const folder = await makeRedisFolder();
  const server = await redisProcess(folder, await redisPort(), settingsOf(options));
  const stop = async () => {
    await server.kill();
    await folder.remove();
  };
  const start = async () => {
    await server.start();
    if (options.replicaof !== undefined) await untilCopied(server.port);
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${server.port}`,
    port: server.port,
    folder: server.folder,
    kill: server.kill,
    restart: async () => {
      await server.kill();
      await start();
    },
    empty: async () => {
      await askRedis(server.port, 'FLUSHALL');
    },
    stop,
  };
}

/** Resolves when a replica is connected to its master and has its data. */
export async function untilCopied(port: number): Promise<void> {
  await until(
    `the copy on port ${port}`,
    async () => (await redisInfo(port, 'replication')).get('master_link_status') === 'up',
  );
}

/** Lines of `redis.conf`: no files but those asked for, and no pause before a replica gets its copy. */
function settingsOf(options: RedisOptions): readonly string[] {
  const lines = ['save ""', 'repl-diskless-sync-delay 0', `appendonly ${options.appendonly ? 'yes' : 'no'}`];
  if (options.appendonly) lines.push('appendfsync always');
  if (options.maxmemory !== undefined) lines.push(`maxmemory ${options.maxmemory}`);
  if (options.policy !== undefined) lines.push(`maxmemory-policy ${options.policy}`);
  if (options.replicaof !== undefined) lines.push(`replicaof 127.0.0.1 ${options.replicaof}`);
  for (const [command, name] of Object.entries(options.renameCommand ?? {})) {
    lines.push(`rename-command ${command} ${name === '' ? '""' : name}`);
  }
  return lines;
}
