import { Redis } from 'ioredis';
import type { Bundle } from '../src/content/index.js';
import type { SendRates, Store } from '../src/model/index.js';
import { UNLIMITED } from '../src/model/index.js';
import { openRedisStore } from '../src/store/redis.js';
import { createBenchPlatform, TALK } from './dialogue.js';
import { median, printFigure } from './figure.js';
import { encryptedKeyring } from './keyrings.js';
import type { BenchRedis } from './redis-server.js';
import { type Rig, rig, talk } from './rig.js';

const AREA = 'store';
const RUNS = 3;
const TALKS = 100;
const MESSAGES = TALKS * (TALK.length + 1);
/** Far more a second than are sent, with Telegram's burst: tokens are taken in its batches, and nobody waits. */
const RATES: SendRates = {
  platform: { perSecond: 1_000_000, burst: 30 },
  direct: UNLIMITED,
  public: UNLIMITED,
};

/** Commits and commands of a message and its reply: conversations on one worker, and each message on any of two. */
export async function benchMessages(redis: BenchRedis, bundle: Bundle): Promise<void> {
  await measure(redis, bundle, { name: 'one worker', workers: 1, commits: 1.3 });
  await measure(redis, bundle, {
    name: 'two workers, each message to any of them',
    workers: 2,
    commits: 2.1,
  });
  await lookCosts(redis);
}

interface Setup {
  readonly name: string;
  readonly workers: number;
  /** The most commits a message that are aimed at. */
  readonly commits: number;
}

async function measure(redis: BenchRedis, bundle: Bundle, setup: Setup): Promise<void> {
  const commits: number[] = [];
  const trips: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await redis.empty();
    let count = 0;
    const platform = createBenchPlatform(RATES);
    const rigs: Rig[] = [];
    for (let worker = 0; worker < setup.workers; worker += 1) {
      const store = counting(await openEncrypted(redis), () => {
        count += 1;
      });
      rigs.push(rig(bundle, store, `bench-${worker}`, platform));
    }
    const [first] = rigs;
    if (first === undefined) continue;
    // Which worker is next is drawn by a generator of its own, so that every run draws the same.
    let state = 1;
    const route = (): Rig => {
      state = (state * 48_271) % 2_147_483_647;
      return rigs[state % rigs.length] ?? first;
    };
    const sent = await commandsOf(redis, async () => {
      for (let user = 0; user < TALKS; user += 1) await talk(first, user, route);
    });
    commits.push(count / MESSAGES);
    trips.push(sent / MESSAGES);
    for (const { runtime } of rigs) await runtime.store.close();
  }
  printFigure({
    area: AREA,
    figure: `commits a message, ${setup.name}`,
    unit: 'commits',
    runs: commits,
    aim: `at most ${setup.commits}`,
    met: median(commits) <= setup.commits,
  });
  printFigure({
    area: AREA,
    figure: `commands to Redis a message and its reply, ${setup.name}`,
    unit: 'commands',
    runs: trips,
    aim: 'at most 2.5',
    met: median(trips) <= 2.5,
  });
}

/** What a worker asks for besides, once a second. */
async function lookCosts(redis: BenchRedis): Promise<void> {
  const store = await openEncrypted(redis);
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const sent = await commandsOf(redis, async () => {
      await store.dueLanes(store.now(), 256);
      await store.claimTimers(store.now(), 256, 3_000);
      await store.nextDue();
    });
    runs.push(sent);
  }
  await store.close();
  printFigure({
    area: AREA,
    figure: 'commands of a look at what is due, over the 64 partitions, once a second in three pipelines',
    unit: 'commands',
    runs,
  });
}

function openEncrypted(redis: BenchRedis): Promise<Store> {
  return openRedisStore({ url: redis.url, keyring: encryptedKeyring });
}

function counting(store: Store, told: () => void): Store {
  return {
    ...store,
    commit: (commit) => {
      told();
      return store.commit(commit);
    },
  };
}

/** Commands that clients send while `work` runs, by what `MONITOR` shows; those inside scripts are not counted. */
async function commandsOf(redis: BenchRedis, work: () => Promise<unknown>): Promise<number> {
  const client = new Redis(redis.port, '127.0.0.1');
  const monitor = await client.monitor();
  let count = 0;
  let isOver: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  monitor.on('monitor', (_time: string, [command, word]: readonly string[], source: string) => {
    if (command?.toLowerCase() === 'echo' && word === 'over') isOver();
    else if (source !== 'lua') count += 1;
  });
  await work();
  // Everything before it has been shown once this is.
  await client.echo('over');
  await over;
  monitor.disconnect();
  client.disconnect();
  return count;
}
