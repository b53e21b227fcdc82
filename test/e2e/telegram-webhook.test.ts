import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter, type WebhookOptions } from '../../adapters/telegram/index.js';
import { createHttpServer, type HttpServer } from '../../src/infra/http-server.js';
import type { Adapter, AdapterHost, Received } from '../../src/model/index.js';
import { createRecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { freePort } from '../support/free-port.js';
import { createGate } from '../support/gate.js';
import { SILENT } from '../support/silent-log.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;
const committed: Received = { kind: 'committed' };

let telegram: TelegramPlatform;
let http: HttpServer;
let webhook: WebhookOptions;
let adapters: Adapter[] = [];

beforeEach(async () => {
  telegram = await startTelegramPlatform();
  const port = await freePort();
  const path = '/telegram/updates';
  http = createHttpServer({ host: '127.0.0.1', port, log: SILENT });
  webhook = {
    url: `http://127.0.0.1:${port}${path}`,
    secret: 'made_up-Secret_1',
    path,
    routes: http.routes,
  };
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await http.stop();
  await telegram.close();
});

async function prepareAdapter(): Promise<Adapter> {
  const { apiUrl, bot } = telegram;
  const adapter = createTelegramAdapter({
    token: bot.token,
    apiUrl,
    webhook,
    timing: { stopMs: NEVER_MS, answerMs: NEVER_MS },
  });
  adapters.push(adapter);
  await http.start();
  return adapter;
}

async function startAdapter(host: AdapterHost): Promise<Adapter> {
  const adapter = await prepareAdapter();
  await adapter.start(host);
  return adapter;
}

async function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const response = await fetch(webhook.url, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': webhook.secret, ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

describe('the webhook', () => {
  it('is registered with its secret and the updates we want', async () => {
    await startAdapter(createRecordingHost());
    expect(telegram.calls.find(({ method }) => method === 'setWebhook')?.payload).toEqual({
      url: webhook.url,
      secret_token: webhook.secret,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      max_connections: 16,
    });
  });

  it.each([
    ['wrong-secret', [401, 200]],
    ['no-secret', [401, 200]],
    ['truncated', [400, 200]],
  ] as const)(
    'takes nothing from a push with a %s, and everything from the next one',
    async (fault, statuses) => {
      const host = createRecordingHost();
      await startAdapter(host);
      telegram.faults.nextPush(fault);
      telegram.user().says('no mail');
      await telegram.until(() => telegram.unconfirmed().length === 0);
      expect(telegram.pushes.map(({ status }) => status)).toEqual(statuses);
      expect(host.received.map(wordsOf)).toEqual(['no mail']);
    },
  );

  it('passes on what is pushed twice, with the same id', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    telegram.faults.nextPush('twice');
    telegram.user().says('no mail');
    await host.until(() => host.committed.length === 2);
    expect(new Set(host.committed).size).toBe(1);
  });

  it('answers 200 after the commit, not before', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host);
    telegram.user().says('no mail');
    await host.until(() => host.received.length === 1);
    expect(telegram.unconfirmed()).toHaveLength(1);
    gate.open();
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(telegram.pushes.map(({ status }) => status)).toEqual([200]);
  });

  it('answers 503 when the commit fails, so that the update comes again', async () => {
    let failures = 0;
    const host = createRecordingHost({
      receive: async () => {
        failures += 1;
        if (failures <= 2) throw new Error('the store is away');
        return committed;
      },
    });
    await startAdapter(host);
    const ann = telegram.user();
    ann.says('first');
    ann.says('second');
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(host.received.map(wordsOf)).toEqual(['first', 'first', 'first', 'second']);
    expect(telegram.pushes.map(({ status }) => status)).toEqual([503, 503, 200, 200]);
  });

  it('keeps the order of a chat when updates come side by side', async () => {
    const gate = createGate();
    const host = createRecordingHost({
      receive: (message) =>
        wordsOf(message) === '1' ? gate.passed.then(() => committed) : Promise.resolve(committed),
    });
    await startAdapter(host);
    const said = (updateId: number, chatId: number, text: string): string =>
      JSON.stringify({
        update_id: updateId,
        message: { message_id: updateId, chat: { id: chatId, type: 'private' }, from: { id: chatId }, text },
      });
    const first = post(said(1, 7, '1'));
    await host.until(() => host.received.length === 1);
    const second = post(said(2, 7, '2'));
    expect(await post(said(3, 8, 'other'))).toBe(200);
    expect(host.received.map(wordsOf)).toEqual(['1', 'other']);
    gate.open();
    expect(await Promise.all([first, second])).toEqual([200, 200]);
    expect(host.received.map(wordsOf)).toEqual(['1', 'other', '2']);
  });

  it('answers 401 to whoever does not know the secret', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const update = JSON.stringify({ update_id: 1 });
    expect(await post(update, { 'x-telegram-bot-api-secret-token': 'made_up-Secret_2' })).toBe(401);
    expect(await post(update, { 'x-telegram-bot-api-secret-token': '' })).toBe(401);
    const bare = await fetch(webhook.url, { method: 'POST', body: update });
    expect(bare.status).toBe(401);
    expect(host.logged.filter(({ status }) => status === 401)).toHaveLength(3);
  });

  it('answers 400 to what is no JSON, 413 to too much, 200 to what is none of ours', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    expect(await post('{"update_id":')).toBe(400);
    expect(await post('')).toBe(400);
    expect(await post(JSON.stringify({ update_id: 1, text: 'x'.repeat(256 * 1024) }))).toBe(413);
    expect(await post('5')).toBe(200);
    expect(
      await post(JSON.stringify({ update_id: 1, poll: {} }), { 'content-type': 'application/json' }),
    ).toBe(200);
    expect(host.received).toEqual([]);
  });

  it('lets an update that takes long be pushed again, hands it over once, and answers 200 after its commit', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host);
    telegram.user().says('no mail');
    await host.until(() => host.delays.includes(NEVER_MS));
    host.passLongTimers();
    await telegram.until(() => telegram.pushes.length === 1);
    expect(telegram.pushes.map(({ status }) => status)).toEqual([503]);
    expect(telegram.unconfirmed()).toHaveLength(1);
    expect(host.logged).toContainEqual(expect.objectContaining({ event: 'webhook-slow' }));
    await host.until(() => host.delays.filter((delay) => delay === NEVER_MS).length === 2);
    gate.open();
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(telegram.pushes.map(({ status }) => status)).toEqual([503, 200]);
    expect(host.received).toHaveLength(1);
  });

  it('finishes the update in hand when it stops', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    const adapter = await startAdapter(host);
    telegram.user().says('no mail');
    await host.until(() => host.received.length === 1);
    const stopped = adapter.stop();
    gate.open();
    await stopped;
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(telegram.pushes.map(({ status }) => status)).toEqual([200]);
  });

  it('answers 503 before the adapter runs, while Telegram refuses the address, and after it has stopped', async () => {
    const adapter = await prepareAdapter();
    const update = JSON.stringify({ update_id: 1 });
    expect(await post(update)).toBe(503);
    telegram.faults.next('setWebhook', {
      kind: 'error',
      status: 400,
      description: 'Bad Request: bad webhook: HTTPS url must be provided for webhook',
    });
    await expect(adapter.start(createRecordingHost())).rejects.toMatchObject({ code: 'platform-refused' });
    expect(await post(update)).toBe(503);
    await adapter.start(createRecordingHost());
    expect(await post(update)).toBe(200);
    await adapter.stop();
    expect(await post(update)).toBe(503);
    expect(await post(update, { 'x-telegram-bot-api-secret-token': 'x' })).toBe(401);
  });

  it.each([
    ['an empty secret', { secret: '' }],
    ['a secret with other letters', { secret: 'päss' }],
    ['a secret that is too long', { secret: 's'.repeat(257) }],
    ['a path without slash', { path: 'telegram' }],
    ['an address that is none', { url: 'lifeline' }],
  ])('is refused with %s', (_what, change) => {
    const make = (): Adapter => createTelegramAdapter({ token: '1:x', webhook: { ...webhook, ...change } });
    expect(make).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
  });
});
