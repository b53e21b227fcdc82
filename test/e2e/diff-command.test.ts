import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lifelineIn } from '../support/lifeline-command.js';
import { writeOwnContent } from '../support/own-content.js';

/** A repository with two commits of content: the second changes a time and an address. */
async function repository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-repository-'));
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=Lead', '-c', 'user.email=lead@wallet.test', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init', '-q');
  await writeOwnContent(folder);
  git('add', '.');
  git('commit', '-qm', 'first');
  for (const [file, from, to] of [
    ['flows/_times.yaml', '10m', '5m'],
    ['flows/official.yaml', 'harbor.internal/reset', 'harbor.internal/new-reset'],
  ] as const) {
    const path = join(folder, file);
    await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
  }
  git('commit', '-qam', 'second');
  return folder;
}

describe('lifeline diff', () => {
  it('compares two revisions, the registry first, and leaves nothing behind', async () => {
    const folder = await repository();
    const temporary = await mkdtemp(join(tmpdir(), 'lifeline-temporary-'));
    const { code, out } = await lifelineIn(folder, { TMPDIR: temporary })('diff', 'HEAD~1', 'HEAD');
    expect(code).toBe(0);
    expect(out).toMatch(/^!!! THE REGISTRY CHANGES/);
    expect(out).toContain('mail: 10m → 5m');
    expect(await readdir(temporary)).toEqual([]);
  });

  it('compares a revision with a folder, as JSON', async () => {
    const folder = await repository();
    const { out } = await lifelineIn(folder, {})('diff', 'HEAD~1', '.', '--json');
    expect(JSON.parse(out).times).toEqual([{ name: 'mail', before: '10m', after: '5m' }]);
  });

  it.each(['--output=stolen', '-c', '--upload-pack=touch stolen', 'HEAD;touch stolen', 'no-such-revision'])(
    'refuses "%s" as a revision, and does nothing else',
    async (name) => {
      const folder = await repository();
      const { code, err } = await lifelineIn(folder, {})('diff', '--', name, 'HEAD');
      expect(code).toBe(1);
      expect(err).toContain('is neither a folder nor a revision of git');
      expect(await readdir(folder)).not.toContain('stolen');
    },
  );
});
