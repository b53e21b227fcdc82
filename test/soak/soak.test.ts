import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
/** A run that hangs is ended after this (ms). */
const LONGEST_MS = 180_000;

it(
  'leaves nothing behind of people who have gone, on any platform, and would notice a leak',
  async () => {
    await run('node_modules/.bin/tsc', ['-p', 'bench/tsconfig.json']);
    const { stdout } = await run(process.execPath, ['dist-bench/bench/soak/run.js', '--people', '50']);
    const { left, leaked } = JSON.parse(stdout) as Readonly<Record<'left' | 'leaked', object>>;
    expect(left).toEqual({});
    expect(Object.keys(leaked)).toEqual([expect.stringMatching(/^bench\/wire\/worker\.js:\d+$/)]);
  },
  LONGEST_MS,
);
