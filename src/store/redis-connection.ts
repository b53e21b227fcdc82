import { Cluster, Command, Redis } from 'ioredis';
import { LifelineError } from '../model/index.js';
import type { Script } from './redis-scripts.js';
import { Watch } from './redis-watch.js';

type Client = Redis | Cluster;

/** Two methods of the client that its types leave out; they go into the automatic pipelines. */
interface Scripting {
  evalshaBuffer(sha: string, keyCount: number, ...keysAndArgs: readonly Argument[]): Promise<unknown>;
  evalBuffer(text: string, keyCount: number, ...keysAndArgs: readonly Argument[]): Promise<unknown>;
}

export type Argument = string | number | Buffer;

/** Longest wait for an answer. */
const ANSWER_MS = 5_000;
/** Longest wait for the first connection. */
const OPEN_MS = 5_000;
/** Operations in hand at most: what comes on top is refused at once, so that a stalled server fills no memory. */
const MAX_IN_HAND = 5_000;
/** Longest wait for a replica to have a commit. */
const REPLICA_MS = 1_000;
/** How often the server's time and its replicas are looked at. */
const SYNC_EVERY_MS = 60_000;

/** A connection to one server, to what the sentinels say, or to a cluster. */
export interface Connection {
  /** The server's time (epoch ms), by the last look at it. */
  now(): number;
  /** Runs a script. Throws `store-unavailable`, `store-full`. */
  run(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown>;
  /** As `run`, and answers only when a replica has what it wrote, where there is one. */
  runReplicated(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown>;
  /** One command. Throws as `run`. */
  call(command: string, ...args: readonly Argument[]): Promise<unknown>;
  /** Names of the keys that match, over all masters, one after another; a key may come twice. */
  scan(pattern: string): AsyncIterable<string>;
  /** Fields of `INFO`, a map for each master. */
  info(): Promise<readonly ReadonlyMap<string, string>[]>;
  close(): Promise<void>;
}

/**
 * Opens a connection. Throws `settings-invalid` for an address that is none, `store-unavailable` when nobody answers.
 */
export async function connect(address: string): Promise<Connection> {
  const client = clientOf(address);
  let lastFault = 'no answer';
  // Each operation says itself what became of it; without a listener the client writes to the console.
  client.on('error', (error: Error) => {
    lastFault = error.message;
  });
  try {
    await within(OPEN_MS, client.connect());
  } catch (cause) {
    client.disconnect();
    throw new LifelineError(
      'store-unavailable',
      `Redis does not answer (${lastFault}): is it running, and is the address right?`,
      {
        cause,
      },
    );
  }
  const connection = createConnection(client);
  try {
    await connection.sync();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function clientOf(address: string): Client {
  const scheme = /^(redis|rediss|redis\+sentinel|redis\+cluster):\/\//.exec(address)?.[1];
  if (scheme === undefined)
    throw new LifelineError('settings-invalid', 'the address of the store is none that Redis has');
  // Several hosts are no URL; each of them is one.
  const [, login = '', hosts = '', path = ''] =
    /^[a-z+]+:\/\/(?:([^@/]*)@)?([^/?]+)(?:\/([^?]*))?/.exec(address) ?? [];
  const nodes = hosts.split(',').map((host) => {
    const { hostname, port } = new URL(`redis://${host}`);
    return { host: hostname, port: port === '' ? 6379 : Number(port) };
  });
  const [username = '', password] = login.split(':').map(decodeURIComponent);
  const options = {
    connectTimeout: OPEN_MS,
    commandTimeout: ANSWER_MS,
    socketTimeout: 2 * ANSWER_MS,
    maxRetriesPerRequest: 2,
    // A master that became a replica: the client looks for the new one and sends again.
    reconnectOnError: (error: Error): 2 | false => (error.message.startsWith('READONLY') ? 2 : false),
    ...(username === '' ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(scheme === 'rediss' ? { tls: {} } : {}),
  };
  const retryStrategy = (times: number): number => Math.min(50 * times, 1_000);
  if (scheme === 'redis+cluster') {
    return new Cluster(nodes, {
      lazyConnect: true,
      enableAutoPipelining: true,
      redisOptions: options,
      slotsRefreshTimeout: 2_000,
      slotsRefreshInterval: 5_000,
      clusterRetryStrategy: retryStrategy,
    });
  }
  if (scheme === 'redis+sentinel') {
    return new Redis({
      ...options,
      lazyConnect: true,
      retryStrategy,
      sentinels: nodes,
      name: path === '' ? 'mymaster' : path,
      enableAutoPipelining: true,
      sentinelRetryStrategy: retryStrategy,
      ...(password === undefined ? {} : { sentinelPassword: password }),
    });
  }
  const [node = { host: '127.0.0.1', port: 6379 }] = nodes;
  const db = Number(path === '' ? 0 : path);
  return new Redis({ ...options, ...node, db, lazyConnect: true, retryStrategy, enableAutoPipelining: true });
}

function createConnection(client: Client): Connection & { sync(): Promise<void> } {
  let inHand = 0;
  let offset = 0;
  let waiting: Client | null = null;
  const watch = new Watch(ANSWER_MS + 1_000);
  const doing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (inHand >= MAX_IN_HAND)
      throw new LifelineError('store-unavailable', 'Redis is behind: too many operations wait for it');
    inHand += 1;
    const result = work();
    const done = (): void => {
      inHand -= 1;
    };
    result.then(done, done);
    try {
      return await watch.whileInTime(result);
    } catch (error) {
      throw asFault(error);
    }
  };
  const evaluate = async (
    on: Client,
    script: Script,
    keys: readonly string[],
    args: readonly Argument[],
  ): Promise<unknown> => {
    const scripts = on as unknown as Scripting;
    try {
      return await scripts.evalshaBuffer(script.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return scripts.evalBuffer(script.text, keys.length, ...keys, ...args);
    }
  };
  const masters = (): readonly Redis[] => (client instanceof Cluster ? client.nodes('master') : [client]);
  const info = async (): Promise<readonly ReadonlyMap<string, string>[]> =>
    doing(() => Promise.all(masters().map(async (master) => fieldsOf(await master.info()))));
  const sync = async (): Promise<void> => {
    const begun = performance.now();
    const [master] = masters();
    if (master === undefined) throw new LifelineError('store-unavailable', 'the cluster has no master');
    const [seconds, micros] = await doing(() => master.time());
    const half = (performance.now() - begun) / 2;
    offset = Number(seconds) * 1000 + Number(micros) / 1000 + half - performance.now();
  };
  /** A connection of its own: `WAIT` holds up all that comes behind it on the same one. */
  const waitingClient = (): Client => {
    if (waiting !== null) return waiting;
    // Two signatures that only look the same.
    const made: Client = client instanceof Cluster ? client.duplicate() : client.duplicate();
    made.on('error', () => undefined);
    waiting = made;
    return made;
  };
  const again = setInterval(() => {
    // What fails now is tried again in a minute; the operations themselves say that the server is away.
    sync().catch(() => undefined);
  }, SYNC_EVERY_MS);
  again.unref();
  let isFirst = true;
  client.on('ready', () => {
    // Behind a failover the clock may be another one.
    if (!isFirst) sync().catch(() => undefined);
    isFirst = false;
  });

  return {
    now: () => Math.round(performance.now() + offset),
    sync,
    info,
    run: (script, keys, args) => doing(() => evaluate(client, script, keys, args)),
    runReplicated: (script, keys, args) =>
      doing(async () => {
        const on = waitingClient();
        const found = await evaluate(on, script, keys, args);
        const [first = ''] = keys;
        if ((await replicasOf(on, first)) === 0) return found;
        // The same node, and behind the script on its connection: `EXISTS` only names the slot.
        const [, waited] = (await on.pipeline().exists(first).call('WAIT', 1, REPLICA_MS).exec()) ?? [];
        // A replica that went away meanwhile is no replica any more.
        if (Number(waited?.[1] ?? 0) < 1 && (await replicasOf(on, first)) > 0)
          throw new LifelineError('store-unavailable', 'no replica of Redis has the turn yet');
        return found;
      }),
    // Not `call`: with automatic pipelines it loses the name of the command.
    call: (command, ...args) =>
      doing(() => send(client, new Command(command, [...args], { replyEncoding: null }))),
    async *scan(pattern) {
      for (const master of masters()) {
        let cursor = '0';
        do {
          const [next, keys] = await doing(() => master.scan(cursor, 'MATCH', pattern, 'COUNT', 512));
          cursor = next;
          yield* keys;
        } while (cursor !== '0');
      }
    },
    async close() {
      clearInterval(again);
      waiting?.disconnect();
      try {
        await within(1_000, client.quit());
      } catch {
        // It does not answer any more, so there is nobody to take leave of.
      }
      // Not every server hangs up after `QUIT`, and a process lives as long as its connections.
      client.disconnect();
    },
  };
}

/** How many replicas are connected to the master of a key. */
async function replicasOf(client: Client, key: string): Promise<number> {
  const [, role] = (await client.pipeline().exists(key).call('ROLE').exec()) ?? [];
  const [fault, answer] = role ?? [];
  if (fault) throw fault;
  const replicas: unknown = Array.isArray(answer) ? answer[2] : null;
  return Array.isArray(replicas) ? replicas.length : 0;
}

/** The reply of one command. */
async function send(client: Client, command: Command): Promise<unknown> {
  return client.sendCommand(command);
}

function fieldsOf(info: string): ReadonlyMap<string, string> {
  const lines = info.split('\r\n').filter((line) => line.includes(':'));
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const),
  );
}

/** Rejects when it takes longer; what comes of it afterwards concerns nobody. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What Redis and its client say, as a fault of ours; neither quotes values. */
function asFault(error: unknown): unknown {
  if (error instanceof LifelineError || error instanceof TypeError) return error;
  const message = error instanceof Error ? error.message : '';
  const cause = { cause: error };
  if (/^(OOM|MISCONF)|\bOOM command not allowed/.test(message))
    return new LifelineError(
      'store-full',
      'Redis has no room: raise maxmemory or free its disk; nothing was written',
      cause,
    );
  if (/WRONGTYPE|ERR .*(script|Lua)/i.test(message))
    return new LifelineError(
      'store-damaged',
      'a key of the store holds something else than it should',
      cause,
    );
  const words = message.split(/[^A-Za-z ]/, 1)[0]?.slice(0, 60) ?? '';
  return new LifelineError('store-unavailable', `Redis cannot be used now (${words})`, cause);
}
