import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../adapters/slack/frame.js';

describe('readFrame', () => {
  it.each([
    ['{"type":"hello","num_connections":1}', { kind: 'hello' }],
    ['{"type":"disconnect","reason":"warning"}', { kind: 'disconnect' }],
    [
      '{"type":"events_api","envelope_id":"e1","payload":{"event":{"type":"message"}}}',
      { kind: 'envelope', id: 'e1', payload: { event: { type: 'message' } } },
    ],
    ['{"type":"something_new","envelope_id":"e1"}', { kind: 'envelope', id: 'e1', payload: undefined }],
    ['{"type":"something_new"}', { kind: 'other' }],
    ['{"type":"events_api","envelope_id":7,"payload":{}}', { kind: 'other' }],
  ])('reads %s', (text, frame) => {
    expect(readFrame(text)).toEqual(frame);
  });

  it.each([
    '',
    '{"type":"events_api","envelope_id":"e1","payl',
    'null',
    '[]',
    '"hello"',
    '7',
    '{}',
    '{"type":null}',
    `{"type":"hello","x":"${'x'.repeat(4_000_000)}"}`,
  ])('cannot read %j', (text) => {
    expect(readFrame(text)).toEqual({ kind: 'unreadable' });
  });

  it('cannot read bytes', () => {
    expect(readFrame(new ArrayBuffer(4))).toEqual({ kind: 'unreadable' });
  });
});
