import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../adapters/discord/frame.js';

const READY = { session_id: 'a', resume_gateway_url: 'wss://gateway.example/' };

describe('readFrame', () => {
  it.each([
    { op: 0, t: 'MESSAGE_CREATE', s: 3, d: { content: 'hello' } },
    { op: 0, t: 'READY', s: 1, d: { ...READY, user: {} } },
    { op: 1, d: null },
    { op: 7, d: null, s: null, t: null },
    { op: 9, d: false },
    { op: 10, d: { heartbeat_interval: 41_250, _trace: [] } },
    { op: 11 },
    { op: 99, d: { something: 'new' } },
  ])('takes %o as it is', (frame) => {
    expect(readFrame(JSON.stringify(frame))).toEqual(frame);
  });

  it.each([
    ['', 'nothing'],
    ['{"op":0,"t":"MESSAGE_CRE', 'what is cut off'],
    ['null', 'no object'],
    ['["op",0]', 'a list'],
    ['"op"', 'a word'],
    ['7', 'a number'],
    ['{}', 'no opcode'],
    ['{"op":"0"}', 'an opcode in words'],
    ['{"op":1.5}', 'half an opcode'],
    ['{"op":0,"s":1,"d":{}}', 'an event without its name'],
    ['{"op":0,"t":"X","d":{}}', 'an event without its number'],
    ['{"op":0,"t":"X","s":-1,"d":{}}', 'a number below zero'],
    ['{"op":0,"t":"X","s":"7","d":{}}', 'a number in words'],
    ['{"op":0,"t":"READY","s":1}', 'a beginning without content'],
    [JSON.stringify({ op: 0, t: 'READY', s: 1, d: { ...READY, session_id: '' } }), 'a session without id'],
    [
      JSON.stringify({ op: 0, t: 'READY', s: 1, d: { ...READY, resume_gateway_url: 'nowhere' } }),
      'an address that is none',
    ],
    ['{"op":9}', 'an invalid session that says nothing'],
    ['{"op":9,"d":null}', 'an invalid session that says nothing either'],
    ['{"op":10}', 'a greeting without interval'],
    ['{"op":10,"d":{"heartbeat_interval":"soon"}}', 'an interval in words'],
    ['{"op":10,"d":{"heartbeat_interval":0}}', 'no interval'],
    [`{"op":0,"t":"X","s":1,"d":"${'x'.repeat(4_000_000)}"}`, 'far too much'],
  ])('takes for no frame: %j (%s)', (text) => {
    expect(readFrame(text)).toBeNull();
  });

  it('takes no bytes: nothing is compressed', () => {
    expect(readFrame(new ArrayBuffer(8))).toBeNull();
    expect(readFrame(Buffer.from('{"op":11}'))).toBeNull();
  });
});
