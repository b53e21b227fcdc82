import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDiscordPlatform } from '../platforms/discord/server.js';
import { startSlackPlatform } from '../platforms/slack/server.js';
import { startTelegramPlatform } from '../platforms/telegram/server.js';
import { type Chat, hears, walksToLink } from './chat.js';
import { openPhone, type Phone, readPageWords } from './phone.js';
import { botText, openScene, type Scene } from './scene.js';

const wordsOf = readPageWords();
const OLD = 'correct horse battery staple';
const NEW = 'purple otter 41 listens slowly';
const MAIL = 'ann@mail.harbor.internal';

let scene: Scene;
let atEnd: (() => Promise<void>)[] = [];
/** The apps in which something was pressed since the link was opened. */
let used: ('browser' | 'chat')[] = [];

beforeAll(async () => {
  scene = await openScene();
});

afterEach(async () => {
  await scene.clear();
  for (const end of atEnd.reverse()) await end();
  atEnd = [];
  used = [];
  expect(scene.site.faults).toEqual([]);
});

afterAll(() => scene.close());

async function phoneIn(locale: string): Promise<Phone> {
  const phone = await openPhone(scene.browser, locale, () => void used.push('browser'));
  atEnd.push(phone.close);
  return phone;
}

/** How often somebody changes between the apps of one phone who uses them in this order. */
function changes(apps: readonly string[]): number {
  return apps.filter((app, index) => index > 0 && app !== apps[index - 1]).length;
}

/** From the page that asks who it is to being logged in with a new password, and the advice for afterwards. */
async function resets(
  phone: Phone,
  chat: Chat,
  locale: 'zh-CN' | 'zh-TW' | 'en',
  name: string,
): Promise<void> {
  const words = wordsOf(locale);
  const { page } = phone;
  await phone.page.waitForURL('**/reset');
  // From the link to the reset, in the browser on both ends.
  expect(changes(['browser', ...used, 'browser'])).toBe(2);
  expect(phone.typed()).toBe(0);
  await phone.look(`${name}-4-who`);
  const mails = scene.site.mails.mails.filter(({ to }) => to === MAIL).length;
  await page.getByLabel(words('reset.mail')).fill(MAIL);
  await phone.press(words('reset.button'));
  const mail = await scene.site.mails.arrives(MAIL, mails);
  await hears(chat, 'hand-off.mail-sent', locale);
  await phone.look(`${name}-5-code`);
  await page.getByLabel(words('code.label')).fill(/(?<!\d)\d{6}(?!\d)/.exec(mail.text)?.[0] ?? '');
  await phone.press(words('code.button'));
  await page.getByLabel(words('password.label'), { exact: true }).fill(OLD);
  await page
    .locator('[data-strength] p')
    .filter({ hasText: words('password.score-4') })
    .waitFor();
  await page.getByLabel(words('password.again'), { exact: true }).fill(OLD);
  await phone.press(words('password.button'));
  expect(await page.getByRole('alert').textContent()).toBe(words('password.used'));
  await page.getByLabel(words('password.label'), { exact: true }).fill(NEW);
  await page
    .locator('[data-strength] p')
    .filter({ hasText: words('password.score-4') })
    .waitFor();
  await page.getByLabel(words('password.again'), { exact: true }).fill(NEW);
  await phone.look(`${name}-6-password`);
  await phone.press(words('password.button'));
  await page.waitForURL('**/login');
  await phone.look(`${name}-7-log-in`);
  await page.getByLabel(words('reset.mail')).fill(MAIL);
  await page.getByLabel(words('login.password')).fill(NEW);
  await phone.press(words('login.button'));
  await page.waitForURL('**/in');
  await phone.look(`${name}-8-in`);
  await hears(chat, 'hand-off.completed', locale);
  await hears(chat, 'recover.how-far', locale);
  expect(phone.typed()).toBeGreaterThan(0);
  chat.taps(botText('recover.btn-logged-in', locale));
  await hears(chat, 'recover.afterwards', locale);
}

/** Opens the link and presses Continue. */
async function opens(phone: Phone, link: string, locale: 'zh-CN' | 'zh-TW' | 'en'): Promise<void> {
  await phone.page.goto(link);
  await phone.press(wordsOf(locale)('recover.button'));
}

async function onTelegram(locale: string) {
  const telegram = await startTelegramPlatform();
  atEnd.push(telegram.close);
  const settings = { TELEGRAM_BOT_TOKEN: telegram.bot.token, TELEGRAM_API_URL: telegram.apiUrl };
  const languageCode = { 'zh-CN': 'zh-hans', 'zh-TW': 'zh-hant', en: 'en' }[locale] ?? 'en';
  const person = () => {
    const user = telegram.user({ languageCode });
    const chat: Chat = {
      says: (words) => void user.says(words),
      taps: (label) => void user.taps(label),
      hears: () => user.hears(),
      links: () => user.sees().flatMap(({ buttons }) => buttons.flatMap(({ url }) => url ?? [])),
      until: (isDone) => telegram.until(isDone),
    };
    return { user, chat };
  };
  return { settings, person, bot: await scene.startBot(settings) };
}

