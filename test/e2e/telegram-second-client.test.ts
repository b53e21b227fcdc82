import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, GrammyError, InlineKeyboard, webhookCallback } from 'grammy';
import { Telegraf } from 'telegraf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';

let telegram: TelegramPlatform;
let leave: () => Promise<void> | void = () => undefined;

beforeEach(async () => {
  telegram = await startTelegramPlatform();
});

afterEach(async () => {
  await leave();
  leave = () => undefined;
  await telegram.close();
});

/** A bot of grammY that does a little of everything. */
function grammyBot(): Bot {
  const bot = new Bot(telegram.bot.token, { client: { apiRoot: telegram.apiUrl } });
  bot.command('start', (ctx) => ctx.reply(`start <b>${ctx.match}</b>`, { parse_mode: 'HTML' }));
  bot.callbackQuery('more', async (ctx) => {
    await ctx.answerCallbackQuery('here it is');
    await ctx.editMessageText('more');
  });
  bot.callbackQuery('alone', async (ctx) => {
    await ctx.reply('between us', {
      ephemeral_message_parameters: {
        receiver_user_id: ctx.from.id,
        callback_query_id: ctx.callbackQuery.id,
      },
    });
    await ctx.answerCallbackQuery();
  });
  bot.hears(/secret/, async (ctx) => {
    await ctx.deleteMessage();
    await ctx.reply('gone');
  });
  bot.on('edited_message:text', (ctx) => ctx.reply(`now ${ctx.editedMessage.text}`));
  bot.on('my_chat_member', (ctx) => {
    states.push(`${ctx.chat.type} ${ctx.myChatMember.new_chat_member.status}`);
  });
  bot.on('message:photo', (ctx) => ctx.reply(`a photo: ${ctx.message.caption}`));
  bot.on('message:text', (ctx) =>
    ctx.reply(`you said ${ctx.message.text}`, {
      reply_markup: new InlineKeyboard().text('More', 'more').text('Alone', 'alone'),
      reply_parameters: { message_id: ctx.message.message_id },
    }),
  );
  return bot;
}

let states: string[] = [];

/** Starts it by long polling. */
async function polls(bot: Bot): Promise<void> {
  states = [];
  leave = () => bot.stop();
  await new Promise<void>((resolve) => {
    void bot.start({ onStart: () => resolve() });
  });
}

describe('grammY, which shares no code with telegraf', () => {
  it('talks with people on the emulator: texts, a photo, taps, edits, deletions', async () => {
    await polls(grammyBot());
    const ann = telegram.user({ username: 'ann' });
    ann.starts('f_menu');
    await telegram.until(() => ann.hears().includes('start f_menu'));
    expect(ann.sees().at(-1)?.marks).toEqual([{ type: 'bold', offset: 6, length: 6 }]);

    const hello = ann.says('hello');
    await telegram.until(() => ann.hears().includes('you said hello'));
    expect(ann.sees().at(-1)?.replyTo).toBe(hello);
    ann.taps('More');
    await telegram.until(() => ann.sees().at(-1)?.isEdited === true);
    expect(ann.hears()).not.toContain('you said hello');
    expect(ann.toasts()).toEqual(['here it is']);

    ann.edits(hello, 'good bye');
    await telegram.until(() => ann.hears().includes('now good bye'));
    ann.sendsPhoto('my screen');
    await telegram.until(() => ann.hears().includes('a photo: my screen'));
    ann.says('my secret');
    await telegram.until(() => ann.hears().includes('gone'));
    expect(ann.sees().some(({ text }) => text === 'my secret')).toBe(false);
    ann.blocks();
    await telegram.until(() => states.length === 1);
    expect(states).toEqual(['private kicked']);
  });

  it('talks in groups and topics, and to one member alone', async () => {
    await polls(grammyBot());
    const ann = telegram.user();
    const bob = telegram.user();
    const group = telegram.group({ isForum: true });
    const topic = group.openTopic();
    group.addBot(ann);
    for (const person of [ann, bob]) person.joins(group);
    ann.says('not for you', { in: group, topic });
    ann.says('@LifelineTestBot hello', { in: group, topic });
    await telegram.until(() => ann.hears({ in: group, topic }).length === 1);
    expect(bob.hears({ in: group, topic })).toEqual(['you said @LifelineTestBot hello']);
    bob.taps('Alone', { in: group, topic });
    await telegram.until(() => bob.hears({ in: group, topic }).includes('between us'));
    expect(bob.sees({ in: group }).filter(({ ephemeral }) => ephemeral)).toHaveLength(1);
    expect(ann.hears({ in: group })).not.toContain('between us');
    expect(states).toEqual(['supergroup member']);
  });

  it('is told what is wrong, in a form it knows', async () => {
    const bot = grammyBot();
    const ann = telegram.user();
    const refusal = await bot.api.sendMessage(ann.id, 'hello').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(GrammyError);
    expect(refusal).toMatchObject({ error_code: 403 });
    telegram.faults.rateLimit('sendMessage', 7);
    const limited = await bot.api.sendMessage(ann.id, 'hello').catch((error: unknown) => error);
    expect(limited).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } });
  });

  it('takes updates by a webhook, with its secret', async () => {
    const bot = grammyBot();
    await bot.init();
    const handle = webhookCallback(bot, 'http', { secretToken: 'made-up-secret' });
    const server: Server = createServer((request, response) => void handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    leave = async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    };
    const { port } = server.address() as AddressInfo;
    await bot.api.setWebhook(`http://127.0.0.1:${port}/`, { secret_token: 'made-up-secret' });
    expect((await bot.api.getWebhookInfo()).url).toBe(`http://127.0.0.1:${port}/`);
    telegram.faults.nextPush('wrong-secret');
    const ann = telegram.user();
    ann.says('hello');
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expect(ann.hears()).toEqual(['you said hello']);
    expect(telegram.pushes.map(({ status }) => status)).toEqual([401, 200]);
  });
});

describe('telegraf, unmodified, with its own polling', () => {
  it('talks with people on the emulator: a text, a tap, a mention in a group', async () => {
    const bot = new Telegraf(telegram.bot.token, { telegram: { apiRoot: telegram.apiUrl } });
    bot.action('more', (ctx) => ctx.answerCbQuery('here it is'));
    bot.on('text', (ctx) =>
      ctx.reply(`you said ${ctx.message.text}`, {
        reply_markup: { inline_keyboard: [[{ text: 'More', callback_data: 'more' }]] },
      }),
    );
    const launched = bot.launch();
    leave = async () => {
      bot.stop();
      await launched;
    };
    const ann = telegram.user();
    ann.says('hello');
    await telegram.until(() => ann.hears().includes('you said hello'));
    ann.taps('More');
    await telegram.until(() => ann.toasts().includes('here it is'));
    const group = telegram.group();
    group.addBot(ann);
    ann.says('@LifelineTestBot hi', { in: group });
    await telegram.until(() => ann.hears({ in: group }).length === 1);
  });
});
