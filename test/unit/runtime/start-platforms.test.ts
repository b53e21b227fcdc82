import { describe, expect, it } from 'vitest';
import { type Adapter, type AdapterHost, LifelineError, type Platform } from '../../../src/model/index.js';
import { createHealth } from '../../../src/runtime/health.js';
import { createPlatforms, type PlatformRefusal } from '../../../src/runtime/start-platforms.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { keptLog, openStage } from '../../support/engine.js';
import { START } from '../../support/talk.js';

const works = () => Promise.resolve();
const soon = () => new Promise((resolve) => setImmediate(resolve));
const wrongToken = (who: string) => new LifelineError('platform-refused', `${who} refused getMe: 401`);

const NOBODY: AdapterHost = {
  receive: async () => ({ kind: 'ignored', why: 'nobody' }),
  delivered: works,
  log: keptLog(),
  clock: createFakeClock(START),
  values: { get: async () => null, set: async () => true },
  intake: () => ({ stop: works }),
  commands: [],
};

/** Platforms by how each try of theirs to start ends; the last one stands for all later ones. */
function setUp(tries: Partial<Record<Platform, readonly (() => Promise<void>)[]>>) {
  const clock = createFakeClock(START);
  const log = keptLog();
  const started: string[] = [];
  const stopped: string[] = [];
  const refusals: PlatformRefusal[] = [];
  const adapters = new Map<Platform, Adapter>(
    (Object.keys(tries) as Platform[]).map((platform) => {
      let count = 0;
      const start = async (): Promise<void> => {
        started.push(platform);
        const all = tries[platform] ?? [];
        count += 1;
        await (all[count - 1] ?? all.at(-1))?.();
      };
      const stop = async (): Promise<void> => void stopped.push(platform);
      return [platform, { ...openStage(), start, stop }];
    }),
  );
  const health = createHealth({
    platforms: adapters.keys(),
    store: () => ({ status: 'ok', operations: 0, oldestMs: 0 }),
    waiting: () => 0,
    bundle: () => 'abc',
  });
  const platforms = createPlatforms({
    adapters,
    hostOf: () => NOBODY,
    clock,
    log,
    health,
    refused: (refusal) => void refusals.push(refusal),
    bundle: () => 'abc',
  });
  return { clock, log, started, stopped, refusals, health, platforms };
}

const fails = (who: string) => () => Promise.reject(wrongToken(who));
/** A connection that is waited for. */
const waits = () => new Promise<void>(() => undefined);

describe('platforms', () => {
  it('start side by side, and one that refuses us is told of and keeps none from starting', async () => {
    const { platforms, health, log, refusals } = setUp({ telegram: [fails('Telegram')], discord: [works] });
    await platforms.start();
    expect(health.report()).toMatchObject({
      ready: true,
      platforms: { telegram: 'refused', discord: 'running' },
      reasons: ['telegram is refused: Telegram refused getMe: 401'],
    });
    expect(refusals).toEqual([
      { platform: 'telegram', why: 'Telegram refused getMe: 401', retryInMs: 30_000 },
    ]);
    expect(log.lines).toContainEqual({
      event: 'platform-refused',
      platform: 'telegram',
      code: 'platform-refused',
      count: 1,
      durationMs: 30_000,
    });
  });

  it('that refused us are tried again, less and less often, until they start', async () => {
    const { platforms, clock, started, refusals, health } = setUp({
      telegram: [...Array.from({ length: 6 }, () => fails('Telegram')), works],
      discord: [works],
    });
    await platforms.start();
    for (const pause of [30_000, 60_000, 120_000, 240_000, 300_000, 300_000]) {
      expect(refusals.at(-1)?.retryInMs).toBe(pause);
      const before = started.length;
      clock.moveTo(clock.now() + pause - 1);
      await soon();
      expect(started).toHaveLength(before);
      clock.moveTo(clock.now() + 1);
      await soon();
      expect(started).toHaveLength(before + 1);
    }
    expect(health.report()).toMatchObject({ reasons: [], platforms: { telegram: 'running' } });
    clock.moveTo(clock.now() + 3_600_000);
    await soon();
    expect(started.filter((platform) => platform === 'telegram')).toHaveLength(7);
  });

  it('that refuse us are told of although another one waits for its connection', async () => {
    const { platforms, health, refusals } = setUp({ slack: [fails('Slack')], discord: [waits] });
    void platforms.start();
    await soon();
    expect(refusals).toMatchObject([{ platform: 'slack' }]);
    expect(health.report()).toMatchObject({
      ready: false,
      platforms: { slack: 'refused', discord: 'starting' },
    });
  });

  it('that all refuse us end the start with what each said', async () => {
    const one = setUp({ telegram: [fails('Telegram')] });
    await expect(one.platforms.start()).rejects.toMatchObject({ message: 'Telegram refused getMe: 401' });
    expect(one.refusals).toEqual([]);
    const two = setUp({ telegram: [fails('Telegram')], slack: [fails('Slack')] });
    await expect(two.platforms.start()).rejects.toMatchObject({
      code: 'platform-refused',
      message: 'Telegram refused getMe: 401\nSlack refused getMe: 401',
    });
  });

  it('with an unexpected fault say nothing of it', async () => {
    const { platforms, health } = setUp({
      telegram: [() => Promise.reject(new Error('with a token in it'))],
      discord: [works],
    });
    await platforms.start();
    expect(health.report().reasons).toEqual(['telegram is refused: an unexpected fault']);
  });

  it('are tried no more once they stop, and none is running then', async () => {
    let connect = (): void => undefined;
    const late = () =>
      new Promise<void>((resolve) => {
        connect = resolve;
      });
    const { platforms, clock, started, stopped, health } = setUp({
      telegram: [fails('Telegram'), works],
      discord: [works],
      slack: [late],
    });
    const starting = platforms.start();
    await soon();
    await platforms.stop();
    connect();
    await starting;
    clock.moveTo(clock.now() + 3_600_000);
    await soon();
    expect(started).toEqual(['telegram', 'discord', 'slack']);
    expect(stopped).toEqual(['telegram', 'discord', 'slack']);
    expect(health.report().platforms).toEqual({ telegram: 'stopped', discord: 'stopped', slack: 'stopped' });
  });
});
