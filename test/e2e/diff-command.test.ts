import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lifelineIn } from '../support/lifeline-command.js';
import { writeOwnContent } from '../support/own-content.js';

const TALK = 'test/conversations/waits.yaml';
const WAITS = `conversation: waits
turns:
  - user: { means: mail-missing }
  - user: { picks: waited }
  - bot: { says: mail.waiting }
`;

/** A repository with two commits of content: the second changes a time, what is said while waiting, and an address. */
async function repository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-repository-'));
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=Lead', '-c', 'user.email=lead@wallet.test', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init', '-q');
  await writeOwnContent(folder);
  await mkdir(join(folder, 'test/conversations'), { recursive: true });
  await writeFile(join(folder, TALK), WAITS);
  git('add', '.');
  git('commit', '-qm', 'first');
  for (const [file, from, to] of [
    ['flows/_times.yaml', '10m', '5m'],
    ['flows/mail-missing.yaml', 'wait: mail, say: mail.waiting', 'wait: mail, say: mail.again'],
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
    expect(out).toContain('step pause: says mail.again instead of mail.waiting');
    expect(out).toContain('played before and after: 1 of 4 change, 1 not as written any more');
    expect(out).toContain(`${TALK}\n    not as written any more: turn 3: should say mail.waiting`);
    expect(out).toMatch(/bot: mail\.waiting +\|/);
    expect(out).toMatch(/\| bot: mail\.again/);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('compares a revision with a folder, as JSON', async () => {
    const folder = await repository();
    const { out } = await lifelineIn(folder, {})('diff', 'HEAD~1', '.', '--json');
    const diff = JSON.parse(out);
    expect(diff.times).toEqual([{ name: 'mail', before: '10m', after: '5m' }]);
    expect(diff.talks).toMatchObject({
      played: { before: 4, after: 4 },
      changed: [{ name: TALK, before: expect.any(Array), after: expect.any(Array) }],
    });
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
