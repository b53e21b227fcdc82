import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackOptions } from '../../adapters/slack/index.js';
import { createHttpServer, type HttpServer } from '../../src/infra/http-server.js';
import type { Adapter, AdapterHost, Received } from '../../src/model/index.js';
import type { Pushes } from '../platforms/slack/pushes.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import { createRecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';
import { freePort } from '../support/free-port.js';
import { createGate } from '../support/gate.js';
import { SILENT } from '../support/silent-log.js';

const committed: Received = { kind: 'committed' };

let slack: SlackPlatform;
let pushes: Pushes;
let port: number;
let http: HttpServer;
let adapters: Adapter[] = [];

beforeEach(async () => {
  slack = await startSlackPlatform();
  port = await freePort();
  http = createHttpServer({ host: '127.0.0.1', port, log: SILENT });
  pushes = slack.pushTo(`http://127.0.0.1:${port}/slack/events`);
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await http.stop();
  await slack.close();
});

async function prepareAdapter(timing: SlackOptions['timing'] = {}): Promise<Adapter> {
  const { signingSecret } = slack.bot;
  const adapter = makeAdapter(slack, timing, { kind: 'webhook', signingSecret, routes: http.routes });
  adapters.push(adapter);
  await http.start();
  return adapter;
}

async function startAdapter(host: AdapterHost, timing: SlackOptions['timing'] = {}): Promise<Adapter> {
  const adapter = await prepareAdapter(timing);
  await adapter.start(host);
  return adapter;
}

const statuses = () => pushes.done.map(({ status }) => status);

describe('posted by Slack', () => {
  it('an event whose commit fails is answered 500, comes again, and is tried here meanwhile', async () => {
    const gate = createGate();
    const host = createRecordingHost({
      receive: async () => {
        if (host.received.length === 1) throw new Error('the store is away');
        await gate.passed;
        return committed;
      },
    });
    await startAdapter(host);
    slack.user().says('no mail');
    await slack.until(() => pushes.done.length === 1);
    await host.until(() => host.received.length === 2);
    slack.deliveries.redeliver();
    await host.until(() => host.received.length === 3);
    gate.open();
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    await host.until(() => host.committed.length === 2);
    expect(statuses()).toEqual([500, 200]);
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(1);
  });

  it('an event that takes long has one id in all that Slack repeats of it', async () => {
    await slack.close();
    slack = await startSlackPlatform({ speed: 2_000 });
    pushes = slack.pushTo(`http://127.0.0.1:${port}/slack/events`);
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host);
    slack.user().says('no mail');
    await host.until(() => host.received.length === 4);
    gate.open();
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(1);
  });

  it('a tap and a command are answered in time although their commits are under way', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host, { ackMs: 1 });
    const command = slack.user().slash('我忘记密码了');
    await slack.until(() => command.isAcknowledged);
    expect(host.committed).toEqual([]);
    expect(command.response).toBe('');
    gate.open();
    await host.until(() => host.committed.length === 1);
    expect(host.received.map(wordsOf)).toEqual(['我忘记密码了']);
  });

  it('the question whether the address is ours is answered', async () => {
    await startAdapter(createRecordingHost());
    const body = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aB', token: 'x' });
    const answer = await pushes.post(body, 'application/json');
    expect(answer).toMatchObject({ status: 200, body: '{"challenge":"3eZbrw1aB"}' });
  });
});

const EVENT = JSON.stringify({
  type: 'event_callback',
  event_id: 'Ev1',
  event: {
    type: 'message',
    channel: 'D0USER9999',
    channel_type: 'im',
    user: 'U0USER9999',
    text: 'hi',
    ts: '1.2',
  },
});

describe('what is not from Slack', () => {
  it.each(['bad', 'stale', 'future', 'missing'] as const)('is refused: a %s signature', async (fault) => {
    const host = createRecordingHost();
    await startAdapter(host);
    expect((await pushes.post(EVENT, 'application/json', fault)).status).toBe(401);
    expect((await pushes.post('ssl_check=1', 'application/x-www-form-urlencoded', fault)).status).toBe(401);
    expect(host.received).toEqual([]);
    expect(host.logged).toMatchObject([
      { event: 'webhook-refused', status: 401 },
      { event: 'webhook-refused', status: 401 },
    ]);
    expect((await pushes.post(EVENT, 'application/json')).status).toBe(200);
    expect(host.received).toHaveLength(1);
  });

  it('is refused when it is too large, signed or not', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const large = EVENT.replace('hi', 'h'.repeat(256 * 1024));
    expect((await pushes.post(large, 'application/json')).status).toBe(413);
    expect(host.received).toEqual([]);
    const fits = EVENT.replace('hi', 'h'.repeat(255 * 1024));
    expect((await pushes.post(fits, 'application/json')).status).toBe(200);
  });

  it.each([
    ['{"type":', 'application/json'],
    ['hello', 'text/plain'],
    ['payload=%7B', 'application/x-www-form-urlencoded'],
    ['', 'application/json'],
  ])('is refused when it is no payload: %s', async (body, type) => {
    const host = createRecordingHost();
    await startAdapter(host);
    expect((await pushes.post(body, type)).status).toBe(400);
    expect(host.received).toEqual([]);
  });

  it('is acknowledged when it is signed and nothing we handle', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const bodies = ['{"type":"view_closed"}', '{"type":"event_callback","event":{"type":"team_join"}}'];
    for (const body of bodies) expect((await pushes.post(body, 'application/json')).status).toBe(200);
    expect((await pushes.post('ssl_check=1', 'application/x-www-form-urlencoded')).status).toBe(200);
    expect(host.received).toEqual([]);
    expect(host.logged.map(({ code }) => code)).toEqual(['payload-type', 'event-type', 'malformed']);
  });

  it('does not answer at another path', async () => {
    await startAdapter(createRecordingHost());
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: EVENT });
    expect(response.status).toBe(404);
  });
});

it('what comes before the adapter runs, or after it has stopped, is answered 503', async () => {
  const adapter = await prepareAdapter();
  expect((await pushes.post(EVENT, 'application/json')).status).toBe(503);
  await adapter.start(createRecordingHost());
  expect((await pushes.post(EVENT, 'application/json')).status).toBe(200);
  await adapter.stop();
  expect((await pushes.post(EVENT, 'application/json')).status).toBe(503);
});
