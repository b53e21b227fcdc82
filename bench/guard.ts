import { execFileSync } from 'node:child_process';
import { createGuard, createImpersonationJudge, createTextPolicy } from '../src/guard/index.js';
import { detect } from '../src/guard/secrets/index.js';
import { BIP39_LISTS } from '../src/guard/secrets/lists/word-lists.js';
import { loadContent } from '../src/load-content.js';
import { conversationId } from '../src/model/index.js';
import { chance } from '../test/support/secrets/chance.js';
import { hex } from '../test/support/secrets/made-up-keys.js';
import { type Figure, median, microsecondsEach, printFigure } from './figure.js';
import { printLooseWeights } from './fit-loose.js';
import { longText, warmRuns } from './long-text.js';

const RUNS = 5;
const CONVERSATION = conversationId('console', { channel: 'bench' }, 'you');
const from = chance(2026);

/** What texts are long in, to the one thing that something looks for. */
const LONG: Readonly<Record<string, () => string>> = {
  'English list words': () => `${from.pick(BIP39_LISTS.english)} `,
  'Chinese list words without blanks': () => from.pick(BIP39_LISTS.chineseSimplified),
  hex: () => hex(from.bytes(32)),
  hashes: () => `${hex(from.bytes(32))} `,
  'nested JSON': () => '{"ciphertext":"00112233445566778899aabb","kdf":{',
  links: () => 'https://a:b@c.test/d?e=f ',
  'combining marks': () => 'e\u0301\u0302\u0303',
  'words for a password': () => 'my password is ',
};

/** A figure with the most, or the least, that it may be. */
function report(
  figure: string,
  unit: string,
  runs: readonly number[],
  aim: { readonly atMost: number } | { readonly atLeast: number },
): void {
  const middle = median(runs);
  const told: Pick<Figure, 'aim' | 'met'> =
    'atMost' in aim
      ? { aim: `at most ${aim.atMost}`, met: middle <= aim.atMost }
      : { aim: `at least ${aim.atLeast}`, met: middle >= aim.atLeast };
  printFigure({ area: 'guard', figure, unit, runs, ...told });
}

/**
 * Speed of the detector on what people write and on hostile input; start and memory in a process of its own. `fit`
 * prints the weights by which secrets are found that nobody calls by their name.
 */
export async function benchGuard(part?: string): Promise<void> {
  if (part === 'fit') {
    printLooseWeights();
    return;
  }
  const { bundle } = await loadContent(process.cwd());
  const said = [...bundle.phrases.values()].flatMap(({ intents, outside }) =>
    [...intents.values(), outside].flat(),
  );
  const guard = createGuard();
  const isFake = createImpersonationJudge(bundle.registry);
  const leaves = createTextPolicy(bundle.registry);
  for (const text of said) for (const look of [isFake, leaves]) look(text);
  for (const text of said) guard.inspect(CONVERSATION, text, 0);
  const rates: number[] = [];
  const slow: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const each = await microsecondsEach(said.length, (at) =>
      guard.inspect(CONVERSATION, said[at] ?? '', run * 1e9),
    );
    rates.push(1e6 / each);
    const times: number[] = [];
    for (const text of said)
      times.push(await microsecondsEach(1, () => guard.inspect(CONVERSATION, text, run * 1e9)));
    times.sort((a, b) => a - b);
    slow.push((times[Math.floor(times.length * 0.99)] ?? 0) / 1000);
  }
  report('short messages inspected, one core', 'messages/s', rates, { atLeast: 10_000 });
  report('short messages inspected, p99', 'ms', slow, { atMost: 2 });
  const together: Readonly<Record<string, (text: string) => unknown>> = {
    'messages of a direct chat, each with a reply of its length': leaves,
    'messages of a group': isFake,
  };
  for (const [name, look] of Object.entries(together)) {
    const runs: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const each = await microsecondsEach(said.length, (at) => {
        const text = said[at] ?? '';
        guard.inspect(CONVERSATION, text, (RUNS + run) * 1e9);
        look(text);
      });
      runs.push(1e6 / each);
    }
    report(`the whole guard: ${name}`, 'messages/s', runs, { atLeast: 10_000 });
  }
  for (const [name, part] of Object.entries(LONG)) {
    const message = longText(4_096, 'characters', part);
    const most = longText(65_536, 'bytes', part);
    report(
      `4,096 characters of ${name}`,
      'ms',
      warmRuns(RUNS, () => detect(message)),
      { atMost: 25 },
    );
    report(
      `64 kB of ${name}`,
      'ms',
      warmRuns(RUNS, () => detect(most)),
      { atMost: 20 },
    );
  }
  startAndMemory();
}

/** What importing the guard costs a process that has nothing else. */
function startAndMemory(): void {
  const script = `
    const before = process.memoryUsage().rss; const from = performance.now();
    const { createGuard } = await import(process.argv[1]); createGuard().inspect('a:b:c', 'my password is made-up-1', 0);
    console.log(JSON.stringify([performance.now() - from, (process.memoryUsage().rss - before) / 1e6]));`;
  const module = new URL('../src/guard/index.js', import.meta.url).href;
  const runs = Array.from({ length: RUNS }, () => {
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script, module], {
      encoding: 'utf8',
    });
    const [ms = 0, mb = 0] = out
      .replace(/[[\]\s]/g, '')
      .split(',')
      .map(Number);
    return { ms, mb };
  });
  report(
    'start: import and first look',
    'ms',
    runs.map(({ ms }) => ms),
    { atMost: 300 },
  );
  report(
    'memory after it',
    'MB',
    runs.map(({ mb }) => mb),
    { atMost: 60 },
  );
}
