import { describe, expect, it } from 'vitest';
import { conversationId, inboundId, personId } from '../../../src/model/index.js';
import { records } from '../../../src/runtime/consequences.js';
import type { TurnRequest } from '../../../src/runtime/turn-request.js';

const request: TurnRequest = {
  conversation: conversationId('telegram', { channel: '5' }, '5'),
  person: personId('telegram', '5'),
  platform: 'telegram',
  seen: inboundId('telegram', '1'),
  input: { kind: 'timer', timer: 'nudge', dueAt: 0 },
  now: 0,
  entropy: new Uint8Array(32),
};

describe('a reported scam', () => {
  it.each([
    ['fake-page', 'scam-report:fake-page'],
    ['https://wallet.example.evil.test', 'scam-report:other'],
    ['@somebody', 'scam-report:other'],
    ['my words', 'scam-report:other'],
  ])('is counted by its kind, and never by what a person typed: %s', (what, name) => {
    expect(records([{ kind: 'report', what }], request, null, 'en')).toEqual([
      { kind: 'count', name, by: 1 },
    ]);
  });
});
