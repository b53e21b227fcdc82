import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TIMING as SLACK_TIMING } from '../../../adapters/slack/limits.js';
import type { Missed } from '../../../adapters/slack/session.js';
import { createWebhook as createSlackWebhook } from '../../../adapters/slack/webhook.js';
import { DEFAULT_TIMING as TELEGRAM_TIMING } from '../../../adapters/telegram/limits.js';
import { createWebhook as createTelegramWebhook } from '../../../adapters/telegram/webhook.js';
import type { HttpRoute } from '../../../src/model/index.js';
import { createRecordingHost, type RecordingHost } from '../../platforms/telegram/recording-host.js';
import { mutated, textOf } from './hostile.js';
import { VALID_PAYLOADS } from './slack-kinds.js';
import { VALID_UPDATES } from './telegram-kinds.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const stopping = new AbortController().signal;
const address = '127.0.0.1';

const NOTHING_MISSED: Missed = {
  heard: () => undefined,
  before: () => null,
  handled: () => undefined,
  happened: () => undefined,
  end: async () => undefined,
};

/** Keeps the one route that is added. */
function catcher(): { readonly routes: { add(route: HttpRoute): void }; route(): HttpRoute } {
  const caught: HttpRoute[] = [];
  return {
    routes: { add: (route) => void caught.push(route) },
    route: () => {
      const [route] = caught;
      if (route === undefined) throw new Error('no route was added');
      return route;
    },
  };
}

async function telegram(): Promise<{ readonly route: HttpRoute; readonly host: RecordingHost }> {
  const host = createRecordingHost();
  const { routes, route } = catcher();
  const webhook = createTelegramWebhook({ url: 'https://a.example/u', path: '/u', secret: SECRET, routes });
  const api = () => Promise.resolve({ kind: 'ok', result: true } as const);
  const self = { id: '900', username: 'LifelineTestBot' };
  const rights = { in: async () => null, note: () => null };
  await webhook.open({ host, api, stopping, self, rights }, TELEGRAM_TIMING);
  return { route: route(), host };
}

function slack(): { readonly route: HttpRoute; readonly host: RecordingHost } {
  const host = createRecordingHost();
  const { routes, route } = catcher();
  createSlackWebhook({ signingSecret: SECRET, routes }).open({
    host,
    api: () => Promise.resolve({ kind: 'error', code: 'none' }),
    timing: SLACK_TIMING,
    stopping,
    self: {
      userId: 'U0BOT',
      handle: 'lifeline',
      commands: ['help'],
      hooksOrigin: 'https://hooks.slack.com',
    },
    people: { of: async () => ({}) },
    retrying: new Set(),
    missed: NOTHING_MISSED,
  });
  return { route: route(), host };
}

function signed(body: Buffer): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(body).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hmac}` };
}

/** A body that is nearly what the platform sends: changed, cut short, no JSON, or no text at all. */
function bodyOf(valid: readonly unknown[]): fc.Arbitrary<Buffer> {
  const json = fc
    .constantFrom(...valid)
    .chain((one) => fc.oneof(fc.constant(one), mutated(one)))
    .map(textOf);
  const text = fc.oneof(
    json,
    fc.tuple(json, fc.nat()).map(([whole, at]) => whole.slice(0, at % (whole.length + 1))),
    json.map((whole) => whole.replace(/\d+/, '1e999')),
    json.map((whole) => new URLSearchParams({ payload: whole }).toString()),
    fc.constantFrom(
      '',
      ' ',
      'null',
      '[]',
      '"',
      '{}',
      '\ufeff{}',
      '['.repeat(120_000),
      `{"a":${'[{"a":'.repeat(20_000)}`,
    ),
    fc.constantFrom(
      'payload=',
      'payload=%',
      'payload=%00&payload=1',
      'command',
      'ssl_check=1',
      '__proto__=1&command=/x',
    ),
  );
  return fc.oneof(
    { weight: 9, arbitrary: text.map((one) => Buffer.from(one)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** Whether log lines hold nothing but names, numbers and codes. */
function areBare(host: RecordingHost): boolean {
  return host.logged.every((line) =>
    Object.values(line).every(
      (value) => typeof value === 'number' || /^[A-Za-z0-9:.-]{1,80}$/.test(String(value)),
    ),
  );
}

describe('the receiver of Telegram', () => {
  it('has a status for whatever is posted, and a log line without a word of it', async () => {
    const { route, host } = await telegram();
    const property = fc.asyncProperty(bodyOf(VALID_UPDATES), async (body) => {
      const { status } = await route.answer({ headers: {}, body, address });
      expect([200, 400]).toContain(status);
    });
    await fc.assert(property, { numRuns: 500 });
    expect(areBare(host)).toBe(true);
  });

  it('admits nobody without the secret', async () => {
    const { route } = await telegram();
    const given = fc.oneof(
      fc.string(),
      fc.array(fc.string()),
      fc.constantFrom(undefined, SECRET.slice(1), [SECRET]),
    );
    fc.assert(
      fc.property(given, (secret) => {
        expect(route.admit?.({ 'x-telegram-bot-api-secret-token': secret })).toBe(401);
      }),
    );
    expect(route.admit?.({ 'x-telegram-bot-api-secret-token': SECRET })).toBeNull();
  });
});

describe('the receiver of Slack', () => {
  it('has a status for whatever is posted and signed, and a log line without a word of it', async () => {
    const { route, host } = slack();
    const property = fc.asyncProperty(bodyOf(VALID_PAYLOADS), async (body) => {
      const { status } = await route.answer({ headers: signed(body), body, address });
      expect([200, 400]).toContain(status);
    });
    await fc.assert(property, { numRuns: 500 });
    expect(areBare(host)).toBe(true);
  });

  it('takes nothing with a signature that is not of this body, this secret and this moment', async () => {
    const { route, host } = slack();
    const [valid] = VALID_PAYLOADS;
    const body = Buffer.from(JSON.stringify(valid));
    const good = signed(body);
    const header = fc.oneof(
      fc.string(),
      fc.array(fc.string()),
      fc.constantFrom(undefined, 'v0=', 'v0=00', '0', '-1', 'NaN'),
    );
    const timestamp = fc.oneof(
      header,
      fc.integer().map(String),
      fc.constant(good['x-slack-request-timestamp']),
    );
    const property = fc.asyncProperty(timestamp, header, async (time, signature) => {
      const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': signature };
      expect(await route.answer({ headers, body, address })).toEqual({ status: 401 });
    });
    await fc.assert(property);
    expect(host.received).toEqual([]);
    expect(await route.answer({ headers: good, body, address })).toEqual({ status: 200 });
  });
});
