import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyStateMachine, createMachine, transition } from 'xstate';
import type { Bundle } from '../src/content/index.js';
import { readContentFiles } from '../src/content/read-files.js';
import { compileMachine } from '../src/conversation/compile.js';
import { machineImplementation } from '../src/conversation/implementation.js';
import type { MachineContext } from '../src/conversation/machine-context.js';
import { createGuard, createLookUp } from '../src/guard/index.js';
import { createKeyring } from '../src/infra/at-rest.js';
import { createEngine } from '../src/live-content.js';
import { compile } from '../src/load-content.js';
import type { ConversationId } from '../src/model/index.js';
import { openLmdbStore } from '../src/store/lmdb.js';
import { createMemoryStore } from '../src/store/memory.js';
import { OPENING, TALK } from './dialogue.js';
import { median, microsecondsEach, printFigure } from './figure.js';
import { rig, talk } from './rig.js';

const AREA = 'engine';
const RUNS = 5;
const TALKS = 400;
/** Figures of the whole path in one process: turns, start, memory. */
export async function benchEngine(): Promise<void> {
  const bundle = compile(await readContentFiles('.'));
  await turnCosts(bundle);
  await againstBotbuilder(bundle);
  await durableTurns(bundle);
  startToPrompt();
  await memoryOfConversations(bundle);
}

async function turnCosts(bundle: Bundle): Promise<void> {
  const bare = bareTransition(bundle);
  const understanding = createEngine(bundle, new Uint8Array(32)).understanding;
  understanding.warm('en');
  const guard = createGuard();
  const choices = TALK.map((value) => ({ value, label: value, means: [] }));
  const parts = {
    bare: [] as number[],
    textBase: [] as number[],
    button: [] as number[],
    text: [] as number[],
  };
  for (let run = 0; run <= RUNS; run += 1) {
    const path = rig(bundle, createMemoryStore());
    const base = await microsecondsEach(2000, bare.pick);
    const textBase = await microsecondsEach(2000, (index) => {
      bare.intent();
      const { clean } = guard.inspect(`telegram:${index}:${index}` as ConversationId, OPENING, index);
      understanding.understand(clean, understanding.localeOf(clean) ?? 'en', { choices, expects: [] });
    });
    const costs = [];
    for (let user = 0; user < TALKS; user += 1) costs.push(await talk(path, user));
    if (run === 0) continue; // the first run warms the machine up
    parts.bare.push(base);
    parts.textBase.push(textBase);
    parts.button.push(median(costs.map((cost) => cost.button)));
    parts.text.push(median(costs.map((cost) => cost.text)));
  }
  const ratio = (over: readonly number[], under: readonly number[]): number[] =>
    over.map((value, index) => value / (under[index] ?? Number.NaN));
  printFigure({
    area: AREA,
    figure: 'bare transition() of the shipped machine',
    unit: 'µs',
    runs: parts.bare,
  });
  printFigure({ area: AREA, figure: 'button turn, whole path in memory', unit: 'µs', runs: parts.button });
  const buttons = ratio(parts.button, parts.bare);
  printFigure({
    area: AREA,
    figure: 'button turn / bare transition()',
    unit: 'ratio',
    runs: buttons,
    aim: 'at most 3',
    met: median(buttons) <= 3,
  });
  printFigure({ area: AREA, figure: 'transition + guard + understanding', unit: 'µs', runs: parts.textBase });
  printFigure({ area: AREA, figure: 'text turn, whole path in memory', unit: 'µs', runs: parts.text });
  const texts = ratio(parts.text, parts.textBase);
  printFigure({
    area: AREA,
    figure: 'text turn / (transition + guard + understanding)',
    unit: 'ratio',
    runs: texts,
    aim: 'at most 3',
    met: median(texts) <= 3,
  });
}

