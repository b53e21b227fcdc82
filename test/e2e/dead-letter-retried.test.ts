import { randomBytes } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/infra/clock.js';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import { conversationId, inboundId, type OutboxRow, rowId } from '../../src/model/index.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { startTelegramPlatform } from '../platforms/telegram/server.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { environment } from '../support/live-store.js';
import { realContent } from '../support/real-content.js';

// A busy machine takes seconds for each run of the command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

it('a running bot sends a dead letter that is retried', async () => {
  const telegram = await startTelegramPlatform();
  atEnd.push(telegram.close);
  const folder = await makeTempFolder();
  atEnd.push(folder.remove);
  const env = environment(`lmdb:${folder.path}/store`, randomBytes(32));
  const settings = readSettings(
    {
      ...env,
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      LOG_LEVEL: 'silent',
    },
    '/nowhere',
  );
  const bot = await createBot(settings, { content: await realContent(), clock: systemClock });
  atEnd.push(bot.stop);
  await bot.start();
  const ann = telegram.user({ languageCode: 'en' });
  ann.says('hello');
  await telegram.until(() => ann.hears().length > 0);

  const id = String(ann.id);
  const conversation = conversationId('telegram', { channel: id }, id);
  const row: OutboxRow = {
    id: rowId(conversation, inboundId('telegram', 'lost'), 0),
    call: { method: 'sendMessage', payload: { chat_id: ann.id, text: 'the lost answer' } },
    links: [],
    shown: { kind: 'message', keys: ['mail.bye'], choices: [] },
    conversation,
    tries: 10,
    notBefore: 0,
    unclearSince: null,
  };
  await bot.store.importItem({ kind: 'dead', letter: { row, code: 'timeout', at: bot.store.now() } });
  const lifeline = lifelineIn(folder.path, env);
  expect((await lifeline('dead')).out).toContain(`${row.id}  `);
  expect(ann.hears()).not.toContain('the lost answer');
  expect((await lifeline('dead', 'retry', row.id)).code).toBe(0);
  await telegram.until(() => ann.hears().includes('the lost answer'));
  expect((await lifeline('dead')).out).toBe('No dead letters.\n');
});
