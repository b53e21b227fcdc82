import { askRedis, until } from './ask-redis.js';
import { makeRedisFolder } from './redis-folder.js';
import { redisPort } from './redis-port.js';
import { type RedisProcess, redisProcess } from './redis-process.js';
import { untilCopied } from './start-redis.js';

const NAME = 'lifeline';
const SENTINELS = 3;
/** A master that is silent this long counts as down. */
const DOWN_AFTER_MS = 1_000;
const DATA_SETTINGS = ['save ""', 'repl-diskless-sync-delay 0'];

/** A master with a replica, watched by three sentinels. */
export interface RunningSentinel {
  /** `redis+sentinel://127.0.0.1:<port>,…/lifeline` with the ports of the sentinels. */
  readonly url: string;
  /** Port of the master, as the sentinels see it now. */
  master(): Promise<number>;
  /** SIGKILL to the master; resolves with its port once it is dead, not once it is replaced. */
  killMaster(): Promise<number>;
  /**
   * Starts what was killed, once it has been replaced (before that it would come back as an empty master); resolves
   * when it is the replica of the present master.
   */
  revive(): Promise<void>;
  /** The replica takes nothing in for the given time (ms) from now, so that it lags behind; resolves at once. */
  lag(ms: number): Promise<void>;
  /** Takes everything out of it. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a master, its replica and three sentinels; resolves when the sentinels know both servers and each other. */
export async function startSentinel(): Promise<RunningSentinel> {
  const folder = await makeRedisFolder();
  const all: RedisProcess[] = [];
  const dead = new Set<RedisProcess>();
  const add = async (settings: readonly string[], sentinel = false) => {
    const server = await redisProcess(folder, await redisPort(), settings, sentinel);
    all.push(server);
    await server.start();
    return server.port;
  };
  const stop = async () => {
    await Promise.all(all.map((server) => server.kill()));
    await folder.remove();
  };
  const sentinels: number[] = [];
  try {
    const first = await add(DATA_SETTINGS);
    const second = await add([...DATA_SETTINGS, `replicaof 127.0.0.1 ${first}`]);
    await untilCopied(second);
    for (let index = 0; index < SENTINELS; index += 1) {
      sentinels.push(await add(sentinelSettings(first), true));
    }
    await Promise.all(sentinels.map(untilAgreed));
  } catch (error) {
    await stop();
    throw error;
  }
  const master = async () => {
    const [sentinel = 0] = sentinels;
    const address = (await askRedis(sentinel, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)) as string[];
    return Number(address[1]);
  };
  return {
    url: `redis+sentinel://${sentinels.map((port) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    master,
    killMaster: async () => {
      const port = await master();
      const server = all.find((one) => one.port === port);
      if (server === undefined) throw new Error(`no server has the port ${port}`);
      dead.add(server);
      await server.kill();
      return port;
    },
    revive: async () => {
      for (const server of dead) {
        await until('a new master', async () => (await master()) !== server.port);
        await server.start();
        // The sentinels would do the same, up to 10 s later.
        await askRedis(server.port, 'REPLICAOF', '127.0.0.1', String(await master()));
        await untilCopied(server.port);
      }
      dead.clear();
    },
    lag: async (ms) => {
      const present = await master();
      const replica = all.find(({ port }) => port !== present && !sentinels.includes(port));
      if (replica === undefined) throw new Error('there is no replica');
      replica.pause(ms);
    },
    empty: async () => {
      await askRedis(await master(), 'FLUSHALL');
    },
    stop,
  };
}

function sentinelSettings(master: number): readonly string[] {
  return [
    `sentinel monitor ${NAME} 127.0.0.1 ${master} 2`,
    `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${NAME} 5000`,
  ];
}

async function untilAgreed(sentinel: number): Promise<void> {
  await until(`sentinel ${sentinel} knows the replica and the others`, async () => {
    const fields = (await askRedis(sentinel, 'SENTINEL', 'MASTER', NAME)) as readonly string[];
    const value = (name: string) => fields[fields.indexOf(name) + 1];
    return value('num-slaves') === '1' && value('num-other-sentinels') === String(SENTINELS - 1);
  });
}
