import { askRedis, redisInfo, until } from './ask-redis.js';
import { makeRedisFolder } from './redis-folder.js';
import { redisPort } from './redis-port.js';
import { type RedisProcess, redisProcess } from './redis-process.js';

const SLOTS = 16_384;
const MASTERS = 3;
/** A master that is silent this long is replaced by its replica. */
const NODE_TIMEOUT_MS = 1_000;

/** Three masters with a replica each. */
export interface RunningCluster {
  /** `redis+cluster://127.0.0.1:<port>,…` with all six ports. */
  readonly url: string;
  /** Ports of the masters that live, as the nodes see it now. */
  masters(): Promise<readonly number[]>;
  /**
   * SIGKILL to a master (the first of `masters` unless told); resolves with its port once it is dead, not once it is
   * replaced.
   */
  killMaster(port?: number): Promise<number>;
  /**
   * Starts what was killed, once each has been replaced (before that it would come back as an empty master); resolves
   * when every master has its replica again.
   */
  revive(): Promise<void>;
  /** Takes everything out of it. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts six nodes and makes them a cluster; resolves when all of them agree on it and every replica has its copy. */
export async function startCluster(): Promise<RunningCluster> {
  const folder = await makeRedisFolder();
  const nodes: RedisProcess[] = [];
  const dead = new Set<RedisProcess>();
  const alive = () => nodes.filter((node) => !dead.has(node));
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await folder.remove();
  };
  const masters = async () => {
    const roles = await Promise.all(alive().map((node) => redisInfo(node.port, 'replication')));
    return alive()
      .filter((_node, index) => roles[index]?.get('role') === 'master')
      .map((node) => node.port);
  };
  try {
    const buses: number[] = [];
    for (let index = 0; index < 2 * MASTERS; index += 1) {
      const bus = await redisPort();
      nodes.push(await redisProcess(folder, await redisPort(), settingsOf(bus)));
      buses.push(bus);
    }
    await Promise.all(nodes.map((node) => node.start()));
    const ports = nodes.map((node) => node.port);
    await giveSlots(ports);
    await introduce(ports, buses);
    await makeReplicas(ports);
    await untilWhole(ports);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `redis+cluster://${nodes.map((node) => `127.0.0.1:${node.port}`).join(',')}`,
    masters,
    killMaster: async (port) => {
      const victim = port ?? (await masters())[0];
      const node = alive().find((one) => one.port === victim);
      if (node === undefined) throw new Error(`no living node has the port ${victim}`);
      dead.add(node);
      await node.kill();
      return node.port;
    },
    revive: async () => {
      await until('a new master for each', async () => (await masters()).length === MASTERS);
      for (const node of dead) await node.start();
      dead.clear();
      await untilWhole(nodes.map((node) => node.port));
    },
    empty: async () => {
      for (const port of await masters()) await askRedis(port, 'FLUSHALL');
    },
    stop,
  };
}

function settingsOf(bus: number): readonly string[] {
  return [
    'save ""',
    'repl-diskless-sync-delay 0',
    // A replica is not listed before its master's first ping, which else comes after 10 s.
    'repl-ping-replica-period 1',
    'cluster-enabled yes',
    `cluster-port ${bus}`,
    `cluster-node-timeout ${NODE_TIMEOUT_MS}`,
  ];
}

/** A third of the slots to each of the first three, each with an epoch of its own so that no two claims are equal. */
async function giveSlots(ports: readonly number[]): Promise<void> {
  for (const [index, port] of ports.slice(0, MASTERS).entries()) {
    const from = Math.floor((index * SLOTS) / MASTERS);
    const to = Math.floor(((index + 1) * SLOTS) / MASTERS) - 1;
    await askRedis(port, 'CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    await askRedis(port, 'CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
  }
}

/** Each node to each: quicker than to wait until the word has gone round. */
async function introduce(ports: readonly number[], buses: readonly number[]): Promise<void> {
  for (const [index, port] of ports.entries()) {
    for (let other = index + 1; other < ports.length; other += 1) {
      await askRedis(port, 'CLUSTER', 'MEET', '127.0.0.1', String(ports[other]), String(buses[other]));
    }
  }
  await untilEach(ports, 'knows the others', async (port) => {
    const lines = String(await askRedis(port, 'CLUSTER', 'NODES'))
      .trim()
      .split('\n');
    return lines.length === ports.length && lines.every((line) => !/handshake|noaddr/.test(line));
  });
}

async function makeReplicas(ports: readonly number[]): Promise<void> {
  for (let index = 0; index < MASTERS; index += 1) {
    const [master, replica] = [ports[index], ports[index + MASTERS]];
    if (master === undefined || replica === undefined) throw new Error('a cluster has six nodes');
    const id = String(await askRedis(master, 'CLUSTER', 'MYID'));
    await askRedis(replica, 'CLUSTER', 'REPLICATE', id);
  }
}

/** Resolves when every node sees every slot with a master and a replica, and every replica has its copy. */
async function untilWhole(ports: readonly number[]): Promise<void> {
  await untilEach(ports, 'sees a whole cluster', async (port) => {
    const state = String(await askRedis(port, 'CLUSTER', 'INFO'));
    if (!state.includes('cluster_state:ok')) return false;
    const ranges = (await askRedis(port, 'CLUSTER', 'SLOTS')) as readonly (readonly unknown[])[];
    if (ranges.length < MASTERS || ranges.some((range) => range.length !== 4)) return false;
    const info = await redisInfo(port, 'replication');
    return info.get('role') === 'master'
      ? info.get('slave0')?.includes('state=online') === true
      : info.get('master_link_status') === 'up';
  });
}

async function untilEach(
  ports: readonly number[],
  what: string,
  check: (port: number) => Promise<boolean>,
): Promise<void> {
  await Promise.all(ports.map((port) => until(`node ${port} ${what}`, () => check(port))));
}
