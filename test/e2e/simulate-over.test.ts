import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lifelineIn } from '../support/lifeline-command.js';

const ROOT = process.cwd();
const CONVERSATION = join(ROOT, 'test/conversations/public-support-goes-private.yaml');
/** The script compiles first. Only catches a hang. */
const HANG_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'lifeline-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('lifeline simulate --over', () => {
  it(
    'plays over the wire from any folder, and shows what people see',
    async () => {
      const { code, out } = await lifelineIn(folder, {})(
        'simulate',
        '--over',
        'slack',
        '--locale',
        'en',
        '--transcript',
        CONVERSATION,
      );
      expect(out).toContain('=== asks for support in a public group (en, slack over the wire, seed');
      expect(out).toContain('[Open our private chat]');
      expect(out).toMatch(/\n2 passed, 0 failed, 1 of them over the wire\n$/);
      expect(code).toBe(0);
    },
    HANG_MS,
  );

  it('says that it needs a checkout where there is none', async () => {
    cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    for (const part of ['node_modules', 'src']) symlinkSync(join(ROOT, part), join(folder, part));
    const cli = join(folder, 'dist/src/cli/lifeline.js');
    const { code, err } = await new Promise<{ code: unknown; err: string }>((resolve) => {
      execFile(process.execPath, [cli, 'simulate', '--over', 'all'], (error, _out, err) =>
        resolve({ code: error?.code, err }),
      );
    });
    expect(code).toBe(1);
    expect(err).toBe(
      'Playing over the wire needs a checkout of Lifeline with its tests: test/wire/run.ts is not here.\n',
    );
  });
});
