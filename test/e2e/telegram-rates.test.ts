import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import { TELEGRAM_RATES } from '../../adapters/telegram/limits.js';
import type { Adapter } from '../../src/model/index.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { contractBundle, contractEngine } from '../contract/adapter/contract-content.js';
import { createProcess, type Process } from '../contract/adapter/process.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User } from '../platforms/telegram/user.js';
import { START } from '../support/talk.js';

/** As the registry of the tests names the bot. */
const BOT = 'ExampleLifelineBot';
/** What Telegram says of bots (core.telegram.org/bots/faq), and a short burst into a chat. */
const LIMITS = { perSecond: 30, perSecondInChat: 5, perMinuteInGroup: 20 };
const STEP_MS = 10;

let now: number;
let underWay: number;
let telegram: TelegramPlatform;
let process: Process;

/** The adapter as it is; how many of its calls are under way is counted. */
function counted(adapter: Adapter): Adapter {
  return {
    ...adapter,
    send: async (call, context) => {
      underWay += 1;
      try {
        return await adapter.send(call, context);
      } finally {
        underWay -= 1;
      }
    },
  };
}

beforeEach(async () => {
  now = START;
  underWay = 0;
  telegram = await startTelegramPlatform({ now: () => now, username: BOT, rateLimits: LIMITS });
  process = createProcess({
    ...{ engine: contractEngine, bundle: contractBundle, platform: 'telegram', name: 'one', now },
    store: createMemoryStore({ clock: () => now }),
    adapter: counted(createTelegramAdapter({ token: telegram.bot.token, apiUrl: telegram.apiUrl })),
    keepsRates: true,
  });
  await process.start();
});

afterEach(async () => {
  await process.stop();
  await telegram.close();
});

/** Lets time pass while nothing is on its way to Telegram: what is counted here arrives when it was sent. */
async function passUntil(isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    now += STEP_MS;
    process.clock.moveTo(now);
    do await new Promise(setImmediate);
    while (underWay > 0);
  }
}

const answered = (people: readonly User[]): boolean => people.every((person) => person.hears().length > 0);

it('never writes faster than Telegram takes it: to many, one after another to one, and in a group', async () => {
  const crowd = Array.from({ length: 90 }, () => telegram.user({ languageCode: 'en' }));
  for (const person of crowd) person.says('en wants fees');
  await passUntil(() => answered(crowd));

  const eager = telegram.user({ languageCode: 'en' });
  for (let said = 0; said < 12; said += 1) eager.says('en wants fees');
  await passUntil(() => eager.hears().filter((words) => words.includes('en answers fees')).length === 12);

  const group = telegram.group();
  const [first] = crowd;
  if (first === undefined) throw new Error('nobody');
  group.addBot(first);
  const members = crowd.slice(0, 30);
  for (const person of members) {
    person.joins(group);
    person.says(`@${BOT} en wants fees`, { in: group });
  }
  await passUntil(() => first.hears({ in: group }).length === members.length);
  expect(telegram.calls.filter(({ status }) => status === 429)).toEqual([]);
});

it.each([
  ['in all', TELEGRAM_RATES.platform, LIMITS.perSecond, 1],
  ['into a chat', TELEGRAM_RATES.direct, LIMITS.perSecondInChat, 1],
  ['into a group', TELEGRAM_RATES.public, LIMITS.perMinuteInGroup, 60],
] as const)('counts the burst as a part of what may go %s', (_what, { burst, perSecond }, most, windowS) => {
  expect(burst + perSecond * windowS).toBeLessThanOrEqual(most);
});
