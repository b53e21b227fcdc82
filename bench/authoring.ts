import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fingerprint } from '../src/authoring/reload/read-settled.js';
import { buildBundle, type ContentFiles, formatFinding } from '../src/content/index.js';
import { readContentFiles } from '../src/content/read-files.js';
import { createHotReload } from '../src/hot-reload.js';
import { systemClock } from '../src/infra/clock.js';
import { openModelShelf } from '../src/infra/model-shelf.js';
import { createLiveContent } from '../src/live-content.js';
import type { Log, LogFields } from '../src/model/index.js';
import { createMemoryStore } from '../src/store/memory.js';
import { median, printFigure } from './figure.js';
import { multiplied } from './multiplied-content.js';

const AREA = 'authoring';
const RUNS = 5;
/** A start is slow to measure: it is a process each time. */
const START_RUNS = 3;
const TEXTS = 'locales/en/texts.yaml';
const FLOW = 'flows/mail-missing.yaml';

/**
 * From a save to what people hear, a whole check, and from a start to the first words; `sizes` are multiples of the
 * shipped content.
 */
export async function benchAuthoring(sizes = '1,10,100'): Promise<void> {
  const shipped = await readContentFiles('.');
  for (const times of sizes.split(',').map(Number)) {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-bench-'));
    try {
      const files = multiplied(shipped, times);
      for (const [name, text] of files) await write(join(folder, name), text);
      await edits(folder, files, times);
      // As it was before the edits: what is shipped has passed the check when it was built.
      for (const [name, text] of files) await write(join(folder, name), text);
      await checks(folder, times);
      await starts(folder, times);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // As editors do: a new file in the place of the old one.
  await writeFile(`${path}~`, text);
  await rename(`${path}~`, path);
}

/** What was measured of one thing, each time: how long it took, and what of that was work (ms). */
interface Taken {
  readonly ms: number[];
  readonly cpuMs: number[];
}

const nothingYet = (): Taken => ({ ms: [], cpuMs: [] });

/** Where others use the machine too, the time of the processor tells more than the clock. */
function print(times: number, what: string, { ms, cpuMs }: Taken, aimMs: number): void {
  const figure = `${what}, ${times} times the content`;
  const aim = { aim: `at most ${aimMs}`, met: median(ms) <= aimMs };
  printFigure({ area: AREA, figure, unit: 'ms', runs: ms, ...aim });
  printFigure({ area: AREA, figure: `${figure}: processor time`, unit: 'ms', runs: cpuMs });
}

/** Saves while a bot's parts run: until the new content answers, and how long turns had to wait for the change. */
async function edits(folder: string, files: ContentFiles, times: number): Promise<void> {
  const built = buildBundle(files);
  if (built.kind === 'broken') throw new Error(built.findings.slice(0, 5).map(formatFinding).join('\n'));
  let heard = (_line: LogFields): void => undefined;
  const tell = (line: LogFields): void => heard(line);
  const log: Log = { debug: tell, info: tell, warn: tell, error: tell };
  const cache = join(folder, 'cache');
  const shelf = openModelShelf(cache, () => undefined);
  const live = createLiveContent({ files, bundle: built.bundle }, new Uint8Array(32), { shelf, waits: true });
  const reload = createHotReload({
    ...{ folder, live, cache, log, isForReal: false, worker: 'bench' },
    first: { files, held: built.bundle.hash, printed: await fingerprint(folder), refused: [] },
    passed: { has: async () => true, note: async () => undefined },
    store: createMemoryStore(),
    clock: systemClock,
  });
  await reload.start();
  await reload.learn();
  const saved = async (name: string, text: string): Promise<number> => {
    const done = new Promise<number>((resolve, reject) => {
      heard = ({ event, code, path }) => {
        if (event === 'content-live') resolve(performance.now());
        if (event === 'content-refused' || event === 'reload-failed') reject(new Error(`${code} ${path}`));
      };
    });
    const from = performance.now();
    await write(join(folder, name), text);
    return (await done) - from;
  };
  const runsOf = async (name: string, edit: (text: string, run: number) => string): Promise<Taken> => {
    const taken = nothingYet();
    for (let run = 0; run <= RUNS; run += 1) {
      const before = process.cpuUsage();
      const ms = await saved(name, edit(files.get(name) ?? '', run));
      const { user, system } = process.cpuUsage(before);
      if (run === 0) continue; // the first run warms the thread up
      taken.ms.push(ms);
      taken.cpuMs.push((user + system) / 1_000);
    }
    return taken;
  };
  const title = 'title.fees: "Fees';
  const text = await runsOf(TEXTS, (before, run) => before.replace(title, `${title} ${run}`));
  print(times, 'a changed text, from the save to live', text, 500);
  const flow = await runsOf(FLOW, (before, run) => `${before}# ${run}\n`);
  print(times, 'a changed flow, from the save to live', flow, 3_000);
  const phrases = await runsOf('locales/en/phrases.yaml', (before, run) =>
    before.replace('  fees:\n', `  fees:\n    - how dear is it, ${run}\n`),
  );
  print(times, 'a changed phrase, trained and live', phrases, 3_000);
  await reload.stop();
}

/** `lifeline check`, proof included, with nothing remembered and with everything. */
async function checks(folder: string, times: number): Promise<void> {
  const [cold, warm] = [nothingYet(), nothingYet()];
  for (let run = 0; run < START_RUNS; run += 1) {
    const home = join(folder, `check-${run}`);
    await mkdir(home);
    for (const taken of [cold, warm]) note(taken, await checkOnce(folder, home));
  }
  print(times, 'lifeline check, cold', cold, 7_000);
  print(times, 'lifeline check, warm', warm, 2_000);
}

async function checkOnce(folder: string, home: string): Promise<Moment> {
  const [from, worked] = [performance.now(), await childrenWorkedMs()];
  const command = join(process.cwd(), 'dist/src/cli/lifeline.js');
  const child = spawn(process.execPath, [command, '--content', folder, 'check'], {
    cwd: home,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`lifeline check ended with ${code}: ${said.slice(0, 1_000)}`);
  return [performance.now() - from, (await childrenWorkedMs()) - worked];
}

/** What all processes have worked that were begun here and are gone (ms), by proc(5): fields 16 and 17. */
async function childrenWorkedMs(): Promise<number> {
  const fields = (await readFile('/proc/self/stat', 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** From the start of the process to its first words, and to what a button says, with and without trained models. */
async function starts(folder: string, times: number): Promise<void> {
  const [warm, cold, button] = [nothingYet(), nothingYet(), nothingYet()];
  for (let run = 0; run < START_RUNS; run += 1) {
    const home = join(folder, `home-${run}`);
    await mkdir(home);
    const first = await startOnce(folder, home);
    note(cold, first.prompt);
    note(button, first.button);
    await startOnce(folder, home, true);
    note(warm, (await startOnce(folder, home)).prompt);
  }
  print(times, 'start to the first prompt, warm', warm, 1_500);
  print(times, 'start to the first prompt, cold', cold, 1_500);
  print(times, 'a button right after a cold start', button, 500);
}

/** A moment of another process: by the clock, and by what it has worked (ms). */
type Moment = readonly [ms: number, cpuMs: number];

function note(taken: Taken, [ms, cpuMs]: Moment): void {
  taken.ms.push(ms);
  taken.cpuMs.push(cpuMs);
}

/** What a process has worked (ms), by proc(5): fields 14 and 15, in hundredths of a second. */
async function workedMs(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** `learns`: asks something that needs a model, and waits for the answer. */
async function startOnce(
  folder: string,
  home: string,
  learns = false,
): Promise<{ readonly prompt: Moment; readonly button: Moment }> {
  const from = performance.now();
  const command = join(process.cwd(), 'dist/src/cli/lifeline.js');
  const child = spawn(
    process.execPath,
    [command, '--content', folder, 'start', '--locale', 'en', '--no-color'],
    { cwd: home, env: { PATH: process.env.PATH ?? '' }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  let said = '';
  let heard = (): void => undefined;
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
    heard();
  });
  const says = async (words: RegExp): Promise<void> => {
    while (!words.test(said))
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
  };
  child.stdin.write('/start\n');
  await says(/^\s*\d\. /m);
  const prompt: Moment = [performance.now() - from, await workedMs(child.pid)];
  said = '';
  child.stdin.write('1\n');
  await says(/\S/);
  const all: Moment = [performance.now() - from, await workedMs(child.pid)];
  const button: Moment = [all[0] - prompt[0], all[1] - prompt[1]];
  if (learns) {
    said = '';
    child.stdin.write('what does it cost to send coins\n');
    await says(/\S/);
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
  return { prompt, button };
}
