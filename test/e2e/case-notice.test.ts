import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../src/infra/clock.js';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import type { Bot } from '../../src/runtime/lifecycle.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import { realContent } from '../support/real-content.js';

let telegram: TelegramPlatform;
let bot: Bot;

afterEach(async () => {
  await bot.stop();
  await telegram.close();
});

it('tells the support team of a case once, by its number only, and says so to the person', async () => {
  telegram = await startTelegramPlatform();
  const team = telegram.group();
  const lead = telegram.user();
  team.addBot(lead, 'administrator');
  const content = await realContent((registry) =>
    registry.replace('cases: {}', `cases: { notify: { telegram: "${team.id}" } }`),
  );
  const settings = readSettings(
    {
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      LIFELINE_STORE: 'memory:',
      LOG_LEVEL: 'silent',
    },
    '/nowhere',
  );
  bot = await createBot(settings, { content, clock: systemClock });
  await bot.start();
  lead.joins(team);
  const ann = telegram.user({ languageCode: 'en' });
  ann.says('human');
  await telegram.until(
    () => lead.hears({ in: team }).length > 0 && ann.hears().some((words) => words.includes('LL-')),
  );
  const [number = ''] = /LL-[0-9A-Z]{3}-[0-9A-Z]{3}/.exec(ann.hears().join('\n')) ?? [];
  expect(lead.hears({ in: team })).toEqual([`${number} · general · telegram · en`]);
  const told = content.bundle.texts.get('en')?.get('human.case-notified');
  expect(ann.hears()).toContain(told?.format((name) => (name === 'case' ? number : undefined)));
  await telegram.until(() => telegram.unconfirmed().length === 0);
  expect((await bot.store.listCases(5)).map((entry) => entry.topic)).toEqual(['general']);
});
