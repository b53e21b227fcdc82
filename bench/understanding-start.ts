import { performance } from 'node:perf_hooks';
import { readContentFiles } from '../src/content/read-files.js';
import { openModelShelf } from '../src/infra/model-shelf.js';
import { compile } from '../src/main.js';
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
const nothing = { choices: [], expects: [] };
understanding.understand('where is my reset mial', 'en', nothing);
understanding.understand('我的mima忘記了', 'zh-CN', nothing);
const firstMs = performance.now() - from - startMs;
globalThis.gc?.();
const after = process.memoryUsage();
process.stdout.write(
  JSON.stringify({
    startMs,
    firstMs,
    rssMb: (after.rss - before.rss) / 1e6,
    heapMb: (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / 1e6,
  }),
);
