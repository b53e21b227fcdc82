import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../../../adapters/slack/signature.js';

/** The example of docs.slack.dev, "Verifying requests from Slack". */
const EXAMPLE = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
};
const NOW = Number(EXAMPLE.timestamp) * 1000;

const check = (change: Partial<Record<'timestamp' | 'signature', unknown>> = {}, now = NOW): boolean =>
  isSigned(
    {
      timestamp: EXAMPLE.timestamp,
      signature: EXAMPLE.signature,
      body: Buffer.from(EXAMPLE.body),
      ...change,
    },
    EXAMPLE.secret,
    now,
  );

describe('a signature', () => {
  it("is right in Slack's own example", () => {
    expect(check()).toBe(true);
  });

  it.each([
    [299_000, true],
    [301_000, false],
    [-59_000, true],
    [-61_000, false],
    [-86_400_000, false],
  ])('holds for five minutes, and a minute ahead for clocks that differ: %i ms', (age, isGood) => {
    expect(check({}, NOW + age)).toBe(isGood);
  });

  it.each([
    undefined,
    '',
    'v0=',
    EXAMPLE.signature.slice(0, -1),
    `${EXAMPLE.signature}0`,
    EXAMPLE.signature.replace('v0=', 'v1='),
    EXAMPLE.signature.replace('a', 'b'),
    EXAMPLE.signature.toUpperCase(),
    [EXAMPLE.signature, EXAMPLE.signature],
  ])('is refused when it is another: %s', (signature) => {
    expect(check({ signature })).toBe(false);
  });

  it.each([undefined, '', 'now', '1531420618.5', '-1531420618', '0x5b47', ['1531420618']])(
    'is refused without a time: %s',
    (timestamp) => {
      expect(check({ timestamp })).toBe(false);
    },
  );

  it('is over the bytes as they came', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    const hmac = createHmac('sha256', 'key').update('v0:1531420618:').update(body).digest('hex');
    const request = { timestamp: '1531420618', signature: `v0=${hmac}`, body };
    expect(isSigned(request, 'key', NOW)).toBe(true);
    expect(isSigned({ ...request, body: Buffer.from(body.toString('utf8')) }, 'key', NOW)).toBe(false);
    expect(isSigned(request, 'other', NOW)).toBe(false);
  });
});
