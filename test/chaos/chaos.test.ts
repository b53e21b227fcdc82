import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { GUARDS } from './weaken.js';

const run = promisify(execFile);
/** A run that hangs is ended after this (ms). */
const LONGEST_MS = 150_000;

interface Ended {
  readonly code: number;
  /** The last line of what it said. */
  readonly line: Readonly<Record<string, unknown>>;
  readonly said: string;
}

/** The command as it is called by hand, in a process of its own. */
async function chaos(...options: readonly string[]): Promise<Ended> {
  const ended = await run(process.execPath, ['dist-chaos/test/chaos/run.js', ...options]).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { readonly code?: number; readonly stdout?: string }) => ({
      code: error.code ?? -1,
      said: error.stdout ?? '',
    }),
  );
  const last = ended.said.trim().split('\n').at(-1) ?? '';
  return { ...ended, line: JSON.parse(last) as Ended['line'] };
}

beforeAll(async () => {
  await run('node_modules/.bin/tsc', ['-p', 'test/chaos/tsconfig.json']);
}, LONGEST_MS);

const SHORT = ['--people', '48', '--seconds', '20'];

describe('workers that die all the time, on a store that fails', () => {
  it.each(['lmdb', 'redis'])(
    'lose nothing, and keep the order, on %s',
    async (store) => {
      const { code, line, said } = await chaos('--store', store, '--replies', '500', ...SHORT);
      expect([code, said]).toEqual([0, expect.not.stringContaining('WRONG')]);
      expect(line).toMatchObject({ store, lost: 0, outOfOrder: 0 });
      expect(line.replies).toBeGreaterThan(100);
      expect(line.kills).toBeGreaterThan(2);
    },
    LONGEST_MS,
  );
});

describe('the proof itself', () => {
  it.each(GUARDS)(
    'turns red without the guard "%s"',
    async (guard) => {
      const { code, said } = await chaos(
        '--store',
        'redis',
        '--without',
        guard,
        '--replies',
        '400',
        ...SHORT,
      );
      expect([code, said]).toEqual([1, expect.stringContaining('WRONG')]);
    },
    LONGEST_MS,
  );
});
