import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../../../adapters/discord/limits.js';
import {
  CALL_RIGHTS,
  DISPENSABLE,
  inviteUrl,
  permissionsOf,
  RIGHTS,
} from '../../../../adapters/discord/needs.js';

const sources = readdirSync('adapters/discord')
  .filter((name) => name !== 'needs.ts')
  .map((name) => readFileSync(`adapters/discord/${name}`, 'utf8'));

/** Paths of the REST API in the code, with what stands in them. */
const PATH = /['`](\/(?:applications|channels|gateway|guilds|interactions|users|webhooks)\/[^'`]+)['`]/g;

describe('what the Discord adapter needs', () => {
  it('is known for every call it makes, and for no other', () => {
    const called = new Set(
      sources.flatMap((text) =>
        [...text.matchAll(PATH)].map(([, path = '']) => path.replaceAll(/\$\{[^}]+\}/g, '*')),
      ),
    );
    expect([...called].sort()).toEqual(Object.keys(CALL_RIGHTS).sort());
  });

  it('is no privileged intent: presences, members, message content', () => {
    expect(INTENTS & ((1 << 8) | (1 << 1) | (1 << 15))).toBe(0);
  });

  it('is in the invitation of the docs, and so are the names of the rights', () => {
    const page = readFileSync('docs/setup-discord.md', 'utf8');
    expect(page).toContain(inviteUrl('APPLICATION_ID'));
    const least = RIGHTS.filter((right) => !DISPENSABLE.includes(right));
    expect(page).toContain(`permissions=${permissionsOf(least)}`);
    for (const { name } of RIGHTS) expect(page).toContain(name);
    const sums = [...page.matchAll(/permissions=(\d+)/g)].map(([, sum]) => sum);
    expect(new Set(sums)).toEqual(new Set([String(permissionsOf(RIGHTS)), String(permissionsOf(least))]));
  });
});
