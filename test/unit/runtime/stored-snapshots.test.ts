import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readContentFiles } from '../../../src/content/read-files.js';
import { computeTurn } from '../../../src/runtime/turn.js';
import { snapshotRecord } from '../../../src/store/records.js';
import { inbound, keysOf, openStage, plainEngine } from '../../support/engine.js';
import { bundleOf } from '../../support/small-content.js';

/**
 * Conversations as released versions stored them, one file a format. They are never written anew: whoever was in the
 * middle of one must be able to go on with every version to come.
 */
const FOLDER = new URL('../../fixtures/snapshots/', import.meta.url);
const stored = readdirSync(FOLDER).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Record<string, unknown>).map(
    ([name, record]) => [`${file}: ${name}`, record] as const,
  ),
);
const engine = plainEngine(bundleOf(await readContentFiles('.')));

describe('a conversation of an older version', () => {
  it('is kept for every format', () => {
    expect(readdirSync(FOLDER)).toEqual(['format-1.json']);
    expect(stored.length).toBeGreaterThan(10);
  });

  it.each(stored)('%s: loads, and goes on', (_name, record) => {
    const snapshot = snapshotRecord.parse(record);
    expect(snapshot).toEqual(record);
    for (const content of [
      { kind: 'text', text: 'wants fees' },
      { kind: 'text', text: 'xyzzy' },
      { kind: 'command', name: 'human', text: '' },
      ...snapshot.offers.map(({ turn, index }) => ({
        kind: 'tap' as const,
        data: engine.buttons.sign(inbound(1, { kind: 'text', text: '' }).conversation, turn, index),
      })),
    ] as const) {
      const message = inbound(2, content);
      const { conversation, person, platform, id: seen } = message;
      const inspection = { content, secrets: [], held: null, earlier: [], cut: false, script: null };
      const input = { kind: 'message', message, inspection } as const;
      const { outbox, snapshot: after } = computeTurn(
        engine,
        openStage(),
        {
          ...{ conversation, person, platform, seen, input, entropy: new Uint8Array(32) },
          now: snapshot.lastAt + 60_000,
        },
        { version: 1, snapshot, person: null },
      );
      const messages = outbox.map((row) => row.call.payload.message);
      expect(keysOf(messages as Parameters<typeof keysOf>[0]).join('')).not.toBe('');
      expect(snapshotRecord.parse(after)).toEqual(after);
    }
  });
});
