import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../adapters/discord/index.js';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import type { Adapter } from '../../src/model/index.js';
import { startDiscordPlatform } from '../platforms/discord/server.js';
import { startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import { createRecordingHost, type RecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';
import { startTelegramPlatform } from '../platforms/telegram/server.js';
import { EVENTS as DISCORD_EVENTS } from '../property/adapters/discord-kinds.js';
import { EVENTS as SLACK_EVENTS } from '../property/adapters/slack-kinds.js';
import { UPDATES as TELEGRAM_UPDATES } from '../property/adapters/telegram-kinds.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startOn(host: RecordingHost, adapter: Adapter): Promise<void> {
  ends.push(() => adapter.stop());
  await adapter.start(host);
}

/** What an event may hold that is none, in a text, and in no shape at all. */
const CONTENTS: readonly unknown[] = [
  null,
  [],
  'canary',
  { id: 'canary', channel_id: -1, author: null, content: 'canary'.repeat(10_000) },
  JSON.parse('{"__proto__":{"polluted":1},"constructor":"canary","id":"1","channel_id":"2"}'),
  { id: '1'.repeat(20), channel_id: '9'.repeat(20), guild_id: '\ud800', content: '\ud800canary\u0000' },
];

/** Nothing was taken for a message, and no word of it stands in the log. */
function expectNothingOf(host: RecordingHost): void {
  expect(host.received.map(wordsOf)).toEqual(['no mail']);
  expect(JSON.stringify(host.logged)).not.toContain('canary');
  expect('polluted' in {}).toBe(false);
}

describe('every event, and events that nobody knows,', () => {
  it('may hold anything in what is polled from Telegram: all are confirmed, and what comes after is taken in', async () => {
    const telegram = await startTelegramPlatform();
    ends.push(() => telegram.close());
    const host = createRecordingHost();
    const { apiUrl, bot } = telegram;
    await startOn(host, createTelegramAdapter({ token: bot.token, apiUrl }));
    for (const kind of Object.keys(TELEGRAM_UPDATES))
      for (const content of CONTENTS) telegram.inject(kind, 7, content as Readonly<Record<string, unknown>>);
    telegram.user().says('no mail');
    await telegram.until(() => telegram.unconfirmed().length === 0);
    expectNothingOf(host);
  });

  it('may hold anything on the gateway of Discord: what comes after it is taken in', async () => {
    const discord = await startDiscordPlatform();
    ends.push(() => discord.close());
    const host = createRecordingHost();
    const { apiUrl, bot } = discord;
    await startOn(host, createDiscordAdapter({ token: bot.token, apiUrl }));
    await discord.online();
    // READY and RESUMED are for the client of the gateway, which has a session already.
    const events = Object.keys(DISCORD_EVENTS).filter((event) => event !== 'READY' && event !== 'RESUMED');
    for (const event of [...events, 'AN_EVENT_OF_NEXT_YEAR', ''])
      for (const content of CONTENTS) discord.inject(event, content);
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
    expectNothingOf(host);
    expect([discord.gateway.identifies, discord.gateway.closes]).toEqual([1, []]);
  });

  it('may hold anything on the sockets of Slack: all are acknowledged, and what comes after is taken in', async () => {
    const slack = await startSlackPlatform();
    ends.push(() => slack.close());
    const host = createRecordingHost();
    await startOn(host, makeAdapter(slack));
    for (const type of [...Object.keys(SLACK_EVENTS), 'an_event_of_next_year', ''])
      for (const content of CONTENTS) slack.inject({ user: content, channel: content, item: content, type });
    slack.user().says('no mail');
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    expectNothingOf(host);
    expect(slack.sockets.opened).toBeLessThanOrEqual(2);
  });
});