/** The way back to Telegram that the page shows, once in the app and once on the web. */
async function wayBack({ page }: Phone): Promise<string> {
  const app = await page.locator('a[href^="tg:"]').getAttribute('href');
  const web = await page.locator('a[href^="https://t.me/"]').getAttribute('href');
  expect(app?.replace('tg://resolve?domain=LifelineTestBot&', '')).toBe(
    web?.replace('https://t.me/LifelineTestBot?', ''),
  );
  return web ?? '';
}

describe('from "I forgot my password" to the new password', () => {
  it.each(['zh-CN', 'zh-TW', 'en'] as const)('on Telegram, in %s', async (locale) => {
    await scene.site.accounts.add(MAIL, OLD);
    const { person } = await onTelegram(locale);
    const { user, chat } = person();
    const link = await walksToLink(chat, locale);
    const phone = await phoneIn(locale);
    used = [];
    await phone.page.goto(link);
    await phone.look(`telegram-${locale}-1-recover`);
    await phone.press(wordsOf(locale)('recover.button'));
    await hears(chat, 'hand-off.opened-return', locale);
    await phone.page.waitForURL('**/match');
    await phone.look(`telegram-${locale}-2-back`);
    used.push('chat');
    user.opens(await wayBack(phone));
    await hears(chat, 'hand-off.resetting', locale);
    await resets(phone, chat, locale, `telegram-${locale}`);
  });

  it.each(['discord', 'slack'] as const)('on %s, by one’s own name and a picture', async (platform) => {
    await scene.site.accounts.add(MAIL, OLD);
    const chat = platform === 'discord' ? await onDiscord() : await onSlack();
    const link = await walksToLink(chat, 'en');
    expect(link.length).toBeLessThan(512);
    const phone = await phoneIn('en-GB');
    used = [];
    await opens(phone, link, 'en');
    await hears(chat, 'hand-off.opened-handles', 'en');
    await phone.page.waitForURL('**/match');
    await phone.look(`${platform}-2-names`);
    await phone.press('ann');
    await phone.page.locator('.picture').waitFor();
    await phone.look(`${platform}-3-picture`);
    await hears(chat, 'hand-off.pictures', 'en');
    used.push('chat');
    chat.taps((await phone.page.locator('.picture').textContent()) ?? '');
    await resets(phone, chat, 'en', platform);
  });
});

async function onDiscord(): Promise<Chat> {
  const discord = await startDiscordPlatform();
  atEnd.push(discord.close);
  await scene.startBot({ DISCORD_BOT_TOKEN: discord.bot.token, DISCORD_API_URL: discord.apiUrl });
  await discord.online();
  const user = discord.user();
  return {
    says: (words) => void user.says(words),
    taps: (label) => void user.taps(label),
    hears: () => user.hears(),
    links: () => user.sees().flatMap(({ buttons }) => buttons.flatMap(({ url }) => url ?? [])),
    until: (isDone) => discord.until(isDone),
  };
}

async function onSlack(): Promise<Chat> {
  const slack = await startSlackPlatform();
  atEnd.push(slack.close);
  await scene.startBot({
    SLACK_BOT_TOKEN: slack.bot.token,
    SLACK_APP_TOKEN: slack.bot.appToken,
    SLACK_API_URL: slack.apiUrl,
  });
  const user = slack.user();
  return {
    says: (words) => void user.says(words),
    taps: (label) => void user.taps(label),
    hears: () => user.hears(),
    links: () => user.sees().flatMap(({ buttons }) => buttons.flatMap(({ url }) => url ?? [])),
    until: (isDone) => slack.until(isDone),
  };
}

