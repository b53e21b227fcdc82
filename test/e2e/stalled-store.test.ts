import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import { startTelegramPlatform } from '../platforms/telegram/server.js';
import { freePort } from '../support/free-port.js';
import { realContent } from '../support/real-content.js';
import { startRedis } from '../support/redis/start-redis.js';
import { startProxy } from '../support/tcp-proxy.js';

const PEOPLE = 80;
const LONGEST_MS = 120_000;

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** A bot on Telegram by webhook, whose way to Redis can be blocked. */
async function startScene() {
  const server = await startRedis();
  atEnd.push(server.stop);
  const proxy = await startProxy(server.port);
  atEnd.push(proxy.close);
  const telegram = await startTelegramPlatform();
  atEnd.push(telegram.close);
  const http = await freePort();
  const settings = readSettings(
    {
      LIFELINE_STORE: `redis://127.0.0.1:${proxy.port}`,
      LIFELINE_SECRET: randomBytes(32).toString('base64'),
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${http}/updates`,
      TELEGRAM_WEBHOOK_SECRET: randomBytes(24).toString('hex'),
      HTTP_PORT: String(http),
      LOG_LEVEL: 'silent',
    },
    '/nowhere',
  );
  const bot = await createBot(settings, { content: await realContent() });
  await bot.start();
  atEnd.push(() => bot.stop());
  const healthOf = async (): Promise<{ status: number; store: { status: string; operations: number } }> => {
    const response = await fetch(`http://127.0.0.1:${http}/readyz`);
    const { store } = (await response.json()) as { store: { status: string; operations: number } };
    return { status: response.status, store };
  };
  return { proxy, telegram, bot, healthOf };
}

it(
  'acknowledges nothing while the store stalls, says so, keeps what waits bounded, and answers all of it afterwards',
  async () => {
    const { proxy, telegram, bot, healthOf } = await startScene();
    const people = Array.from({ length: PEOPLE }, () => telegram.user({ languageCode: 'en' }));
    expect(await healthOf()).toMatchObject({ status: 200, store: { status: 'ok' } });

    proxy.halfOpen();
    for (const person of people) person.says('how much are the fees');
    await telegram.until(() => telegram.pushes.length >= PEOPLE);
    expect(telegram.pushes.filter(({ status }) => status >= 200 && status < 300)).toEqual([]);
    expect(telegram.unconfirmed()).toHaveLength(PEOPLE);
    const health = await healthOf();
    expect(health).toMatchObject({ status: 503, store: { status: expect.not.stringMatching('ok') } });
    expect(bot.receiver.waiting).toBeLessThanOrEqual(PEOPLE);
    expect(health.store.operations).toBeLessThanOrEqual(2 * PEOPLE);

    await proxy.heal();
    await telegram.until(() => people.every((person) => person.hears().length > 0));
    await telegram.until(() => telegram.unconfirmed().length === 0);
    for (const person of people) expect(new Set(person.hears()).size).toBe(person.hears().length);
    expect(await healthOf()).toMatchObject({ status: 200, store: { status: 'ok' } });
  },
  LONGEST_MS,
);
