import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askRedis } from './ask-redis.js';
import type { RedisFolder } from './redis-folder.js';

const POLL_MS = 15;

/** One `redis-server` process; the same port and data whenever it is started. */
export interface RedisProcess {
  readonly port: number;
  /** Where its data and `redis.conf` are. */
  readonly folder: string;
  /** Starts it and waits until it answers PING; throws with its last words when it ends before. */
  start(): Promise<void>;
  /** SIGKILL, and waits for its end; does nothing when it does not run. */
  kill(): Promise<void>;
  /** Stands still for the given time (ms), as on a machine that is too busy; resolves at once. */
  pause(ms: number): void;
}

/** A server with the given lines of `redis.conf`; not yet running. `sentinel` makes it a sentinel. */
export async function redisProcess(
  folder: RedisFolder,
  port: number,
  settings: readonly string[],
  sentinel = false,
): Promise<RedisProcess> {
  const home = join(folder.path, String(port));
  await mkdir(home);
  const config = join(home, 'redis.conf');
  const log = join(home, 'redis.log');
  const lines = [`port ${port}`, 'bind 127.0.0.1', `dir ${home}`, `logfile ${log}`, ...settings, ''];
  await writeFile(config, lines.join('\n'));
  let running: { readonly ended: Promise<void>; readonly signal: (name: NodeJS.Signals) => void } | null =
    null;

  const start = async () => {
    const child = spawn('redis-server', [config, ...(sentinel ? ['--sentinel'] : [])], { stdio: 'ignore' });
    let over = false;
    const ended = once(child, 'exit').then(() => {
      over = true;
    });
    if (child.pid === undefined) return ended;
    const forget = folder.watch(child.pid);
    running = { ended: ended.finally(forget), signal: (name) => child.kill(name) };
    while (!(await answers(port))) {
      if (over) throw new Error(`redis-server ended: ${(await readFile(log, 'utf8')).slice(-500)}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };
  return {
    port,
    folder: home,
    start,
    kill: async () => {
      running?.signal('SIGKILL');
      await running?.ended;
      running = null;
    },
    pause: (ms) => {
      const paused = running;
      paused?.signal('SIGSTOP');
      setTimeout(() => paused?.signal('SIGCONT'), ms);
    },
  };
}

/** Whether it answers PING; a server that is not up yet, or still loads its data, does not. */
async function answers(port: number): Promise<boolean> {
  try {
    return (await askRedis(port, 'PING')) === 'PONG';
  } catch {
    return false;
  }
}
