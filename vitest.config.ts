import { defineConfig } from 'vitest/config';

const UNIT = ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'];
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      // Pure: what one file has loaded, the next one need not load again.
      { test: { name: 'unit', include: UNIT, ...patience, isolate: false } },
      {
        test: {
          ...{ name: 'node', include: ['test/**/*.test.ts'] },
          ...{ exclude: [...UNIT, 'test/browser/**', 'test/chaos/**'], ...patience },
        },
      },
      // Real Chromium: two changes of app and a whole reset take their time.
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...patience, testTimeout: 60_000 } },
      // Needs the machine for itself.
      { test: { name: 'chaos', include: ['test/chaos/**/*.test.ts'], ...patience } },
    ],
  },
});
