import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Converter } from 'opencc-js/cn2t';
import type { Bundle } from '../src/content/index.js';
import { readContentFiles } from '../src/content/read-files.js';
import { compile } from '../src/load-content.js';
import { labelled } from '../src/understanding/evaluate.js';
import {
  bookOf,
  createUnderstanding,
  crossValidate,
  figuresOf,
  outcomes,
  teachBook,
} from '../src/understanding/index.js';
import { createNoise, type Noise } from '../test/support/noise.js';
import { benchBadInput } from './bad-input.js';
import { median, printFigure } from './figure.js';
import { benchLanguages } from './languages.js';

const AREA = 'understanding';
const RUNS = 5;
const MESSAGES = 4000;
const FOLDS = 5;
const NOTHING = { choices: [], expects: [] };

/** Speed, start and memory of understanding, and how well it does on the shipped phrases. */
export async function benchUnderstanding(): Promise<void> {
  const bundle = compile(await readContentFiles('.'));
  messages(bundle);
  benchBadInput(bundle);
  benchLanguages(bundle);
  starts();
  for (const locale of bundle.phrases.keys()) accuracy(bundle, locale);
  const traditional = Converter({ from: 'cn', to: 'twp' });
  mistakes(bundle, 'en', {
    'a typo in ten letters': { most: 5, type: (text, noise) => noise.typos(text) },
    'no blanks': { most: 5, type: (text) => text.replaceAll(' ', '') },
  });
  mistakes(bundle, 'zh-CN', {
    'two characters of the same sound': { most: 2.5, type: (text, noise) => noise.homophones(text, 2) },
    'two characters in pinyin': { most: 5, type: (text, noise) => noise.pinyin(text) },
    'Traditional characters': { most: 0.5, type: traditional },
  });
  mistakes(bundle, 'zh-TW', {
    'two characters of the same sound': { most: 2.5, type: (text, noise) => noise.homophones(text, 2) },
    'two characters in pinyin': { most: 5, type: (text, noise) => noise.pinyin(text) },
  });
}

/** What a message takes: phrases of all locales, each with words more, so that none is an author's own phrase. */
function messages(bundle: Bundle): void {
  const understanding = createUnderstanding({ locales: bundle.phrases });
  const noise = createNoise(1);
  const phrases = [...bundle.phrases].flatMap(([locale, { intents }]) =>
    [...intents.values()]
      .flat()
      .map((text) => ({ text: `${text} ${locale === 'en' ? 'right now' : '现在'}`, locale })),
  );
  const drawn = phrases.filter((_, i) => i % Math.ceil(phrases.length / MESSAGES) === 0);
  for (const [figure, type] of [
    ['a message', (text: string) => text],
    [
      'a message with typos or characters of one sound',
      (text: string) => noise.homophones(noise.typos(text), 1),
    ],
  ] as const) {
    const halves: number[] = [];
    const slowest: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const micros = drawn.map(({ text, locale }) => {
        const typed = type(text);
        const from = performance.now();
        understanding.understand(typed, locale, NOTHING);
        return (performance.now() - from) * 1000;
      });
      if (run === 0) continue; // the first run warms the machine up
      micros.sort((a, b) => a - b);
      halves.push(micros[Math.floor(micros.length / 2)] ?? 0);
      slowest.push(micros[Math.floor(micros.length * 0.99)] ?? 0);
    }
    print(`${figure}, median`, 'µs', halves, 'at most 200', median(halves) <= 200);
    print(`${figure}, p99`, 'µs', slowest, 'at most 1000', median(slowest) <= 1000);
  }
}

