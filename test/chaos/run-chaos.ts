import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createKeyring } from '../../src/infra/at-rest.js';
import type { Store } from '../../src/model/index.js';
import { openStore } from '../../src/store/open.js';
import { startTelegramPlatform } from '../platforms/telegram/server.js';
import { createChance } from './chance.js';
import { type Fleet, startFleet } from './fleet.js';
import { type Disturbances, judge, type Verdict } from './ledger.js';
import { type Crowd, gather, type People } from './people.js';
import { type PlainPlatform, startPlainPlatform } from './plain-platform.js';
import { freshSecret, openStoreEnv, type StoreName } from './store-env.js';
import { createTrouble, type Trouble } from './trouble.js';
import type { Guard } from './weaken.js';

export interface ChaosOptions {
  readonly store: StoreName;
  /** Replies to wait for. */
  readonly replies: number;
  /** Longest time for them. */
  readonly seconds: number;
  readonly seed: number;
  /** Store and network do well, and only workers die. */
  readonly onlyKills: boolean;
  /** A guard that is taken away, to see that it is missed; the run ends when it was. */
  readonly without: Guard | null;
  readonly crowd: Crowd;
}

/** What a run came to. */
export interface ChaosReport extends Verdict {
  readonly kills: number;
  readonly storeFaults: number;
  /** From the start of a process until it was ready (ms). */
  readonly startedInMs: readonly number[];
  /** Where the workers wrote their logs. */
  readonly logFile: string;
}

/** What has brought nothing new for so long (ms), while the store has nothing that waits for its time, never will. */
const QUIET_MS = 12_000;
/** Longest pause between two tries of a row (ms), and some more. */
const LONGEST_MS = 360_000;
/** So many replies at most for each kill: a run goes on until there were enough of both. */
const REPLIES_A_KILL = 200;
/** Share of the replies that come while workers are only asked to end. */
const CALM_SHARE = 0.1;

/**
 * Talks to a fleet of workers that dies all the time, on a store that fails, and compares what was written with what
 * came.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const chance = createChance(options.seed);
  const logFile = join(await mkdtemp(join(tmpdir(), 'lifeline-chaos-')), 'workers.log');
  const env = await openStoreEnv(options.store, chance);
  const telegram = await startTelegramPlatform();
  const secret = freshSecret();
  let fleet: Fleet | null = null;
  let look: Store | null = null;
  const plain = await startPlainPlatform(() => fleet?.ports() ?? [], 'discord', chance);
  try {
    fleet = await startFleet(
      env.workers,
      {
        store: env.setting,
        secret,
        plainUrl: plain.url,
        telegram: { url: telegram.apiUrl, token: telegram.bot.token },
        without: options.without,
        replicated: env.replicated,
        maxSkewMs: env.maxSkewMs,
        logFile,
      },
      chance,
    );
    look = await openStore(env.setting, {
      keyring: createKeyring([Buffer.from(secret, 'base64')]),
      tool: true,
    });
    const people = gather(options.crowd, { plain, telegram }, chance);
    const trouble = createTrouble(env.faults, { plain, telegram }, chance);
    const disturbances = await play(options, { fleet, plain, people, trouble, store: look });
    const verdict = judge(people.talks(), disturbances);
    return {
      ...verdict,
      wrongs: [...verdict.wrongs, ...fleet.faults],
      kills: fleet.kills.length,
      storeFaults: trouble.storeFaults.length,
      startedInMs: fleet.startedInMs,
      logFile,
    };
  } finally {
    await fleet?.stop();
    await look?.close();
    await plain.close();
    await telegram.close();
    await env.stop();
  }
}

interface Scene {
  readonly fleet: Fleet;
  readonly plain: PlainPlatform;
  readonly people: People;
  readonly trouble: Trouble;
  /** Beside the workers, to see what waits. */
  readonly store: Store;
}

/** First everything goes wrong, then nothing does but that workers are asked to end, one after another. */
async function play(options: ChaosOptions, scene: Scene): Promise<Disturbances> {
  const { fleet, people, trouble } = scene;
  const end = Date.now() + options.seconds * 1_000;
  const { kills, settled } = fleet;
  const { storeFaults } = trouble;
  const talkUntil = async (isEnough: () => boolean): Promise<void> => {
    people.talk();
    while (!isEnough() && Date.now() < end) await wait(50);
    await people.hush();
  };
  /** Whether a guard that was taken away is missed already. */
  const isMissed = (): boolean => {
    if (options.without === null) return false;
    const { outOfOrder, doubledBy } = judge(people.talks(), {
      kills,
      settled,
      storeFaults,
      calmFrom: Infinity,
    });
    return outOfOrder > 0 || doubledBy.unexplained > 0;
  };

  if (!options.onlyKills) trouble.begin();
  fleet.startKilling();
  const enoughReplies = options.replies * (1 - CALM_SHARE);
  const enoughKills = options.replies / REPLIES_A_KILL;
  await talkUntil(() => isMissed() || (people.replies() >= enoughReplies && kills.length >= enoughKills));
  await Promise.all([trouble.end(), fleet.stopKilling()]);
  if (isMissed()) return { kills, settled, storeFaults, calmFrom: Infinity };
  const isWhole = await untilSettled(scene);
  const calmFrom = Date.now();
  // What is lost already is not found by going on.
  if (isWhole) {
    await Promise.all([talkUntil(() => people.replies() >= options.replies), fleet.rollingRestart()]);
    await untilSettled(scene);
  }
  return { kills, settled, storeFaults, calmFrom };
}

/** Waits until everything has come that was to come; `false` when it does not come any more. */
async function untilSettled({ people, plain, store }: Scene): Promise<boolean> {
  const begun = Date.now();
  let [last, changedAt] = [-1, begun];
  for (;;) {
    if (people.waiting().length === 0 && plain.unacknowledged === 0) return true;
    const replies = people.replies();
    const due = await store.nextDue();
    const isLater = due !== null && due > store.now();
    if (replies !== last || (isLater && Date.now() - begun < LONGEST_MS))
      [last, changedAt] = [replies, Date.now()];
    if (Date.now() - changedAt > QUIET_MS) return false;
    await wait(100);
  }
}
