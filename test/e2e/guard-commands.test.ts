import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMITATED } from '../support/link-tricks.js';

const CLI = join(process.cwd(), 'dist/src/cli/lifeline.js');

/** The lines that a command answers, read as JSON. */
function answers(
  args: readonly string[],
  lines: readonly string[],
  env: Record<string, string> = {},
): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [CLI, ...args],
      { env: { ...process.env, ...env } },
      (error, out) => {
        if (error !== null) reject(error);
        else
          resolve(
            out
              .split('\n')
              .filter((line) => line !== '')
              .map((line) => JSON.parse(line) as unknown),
          );
      },
    );
    child.stdin?.end(lines.join('\n'));
  });
}

describe('lifeline links --jsonl', () => {
  it('answers each line in its order, what cannot be read with an error', async () => {
    const found = await answers(
      ['links', '--jsonl', '--registry', 'flows/official.yaml'],
      [
        JSON.stringify({ id: 'a', text: 'https://wallet.example/reset or https://wallet.examp1e/' }),
        'no json',
        JSON.stringify({ id: 'b' }),
        '',
        JSON.stringify({ id: 7, text: 'Open https://wallet.example/reset now' }),
        JSON.stringify({ id: 'c', text: 'a\ud800 https://evil.test' }),
      ],
    );
    expect(found).toEqual([
      {
        id: 'a',
        links: [
          { url: 'https://wallet.example/reset', verdict: 'official', why: 'own-host' },
          { url: 'https://wallet.examp1e/', verdict: 'lookalike', why: 'confusable' },
        ],
        outboundAllowed: false,
      },
      { id: null, error: 'is no JSON' },
      { id: 'b', error: expect.stringContaining('text') },
      { id: 7, links: [expect.objectContaining({ verdict: 'official' })], outboundAllowed: true },
      { id: 'c', links: [expect.objectContaining({ verdict: 'unknown' })], outboundAllowed: false },
    ]);
  });

  it('asks the block lists that the bot has kept', async () => {
    const url = 'https://lists.test/all.json';
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-lists-'));
    const body = JSON.stringify({ deny: ['evil.test'], allow: [] });
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ etag: null, body }));
    const env = { LIFELINE_BLOCK_LISTS: url, LIFELINE_BLOCK_LISTS_FOLDER: folder };
    const line = JSON.stringify({ id: 1, text: 'https://a.evil.test/claim' });
    expect(await answers(['links', '--jsonl'], [line], env)).toMatchObject([
      { links: [{ verdict: 'blocked', why: 'block-list' }] },
    ]);
    expect(await answers(['impersonation', '--jsonl'], [line], env)).toMatchObject([{ scam: true }]);
    await rm(folder, { recursive: true });
  });

  it('judges by the registry it is given', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-registry-'));
    const registry = join(folder, 'official.yaml');
    await writeFile(registry, IMITATED[1]?.official ?? '');
    const line = JSON.stringify({ id: 1, text: 'https://kestrel-wallet.example/reset' });
    expect(await answers(['links', '--jsonl', '--registry', registry], [line])).toMatchObject([
      { links: [{ verdict: 'official' }], outboundAllowed: true },
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('lifeline impersonation --jsonl', () => {
  it('tells fake support by text and author', async () => {
    const found = await answers(
      ['impersonation', '--jsonl'],
      [
        JSON.stringify({ id: 1, text: 'Validate your wallet, admin will DM you' }),
        JSON.stringify({ id: 2, text: 'hello', author: { name: 'Example Wallet Support', handle: null } }),
        JSON.stringify({ id: 3, text: 'Is it true that support never writes first?' }),
        '{"id":4,"text":5}',
      ],
    );
    expect(found).toEqual([
      { id: 1, scam: true, why: expect.any(String) },
      { id: 2, scam: true, why: 'name-like-ours' },
      { id: 3, scam: false, why: 'asks-about-it' },
      { id: 4, error: expect.stringContaining('text') },
    ]);
  });
});
