import type { ConsoleOptions } from '../adapters/console/index.js';
import type { Bundle } from './content/index.js';
import type { Settings } from './infra/settings.js';
import type { Adapter, HttpRoutes, Platform } from './model/index.js';

/** The terminal to talk in; its texts come from the content. */
export type Terminal = Omit<ConsoleOptions, 'hint' | 'goodbye'>;

/**
 * The adapters of all platforms with a token, else of the terminal where there is one. Only these are loaded: each
 * brings its platform's library along. `routes` is there whenever one of them takes what is posted.
 */
export async function createAdapters(
  settings: Settings,
  bundle: Bundle,
  routes: HttpRoutes | undefined,
  terminal: Terminal | undefined,
): Promise<ReadonlyMap<Platform, Adapter>> {
  const adapters = new Map<Platform, Adapter>();
  const add = (platform: Platform, adapter: Adapter | null): void => {
    if (adapter !== null) adapters.set(platform, adapter);
  };
  add('telegram', await telegramOf(settings, routes));
  add('discord', await discordOf(settings));
  add('slack', await slackOf(settings, routes));
  if (adapters.size === 0 && terminal !== undefined) add('console', await consoleOf(bundle, terminal));
  return adapters;
}

async function telegramOf(settings: Settings, routes: HttpRoutes | undefined): Promise<Adapter | null> {
  const {
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_URL: apiUrl,
    TELEGRAM_WEBHOOK_URL: url,
    TELEGRAM_WEBHOOK_SECRET: secret,
  } = settings;
  if (token === undefined) return null;
  const { createTelegramAdapter } = await import('../adapters/telegram/index.js');
  if (url === undefined || secret === undefined || routes === undefined)
    return createTelegramAdapter({ token, apiUrl });
  return createTelegramAdapter({
    token,
    apiUrl,
    webhook: { url, secret, path: new URL(url).pathname, routes },
  });
}

async function discordOf(settings: Settings): Promise<Adapter | null> {
  const { DISCORD_BOT_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_READS_CHANNELS: reads } = settings;
  if (token === undefined) return null;
  const { createDiscordAdapter } = await import('../adapters/discord/index.js');
  return createDiscordAdapter({ token, apiUrl, overhears: reads === 'on' });
}

async function slackOf(settings: Settings, routes: HttpRoutes | undefined): Promise<Adapter | null> {
  const {
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl,
  } = settings;
  if (token === undefined) return null;
  const { createSlackAdapter } = await import('../adapters/slack/index.js');
  if (appToken !== undefined)
    return createSlackAdapter({ token, apiUrl, intake: { kind: 'socket', appToken } });
  if (signingSecret === undefined || routes === undefined) return null;
  return createSlackAdapter({ token, apiUrl, intake: { kind: 'webhook', signingSecret, routes } });
}

async function consoleOf(bundle: Bundle, terminal: Terminal): Promise<Adapter> {
  const { createConsoleAdapter } = await import('../adapters/console/index.js');
  const text = (key: string): string =>
    bundle.texts
      .get(terminal.locale ?? terminal.localeHint ?? bundle.locales.source)
      ?.get(key)
      ?.format(() => undefined) ?? '';
  return createConsoleAdapter({
    ...terminal,
    hint: text('terminal.prompt-hint'),
    goodbye: text('terminal.bye'),
  });
}
