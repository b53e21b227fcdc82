import { performance } from 'node:perf_hooks';
import { readContentFiles } from '../src/content/read-files.js';
import { openModelShelf } from '../src/infra/model-shelf.js';
import { compile } from '../src/load-content.js';
import { createUnderstanding } from '../src/understanding/index.js';

/** A process of its own that learns Chinese and English once, from nothing or from the shelf, and says what it took. */
const bundle = compile(await readContentFiles('.'));
const shelf = openModelShelf(process.argv[2] ?? '', (code) => process.stderr.write(`${code}\n`));
globalThis.gc?.();
const before = process.memoryUsage();
const from = performance.now();
const understanding = createUnderstanding({ locales: bundle.phrases, shelf });
understanding.warm('en');
understanding.warm('zh-CN');
const startMs = performance.now() - from;
let readyMs = 0;
for (
  let at = performance.now(), steps = understanding.readying()[Symbol.iterator]();
  steps.next().done !== true;
) {
  readyMs = Math.max(readyMs, performance.now() - at);
  at = performance.now();
}
const ready = performance.now();
const nothing = { choices: [], expects: [] };
understanding.understand('my reset mial is not here', 'en', nothing);
understanding.understand('我的mima想不起來', 'zh-CN', nothing);
const firstMs = performance.now() - ready;
globalThis.gc?.();
const after = process.memoryUsage();
process.stdout.write(
  JSON.stringify({
    startMs,
    firstMs,
    readyMs,
    rssMb: (after.rss - before.rss) / 1e6,
    heapMb: (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / 1e6,
  }),
);