describe('what goes wrong', () => {
  it('a relay that forwards everything is caught every time, on both sides', async () => {
    const { person } = await onTelegram('en');
    for (let round = 1; round <= 3; round += 1) {
      // Somebody in between talks to us in the victim's place and hands everything on.
      const between = person();
      const victim = person();
      const link = await walksToLink(between.chat, 'en');
      const phone = await phoneIn('en');
      await opens(phone, link, 'en');
      await phone.page.waitForURL('**/match');
      victim.user.opens(await wayBack(phone));
      await hears(victim.chat, 'hand-off.relayed', 'en');
      await hears(between.chat, 'hand-off.alarm', 'en');
      await phone.page.waitForURL('**/stopped');
      if (round === 1) await phone.look('relay-stopped');
      await phone.page.goto('https://harbor.internal/match');
      expect(await phone.heading()).toBe(wordsOf('en')('stopped.title'));
    }
  });

  it('a name that is nobody’s stops with the alarm', async () => {
    const chat = await onDiscord();
    const phone = await phoneIn('zh-CN');
    await opens(phone, await walksToLink(chat, 'en'), 'zh-CN');
    await phone.press(wordsOf('zh-CN')('match.handles.none'));
    await phone.page.waitForURL('**/stopped');
    await phone.look('none-stopped');
    await hears(chat, 'hand-off.alarm', 'en');
  });

  it('crawlers and previews spend nothing, the first browser goes on, another one is told', async () => {
    const { person } = await onTelegram('en');
    const { chat, user } = person();
    const link = await walksToLink(chat, 'en');
    for (let crawler = 0; crawler < 5; crawler += 1)
      expect(
        (await fetch(`${scene.site.plainUrl}/recover`, { headers: { 'user-agent': 'TelegramBot' } })).status,
      ).toBe(200);
    const phone = await phoneIn('en');
    await phone.page.goto(link);
    await phone.page.reload();
    await phone.press(wordsOf('en')('recover.button'));
    await phone.page.waitForURL('**/match');
    const other = await phoneIn('en');
    await opens(other, link, 'en');
    expect(await other.heading()).toBe(wordsOf('en')('elsewhere.title'));
    await other.look('other-browser');
    // The page forgets; the browser and the bot do not.
    await scene.site.restart();
    await phone.page.waitForURL('**/again');
    await phone.look('page-started-anew');
    await opens(phone, link, 'en');
    await phone.page.waitForURL('**/match');
    user.opens(await wayBack(phone));
    await phone.page.waitForURL('**/reset');
  });

  it('a bot that goes away keeps nobody: the plain reset is there, and it goes on once the bot is back', async () => {
    const { person, settings, bot } = await onTelegram('en');
    const { chat, user } = person();
    const link = await walksToLink(chat, 'en');
    const phone = await phoneIn('en');
    await opens(phone, link, 'en');
    await phone.page.waitForURL('**/match');
    const back = await wayBack(phone);
    await scene.stopBot(bot);
    await phone.page.getByText(wordsOf('en')('match.slow')).waitFor();
    await phone.look('bot-slow');
    const late = await phoneIn('en');
    await opens(late, link, 'en');
    expect(await late.heading()).toBe(wordsOf('en')('away.title'));
    await late.look('bot-away');
    await late.press(wordsOf('en')('page.to-reset'));
    await late.page.waitForURL('**/reset');
    await scene.startBot(settings);
    user.opens(back);
    await phone.page.waitForURL('**/reset');
  });

  it('a mail server that is down loses nothing', async () => {
    await scene.site.accounts.add(MAIL, OLD);
    const words = wordsOf('zh-TW');
    const phone = await phoneIn('zh-TW');
    await scene.site.mails.stop();
    await phone.page.goto('https://harbor.internal/reset');
    await phone.page.getByLabel(words('reset.mail')).fill(MAIL);
    await phone.press(words('reset.button'));
    expect(await phone.page.getByRole('alert').textContent()).toBe(words('reset.mail-down'));
    expect(await phone.page.getByLabel(words('reset.mail')).inputValue()).toBe(MAIL);
    await phone.look('mail-down');
    await scene.site.mails.start();
    await phone.press(words('reset.button'));
    await phone.page.waitForURL('**/reset/code');
  });
});

describe('on another device', () => {
  it('takes the typed number as people type it, and says kindly what is wrong with others', async () => {
    const { person } = await onTelegram('zh-CN');
    const { chat, user } = person();
    await walksToLink(chat, 'zh-CN');
    chat.taps(botText('hand-off.btn-other-device', 'zh-CN'));
    const shown = () => /\d{4} \d{4}/.exec(chat.hears().join('\n'))?.[0];
    await chat.until(() => shown() !== undefined);
    const words = wordsOf('zh-CN');
    const phone = await phoneIn('zh-CN');
    await phone.page.goto('https://harbor.internal/start');
    const field = phone.page.getByLabel(words('start.label'));
    for (const [typed, key] of [
      ['', 'start.empty'],
      ['1234 567', 'start.few'],
      ['123456789', 'start.many'],
      ['abcd efgh', 'start.letters'],
    ] as const) {
      await field.fill(typed);
      await phone.press(words('start.button'));
      expect(await phone.page.getByRole('alert').textContent()).toBe(words(key));
    }
    await phone.look('start-letters');
    const wide = (shown() ?? '').replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    await field.fill(` ${wide} `);
    await phone.press(words('start.button'));
    await phone.page.waitForURL('**/match');
    user.opens(await wayBack(phone));
    await phone.page.waitForURL('**/reset');
  });

  it('tells whether a chat is ours by its code', async () => {
    const { person } = await onTelegram('en');
    const { chat } = person();
    await walksToLink(chat, 'en');
    const code = /\b[0-9A-HJKMNP-TV-Z]{5} [0-9A-HJKMNP-TV-Z]{5}\b/.exec(chat.hears().join('\n'))?.[0] ?? '';
    const words = wordsOf('en');
    const phone = await phoneIn('en');
    for (const [typed, verdict] of [
      [code.toLowerCase(), 'check.yes.title'],
      ['ZZZZZ ZZZZZ', 'check.no.title'],
    ] as const) {
      await phone.page.goto('https://harbor.internal/check');
      await phone.page.getByLabel(words('check.label')).fill(typed);
      await phone.press(words('check.button'));
      expect(await phone.heading()).toBe(words(verdict));
      await phone.look(verdict);
    }
  });
});
