import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lifelineIn } from '../support/lifeline-command.js';
import { writeOwnContent } from '../support/own-content.js';

describe('lifeline prove', () => {
  it('writes the conversation that breaks a rule, which can be simulated', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-prove-'));
    await writeOwnContent(folder);
    const emergency = join(folder, 'flows/leaked-secret.yaml');
    await writeFile(
      emergency,
      (await readFile(emergency, 'utf8')).replace('{ leaked: keys }', '{ leaked: phrase }'),
    );
    const lifeline = lifelineIn(folder, { LIFELINE_CONTENT: folder });
    const checked = await lifeline('check');
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(
      /\nThe shortest conversation that breaks proof-leaked, .*\n\nconversation: breaks the rule proof-leaked\n[\s\S]*Not every rule holds in \d+ states and \d+ ways between them/,
    );
    const { code, out } = await lifeline('prove', '--to', 'broken');
    expect(code).toBe(1);
    expect(out).toContain('[proof-leaked]');
    expect(out).toMatch(/Not every rule holds in \d+ states and \d+ ways between them/);
    const played = await lifeline('simulate', '--quiet', 'broken/proof-leaked.yaml');
    expect(played.out).toContain('1 passed, 0 failed');
  });

  it('says nothing of rules about a content that does not pass the checks before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-prove-'));
    await writeOwnContent(folder);
    await writeFile(join(folder, 'flows/menu.yaml'), 'flow: [\n');
    const { code, err } = await lifelineIn(folder, { LIFELINE_CONTENT: folder })('prove');
    expect(code).toBe(1);
    expect(err).toContain('flows/menu.yaml:');
  });
});