/** `transition()` alone, on the machine and context of a real question. */
function bareTransition(bundle: Bundle): { pick: () => unknown; intent: () => unknown } {
  const config = compileMachine(bundle, { traced: false });
  const machine = createMachine(config as never).provide(
    machineImplementation(bundle, createLookUp(bundle.registry)) as never,
  ) as unknown as AnyStateMachine;
  const context: MachineContext = {
    flow: 'idle',
    step: 'idle',
    stack: [],
    slots: {},
    tries: 0,
    dueAt: null,
    resumeDueAt: null,
    later: null,
    asked: [],
    misses: 0,
    now: 0,
    platform: 'telegram',
    locale: 'en',
    public: false,
    challenge: null,
    deadline: null,
    verifies: 'no' as const,
  };
  const idle = machine.resolveState({ value: 'idle', context });
  const [asking] = transition(machine, idle, { type: 'intent.forgot-password' });
  return {
    pick: () => transition(machine, asking, { type: 'pick.login' }),
    intent: () => transition(machine, idle, { type: 'intent.forgot-password' }),
  };
}

async function againstBotbuilder(bundle: Bundle): Promise<void> {
  const folder = join(import.meta.dirname, '../../bench/peers');
  if (!existsSync(join(folder, 'node_modules')))
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'ignore' });
  const turns = TALK.length + 1;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const path = rig(bundle, createMemoryStore());
    for (let user = 0; user < 100; user += 1) await talk(path, user);
    const each = await microsecondsEach(TALKS, (index) => talk(path, 1000 + index));
    ours.push((turns * 1e6) / each);
    const output = execFileSync(process.execPath, ['botbuilder.mjs', String(TALKS), String(turns)], {
      cwd: folder,
      encoding: 'utf8',
    });
    const peer = JSON.parse(output) as { turns: number; ms: number };
    theirs.push((peer.turns * 1000) / peer.ms);
  }
  const ratios = ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
  printFigure({
    area: AREA,
    figure: 'turns a second in memory, one text and five buttons',
    unit: 'turns/s',
    runs: ours,
  });
  printFigure({
    area: AREA,
    figure: 'botbuilder 4.23 waterfall of the same length, memory storage',
    unit: 'turns/s',
    runs: theirs,
  });
  printFigure({
    area: AREA,
    figure: 'Lifeline / botbuilder',
    unit: 'ratio',
    runs: ratios,
    aim: 'at least 2',
    met: median(ratios) >= 2,
  });
}

/** 64 conversations at once on LMDB; a turn counts when its commit is durable. */
async function durableTurns(bundle: Bundle): Promise<void> {
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-bench-'));
    const store = await openLmdbStore({ path: folder, keyring: createKeyring([new Uint8Array(32)]) });
    const path = rig(bundle, store);
    const each = 20;
    const from = process.hrtime.bigint();
    await Promise.all(
      Array.from({ length: 64 }, async (_, lane) => {
        for (let index = 0; index < each; index += 1) await talk(path, lane * 1000 + index);
      }),
    );
    runs.push((64 * each * (TALK.length + 1)) / (Number(process.hrtime.bigint() - from) / 1e9));
    await store.close();
    await rm(folder, { recursive: true });
  }
  printFigure({
    area: AREA,
    figure: 'durable turns on LMDB, 64 conversations in flight',
    unit: 'turns/s',
    runs,
    aim: 'at least 3000',
    met: median(runs) >= 3000,
  });
}

/** From the start of the process to the first words on the terminal. */
function startToPrompt(): void {
  const runs: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const from = process.hrtime.bigint();
    const { stdout } = spawnSync(
      process.execPath,
      ['dist/src/cli/lifeline.js', 'chat', '--locale', 'zh-CN', '--at', 'welcome', '--no-color'],
      { encoding: 'utf8', input: '' },
    );
    if (stdout.length === 0) throw new Error('the chat printed nothing');
    if (run > 0) runs.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
  printFigure({
    area: AREA,
    figure: 'start to first prompt, process start and end included',
    unit: 'ms',
    runs,
    aim: 'at most 1500',
    met: median(runs) <= 1500,
  });
}

async function memoryOfConversations(bundle: Bundle): Promise<void> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('run with node --expose-gc');
  const path = rig(bundle, createMemoryStore());
  for (let user = 0; user < 100; user += 1) await talk(path, user);
  const heap = (): number => {
    for (let round = 0; round < 3; round += 1) collect();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  for (let user = 100; user < 10_100; user += 1) await talk(path, user);
  const grown = (heap() - before) / 1e6;
  await path.runtime.store.close();
  printFigure({
    area: AREA,
    figure: 'heap for 10,000 open conversations on the memory store, seen-marks included',
    unit: 'MB',
    runs: [grown],
  });
}
