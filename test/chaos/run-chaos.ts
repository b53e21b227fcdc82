import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { type Chance, createChance } from './chance.js';
import { type Fleet, startFleet } from './fleet.js';
import { type Disturbances, judge, type Verdict } from './ledger.js';
import { type Crowd, gather, type People } from './people.js';
import { CALM, type PlainPlatform, type Rates, startPlainPlatform } from './plain-platform.js';
import { freshSecret, openStoreEnv, type StoreEnv, type StoreName } from './store-env.js';
import type { Guard } from './weaken.js';

export interface ChaosOptions {
  readonly store: StoreName;
  /** Replies to wait for. */
  readonly replies: number;
  /** Longest time for them. */
  readonly seconds: number;
  readonly seed: number;
  /** A guard that is taken away, to see that it is missed. */
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

const ROUGH: Rates = { repeat: 0.05, dropBefore: 0.005, dropAfter: 0.002, limited: 0.005, failing: 0.005 };
/** Pause between two faults of the store (ms). */
const FAULT_EVERY_MS = 3_000;
/** Pause between two faults of Telegram (ms). */
const TELEGRAM_EVERY_MS = 200;
/** What has brought nothing new for so long (ms) never will: longer than any lease, look at the store, and pause. */
const QUIET_MS = 12_000;
/** Share of the replies that come while workers are only asked to end. */
const CALM_SHARE = 0.1;

/** Talks to a fleet of workers that dies all the time, on a store that fails, and compares what was written with what came. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const chance = createChance(options.seed);
  const logFile = join(await mkdtemp(join(tmpdir(), 'lifeline-chaos-')), 'workers.log');
  const env = await openStoreEnv(options.store, chance);
  const telegram = await startTelegramPlatform();
  let fleet: Fleet | null = null;
  const plain = await startPlainPlatform(() => fleet?.ports() ?? [], 'discord', chance);
  try {
    fleet = await startFleet(
      env.workers,
      {
        store: env.setting,
        secret: freshSecret(),
        plainUrl: plain.url,
        telegram: { url: telegram.apiUrl, token: telegram.bot.token },
        without: options.without,
        replicated: env.replicated,
        logFile,
      },
      chance,
    );
    const people = gather(options.crowd, { plain, telegram }, chance);
    return await play(options, { env, fleet, plain, telegram, people, chance, logFile });
  } finally {
    await fleet?.stop();
    await plain.close();
    await telegram.close();
    await env.stop();
  }
}

interface Scene {
  readonly env: StoreEnv;
  readonly fleet: Fleet;
  readonly plain: PlainPlatform;
  readonly telegram: TelegramPlatform;
  readonly people: People;
  readonly chance: Chance;
  readonly logFile: string;
}

async function play(options: ChaosOptions, scene: Scene): Promise<ChaosReport> {
  const { env, fleet, plain, telegram, people, chance, logFile } = scene;
  const end = Date.now() + options.seconds * 1_000;
  const storeFaults: { from: number; to: number }[] = [];
  let isRough = true;
  const roughStore = async (): Promise<void> => {
    for (;;) {
      await wait(FAULT_EVERY_MS / 2 + chance.below(FAULT_EVERY_MS));
      if (!isRough) return;
      const fault = chance.pick(env.faults);
      const entry = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      storeFaults.push(entry);
      await fault?.happen();
      entry.to = Date.now();
    }
  };
  const roughTelegram = async (): Promise<void> => {
    while (isRough) {
      await wait(TELEGRAM_EVERY_MS);
      const { faults } = telegram;
      chance.pick([
        () => faults.next('getUpdates', { kind: 'repeat' }),
        () => faults.next('getUpdates', { kind: 'lose-answer' }),
        () => faults.next('sendMessage', { kind: 'drop' }),
        () => faults.next('sendMessage', { kind: 'error', status: 502, description: 'Bad Gateway' }),
        () => faults.rateLimit('sendMessage', 1),
      ])?.();
    }
  };
  const untilReplies = async (count: number): Promise<void> => {
    people.talk();
    while (people.replies() < count && Date.now() < end) await wait(50);
    await people.hush();
  };

  plain.rates = ROUGH;
  fleet.startKilling();
  const rough = Promise.all([roughStore(), roughTelegram()]);
  await untilReplies(options.replies * (1 - CALM_SHARE));
  isRough = false;
  plain.rates = CALM;
  await Promise.all([rough, fleet.stopKilling()]);
  telegram.faults.clear();
  const isWhole = await settled(scene);

  const calmFrom = Date.now();
  // What is lost already is not found by going on.
  if (isWhole) {
    await Promise.all([untilReplies(options.replies), fleet.rollingRestart()]);
    await settled(scene);
  }

  const disturbances: Disturbances = { kills: fleet.kills, storeFaults, calmFrom };
  const verdict = judge(people.talks(), disturbances);
  return {
    ...verdict,
    wrongs: [...verdict.wrongs, ...fleet.faults],
    kills: fleet.kills.length,
    storeFaults: storeFaults.length,
    startedInMs: fleet.startedInMs,
    logFile,
  };
}

/** Waits until everything has come that was to come; `false` when it does not come any more. */
async function settled({ people, plain }: Scene): Promise<boolean> {
  let [last, changedAt] = [-1, Date.now()];
  for (;;) {
    if (people.waiting().length === 0 && plain.unacknowledged === 0) return true;
    const replies = people.replies();
    if (replies !== last) [last, changedAt] = [replies, Date.now()];
    if (Date.now() - changedAt > QUIET_MS) return false;
    await wait(100);
  }
}
