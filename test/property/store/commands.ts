import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type CommitResult, LifelineError } from '../../../src/model/index.js';
import { sweepAll } from '../../contract/store/fixture.js';
import { type Act, act, callOf, isPossible } from './acts.js';
import * as calls from './calls.js';
import { compare } from './compare.js';
import type { Fleet } from './fleet.js';
import { perform } from './perform.js';
import { commitOf, inboundOf, type Plan, plan } from './turns.js';
import { CONVERSATIONS, nth, WORKERS, type World } from './worker.js';

type Command = fc.AsyncCommand<World, Fleet>;

/** Several workers make a call at once, each one; a single worker does so most of the time. */
class Together implements Command {
  readonly #acts: readonly Act[];

  constructor(acts: readonly Act[]) {
    this.#acts = acts;
  }

  check(world: World): boolean {
    return this.#acts.some((each) => isPossible(world, each));
  }

  async run(world: World, fleet: Fleet): Promise<void> {
    const made: calls.Call[] = [];
    for (const each of this.#acts) {
      if (!isPossible(world, each)) continue;
      const call = await callOf(world, fleet, each);
      if (call !== null) made.push(call);
    }
    await perform(world, fleet, made);
    await compare(world, fleet, world.serial % WORKERS);
  }

  toString(): string {
    return this.#acts.map((each) => `w${each.worker} ${JSON.stringify(each.does)}`).join(' & ');
  }
}

/** Time goes on; what has outlived its lifetime may be swept away. */
class Pass implements Command {
  readonly #ms: number;
  readonly #sweeps: boolean;

  constructor(ms: number, sweeps: boolean) {
    this.#ms = ms;
    this.#sweeps = sweeps;
  }

  check(): boolean {
    return true;
  }

  async run(world: World, fleet: Fleet): Promise<void> {
    world.now += this.#ms;
    if (this.#sweeps && fleet.sweeps) {
      const { removed, ended } = world.model.sweep(world.now);
      expect(await sweepAll(fleet.store(0), world.now), 'sweep').toBe(removed);
      world.ledger.ended(ended);
    }
    await compare(world, fleet, world.serial % WORKERS);
  }

  toString(): string {
    return `${this.#ms} ms pass${this.#sweeps ? ', sweep' : ''}`;
  }
}

/** A worker loses all it holds, between two of its calls. */
class Crash implements Command {
  readonly #worker: number;

  constructor(worker: number) {
    this.#worker = worker;
  }

  check(): boolean {
    return true;
  }

  async run(world: World, fleet: Fleet): Promise<void> {
    await fleet.crash(this.#worker);
    afterCrash(world, fleet, this.#worker);
    await compare(world, fleet, this.#worker);
  }

  toString(): string {
    return `w${this.#worker} crashes`;
  }
}

/** A worker ends while its commit is under way, and never learns what came of it; the update is delivered again. */
class CrashInCommit implements Command {
  readonly #worker: number;
  readonly #talk: number;
  readonly #plan: Plan;
  /**
   * Whether the commit has left the worker, and whether the model may know its answer, which else shows in what is
   * stored.
   */
  readonly #how: { readonly hasLeft: boolean; readonly isTold: boolean };

  constructor(worker: number, talk: number, made: Plan, how: { hasLeft: boolean; isTold: boolean }) {
    this.#worker = worker;
    this.#talk = talk;
    this.#plan = made;
    this.#how = how;
  }

  check(): boolean {
    return true;
  }

  async run(world: World, fleet: Fleet): Promise<void> {
    const worker = nth(world.workers, this.#worker);
    const conversation = nth(CONVERSATIONS, this.#talk);
    const inbound = inboundOf(world, conversation, 0, null);
    const loaded = worker.cache.get(conversation) ?? world.model.load(conversation);
    const made = commitOf(world, worker, inbound, { plan: this.#plan, loaded });
    const crash = async (): Promise<void> => {
      if (this.#how.hasLeft) await setImmediate();
      await fleet.crash(this.#worker);
    };
    const [lost] = await Promise.allSettled([fleet.store(this.#worker).commit(made), crash()]);
    if (lost.status === 'rejected') expect(lost.reason).toBeInstanceOf(LifelineError);
    const answer = lost.status === 'fulfilled' && this.#how.isTold ? lost.value : null;

    const before = world.model.copy();
    const first = world.model.commit(made, answer);
    if (answer !== null) expect(answer, 'commit').toEqual(first);
    const store = fleet.store(this.#worker);
    const found = await store.load(conversation);
    const again = calls.commit(world, worker, { ...made, expectedVersion: found.version });
    const second: CommitResult = await store.commit({ ...made, expectedVersion: found.version });
    if (answer === null) world.model.load(conversation, found);
    const came = world.model.copy();
    const isTaken =
      answer !== null ||
      (isDeepStrictEqual(came.load(conversation), found) &&
        isDeepStrictEqual(came.commit({ ...made, expectedVersion: found.version }, second), second));
    if (isTaken && first.kind === 'ok') world.ledger.acknowledged(made);
    if (!isTaken) world.model = before;
    afterCrash(world, fleet, this.#worker);
    expect(second, 'the commit again').toEqual(again.replay(world.model, second, true));
    again.learn(second);
    await compare(world, fleet, this.#worker);
  }

  toString(): string {
    return `w${this.#worker} crashes in a commit ${this.#talk} ${JSON.stringify([this.#plan, this.#how])}`;
  }
}

function afterCrash(world: World, fleet: Fleet, crashed: number): void {
  if (!fleet.isOneProcess) {
    nth(world.workers, crashed).crash();
    return;
  }
  for (const worker of world.workers) worker.crash();
  world.model.shared.restart();
  world.ledger.restarted();
}

const SECOND_MS = 1_000;
const passMs = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(SECOND_MS, 3 * SECOND_MS, 5 * SECOND_MS) },
  { weight: 2, arbitrary: fc.constantFrom(60 * SECOND_MS, 3_600 * SECOND_MS, 90_000 * SECOND_MS) },
);
const one = act.map((only) => new Together([only]));
const several = fc
  .uniqueArray(act, { minLength: 2, maxLength: WORKERS, selector: (each) => each.worker })
  .map((acts) => new Together(acts));
const worker = fc.nat(WORKERS - 1);
const how = fc.record({ hasLeft: fc.boolean(), isTold: fc.boolean() });

/** Random lives of a few workers, at most `max` commands long. */
export function lives(max: number): fc.Arbitrary<Iterable<Command>> {
  const command: fc.Arbitrary<Command> = fc.oneof(
    { weight: 16, arbitrary: one },
    { weight: 5, arbitrary: several },
    { weight: 4, arbitrary: fc.tuple(passMs, fc.boolean()).map(([ms, sweeps]) => new Pass(ms, sweeps)) },
    { weight: 1, arbitrary: worker.map((crashed) => new Crash(crashed)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(worker, fc.nat(CONVERSATIONS.length - 1), plan, how)
        .map(([crashed, talk, made, told]) => new CrashInCommit(crashed, talk, made, told)),
    },
  );
  return fc.commands([command], { maxCommands: max, size: 'max' });
}
