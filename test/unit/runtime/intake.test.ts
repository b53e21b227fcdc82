import { describe, expect, it } from 'vitest';
import { type Intake, type Lease, LifelineError, type Store } from '../../../src/model/index.js';
import { startIntake } from '../../../src/runtime/intake.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { keptLog } from '../../support/engine.js';
import { START } from '../../support/talk.js';

const STEP_MS = 100;
/** How soon another worker has taken over from a dead one. */
const TAKEN_OVER_MS = 3_000;

/** Workers on one store, which have the same fake clock. */
function setUp() {
  const clock = createFakeClock(START);
  const memory = createMemoryStore({ clock: clock.now });
  const working: string[] = [];
  const join = (name: string, store: Partial<Store> = {}) => {
    const held: (Lease | null)[] = [];
    const log = keptLog();
    const mine = createFakeClock(START);
    const intake: Intake = startIntake(
      {
        store: { ...memory, ...store },
        clock: mine,
        log,
        worker: name,
        platform: 'telegram',
        held: (lease) => held.push(lease),
      },
      'telegram:1',
      async (lost) => {
        working.push(name);
        await new Promise((resolve) => lost.addEventListener('abort', resolve));
        working.splice(working.indexOf(name), 1);
      },
    );
    return { intake, held, log, clock: mine };
  };
  /** Lets time go by for the workers that live. */
  const pass = async (ms: number, ...alive: readonly ReturnType<typeof join>[]): Promise<void> => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      clock.moveTo(clock.now() + STEP_MS);
      for (const worker of alive) worker.clock.moveTo(clock.now());
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
  };
  return { join, pass, working };
}

describe('the intake of a platform', () => {
  it('is with one of several workers', async () => {
    const { join, pass, working } = setUp();
    const workers = [join('one'), join('two'), join('three')];
    await pass(10_000, ...workers);
    expect(working).toHaveLength(1);
  });

  it('is taken over from a worker that died, within three seconds and with a higher token', async () => {
    const { join, pass, working } = setUp();
    const one = join('one');
    await pass(1_000, one);
    const two = join('two');
    await pass(1_000, one, two);
    expect(working).toEqual(['one']);
    await pass(TAKEN_OVER_MS, two);
    expect(working).toContain('two');
    expect(two.held.at(-1)?.token).toBeGreaterThan(one.held.at(-1)?.token ?? Number.POSITIVE_INFINITY);
  });

  it('is handed over at once by a worker that ends', async () => {
    const { join, pass, working } = setUp();
    const one = join('one');
    const two = join('two');
    await pass(1_000, one, two);
    await one.intake.stop();
    expect(one.held.at(-1)).toBeNull();
    await pass(600, two);
    expect(working).toEqual(['two']);
  });

  it('keeps its lease until the work has ended, so that the last of it is still written', async () => {
    const { join, pass } = setUp();
    const one = join('one');
    await pass(600, one);
    const stopping = one.intake.stop();
    expect(one.held.at(-1)).not.toBeNull();
    await stopping;
    expect(one.held.at(-1)).toBeNull();
  });

  it('ends the work of a worker that cannot reach the store', async () => {
    const { join, pass, working } = setUp();
    let isAway = false;
    const memory = createMemoryStore();
    const one = join('one');
    await pass(600, one);
    expect(working).toEqual(['one']);
    const cut = join('cut', {
      takeLease: (...taking) => {
        if (isAway) return Promise.reject(new LifelineError('store-unavailable', 'away'));
        return memory.takeLease(...taking);
      },
    });
    await pass(600, one, cut);
    expect(working).toEqual(['one', 'cut']);
    isAway = true;
    await pass(2_000, one, cut);
    expect(working).toEqual(['one']);
    expect(cut.held.at(-1)).toBeNull();
    expect(cut.log.lines.some(({ event }) => event === 'intake-unknown')).toBe(true);
  });
});
