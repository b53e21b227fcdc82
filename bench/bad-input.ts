import { performance } from 'node:perf_hooks';
import type { Bundle } from '../src/content/index.js';
import { createUnderstanding } from '../src/understanding/index.js';
import { median, printFigure } from './figure.js';

const RUNS = 5;

/** How long understanding takes over what nobody means to write, the slowest of all in each run. */
export function benchBadInput(bundle: Bundle): void {
  const understanding = createUnderstanding({ locales: bundle.phrases });
  const fill = (unit: string): string => unit.repeat(Math.ceil(4096 / unit.length)).slice(0, 4096);
  const every = (from: number, step: number): string =>
    Array.from({ length: 4096 }, (_, i) => String.fromCodePoint(from + ((i * step) % 20_000))).join('');
  const texts = {
    nothing: '',
    'one letter': 'a',
    'one emoji': '😀',
    'the same letter': fill('a'),
    'the same character': fill('我'),
    'every character': every(0x4e00, 7919),
    'characters of the second plane': every(0x20000, 7919).slice(0, 4096),
    'letters of the first plane': every(0x10000, 7).slice(0, 4096),
    'halves of pairs': fill('\ud800a\udc00'),
    'written from right to left': fill('\u202ekrow \u202cwork '),
    Bengali: fill('আমি আমার পাসওয়ার্ড ভুলে গেছি '),
    Arabic: fill('نسيت كلمة المرور '),
    'words nobody knows': fill('abcdefghijklmnop '),
    pinyin: fill('wo wang ji mi ma '),
    'a log file': fill(
      '2026-01-01 12:00:00 ERROR at com.example.Foo(Bar.java:12) connecting to 10.0.0.1:443\n',
    ),
    emoji: fill('😀'),
    addresses: fill('a@b.example https://c.example/d '),
    'thanks without end': fill('谢了'),
    'greetings without end': fill('请你好'),
    code: fill('for (const x of [1, 2, 3]) { if (x > 1) console.log(x); }\n'),
  };
  const slowest = Array.from({ length: RUNS + 1 }, () =>
    Math.max(
      ...Object.values(texts).map((text) => {
        const from = performance.now();
        understanding.understand(text, 'zh-CN', { choices: [], expects: ['link'] });
        return performance.now() - from;
      }),
    ),
  );
  const runs = slowest.slice(1);
  printFigure({
    area: 'understanding',
    figure: `the slowest of ${Object.keys(texts).length} texts, most of 4,096 characters, that mean nothing`,
    unit: 'ms',
    runs,
    aim: 'at most 5',
    met: median(runs) <= 5,
  });
}