interface Start {
  readonly startMs: number;
  readonly firstMs: number;
  /** The longest of the steps that make ready, between which messages are answered. */
  readonly readyMs: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

/** Each start in a process of its own: from nothing, then from what the one before it kept. */
function starts(): void {
  const cold: Start[] = [];
  const kept: Start[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'lifeline-bench-'));
    for (const into of [cold, kept]) {
      const out = execFileSync(
        process.execPath,
        ['--expose-gc', join(import.meta.dirname, 'understanding-start.js'), folder],
        { encoding: 'utf8' },
      );
      into.push(JSON.parse(out) as Start);
    }
    rmSync(folder, { recursive: true });
  }
  const training = cold.map(({ startMs }) => startMs);
  const cached = kept.map(({ startMs }) => startMs);
  const memory = kept.map(({ rssMb }) => rssMb);
  print(
    'training Chinese and English from nothing',
    'ms',
    training,
    'at most 1500',
    median(training) <= 1500,
  );
  print('the same from the shelf', 'ms', cached, 'at most 100', median(cached) <= 100);
  print(
    'the longest step of making ready after that, when idle',
    'ms',
    kept.map(({ readyMs }) => readyMs),
  );
  const firstTwo = kept.map(({ firstMs }) => firstMs);
  print('the first two messages after that', 'ms', firstTwo, 'at most 10', median(firstTwo) <= 10);
  print('memory for both, resident', 'MB', memory, 'at most 150', median(memory) <= 150);
  print(
    'memory for both, heap and arrays',
    'MB',
    kept.map(({ heapMb }) => heapMb),
  );
}

function accuracy(bundle: Bundle, locale: string): void {
  const { top1, top3, auroc, answeredOutside } = figuresOf(crossValidate(locale, bundle.phrases));
  const [one, three] = locale === 'zh-TW' ? [80, 93] : [85, 96];
  print(`${locale}: held-out phrases understood`, '%', [top1 * 100], `at least ${one}`, top1 * 100 >= one);
  print(
    `${locale}: the right intent among three`,
    '%',
    [top3 * 100],
    `at least ${three}`,
    top3 * 100 >= three,
  );
  const rejecting = (auroc ?? 0) * 100;
  print(`${locale}: AUROC against outside texts`, '%', [rejecting], 'at least 92', rejecting >= 92);
  const answered = (answeredOutside ?? 1) * 100;
  print(`${locale}: outside texts answered at once`, '%', [answered], 'at most 10', answered <= 10);
}

/** A way to type a text wrongly, and how many points that may cost. */
interface Mistake {
  readonly most: number;
  readonly type: (text: string, noise: Noise) => string;
}

/** How many points held-out phrases lose when they are typed with mistakes; a locale taught by itself, five folds. */
function mistakes(bundle: Bundle, locale: string, kinds: Readonly<Record<string, Mistake>>): void {
  const book = bundle.phrases.get(locale);
  if (book === undefined) return;
  const phrases = labelled(book);
  const noise = createNoise(3);
  const lost = new Map(Object.keys(kinds).map((kind) => [kind, 0]));
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held = phrases.filter((_, i) => i % FOLDS === fold);
    const rest = phrases.filter((_, i) => i % FOLDS !== fold);
    const taught = teachBook(bookOf(rest, book), locale, bundle.phrases);
    const clean = figuresOf(outcomes(taught, held)).top1;
    for (const [kind, { type }] of Object.entries(kinds)) {
      const typed = held.map((one) => ({ ...one, text: type(one.text, noise) }));
      lost.set(
        kind,
        (lost.get(kind) ?? 0) + ((clean - figuresOf(outcomes(taught, typed)).top1) * 100) / FOLDS,
      );
    }
  }
  for (const [kind, { most }] of Object.entries(kinds)) {
    const points = lost.get(kind) ?? 0;
    print(`${locale}: lost by ${kind}`, 'points', [points], `at most ${most}`, points <= most);
  }
}

function print(figure: string, unit: string, runs: readonly number[], aim?: string, met?: boolean): void {
  printFigure({
    area: AREA,
    figure,
    unit,
    runs,
    ...(aim === undefined || met === undefined ? {} : { aim, met }),
  });
}
