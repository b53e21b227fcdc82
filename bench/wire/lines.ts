import { randomBytes } from 'node:crypto';
import { startDiscordPlatform } from '../../test/platforms/discord/server.js';
import { startSlackPlatform } from '../../test/platforms/slack/server.js';
import { startTelegramPlatform } from '../../test/platforms/telegram/server.js';
import { openBareLine } from './bare-line.js';

/** The ways in which updates come; `bare` is one without an adapter. */
export type LineName =
  | 'telegram polling'
  | 'telegram webhook'
  | 'discord'
  | 'slack socket'
  | 'slack http'
  | 'bare';

/** Somebody on a platform. */
export interface Person {
  /** Writes directly to the bot. */
  says(text: string): void;
  /** Taps the newest button with this label. Throws when none is to be seen. */
  taps(label: string): void;
  /** What the bot said, oldest first, as the person sees it now. */
  hears(): readonly string[];
}

/** Adapter options of a worker, as data. */
export interface LineOrders {
  readonly name: LineName;
  readonly apiUrl: string;
  readonly token: string;
  /** Slack over a socket. */
  readonly appToken?: string;
  /** For what is posted: the path, and what proves that it is the platform who posts. */
  readonly webhook?: { readonly path: string; readonly secret: string };
}

/** A platform with one way to reach the bot. */
export interface Line {
  readonly orders: LineOrders;
  /** Resolves when what people say is taken in; for platforms where that comes after the start. */
  connected(): Promise<void>;
  person(): Person;
  close(): Promise<void>;
}

/** Starts the platform of a line on loopback; the bot is for somebody else to start, on `port` for what is posted. */
export function openLine(name: LineName, port: number): Promise<Line> {
  switch (name) {
    case 'telegram polling':
    case 'telegram webhook':
      return openTelegram(name);
    case 'discord':
      return openDiscord(name);
    case 'slack socket':
    case 'slack http':
      return openSlack(name, port);
    case 'bare':
      return openBareLine(port);
  }
}

async function openTelegram(name: LineName): Promise<Line> {
  const platform = await startTelegramPlatform();
  const { apiUrl, bot } = platform;
  const webhook = { path: '/telegram', secret: randomBytes(16).toString('hex') };
  return {
    orders: { name, apiUrl, token: bot.token, ...(name === 'telegram webhook' ? { webhook } : {}) },
    connected: () => Promise.resolve(),
    person: () => platform.user({ languageCode: 'en' }),
    close: () => platform.close(),
  };
}

async function openDiscord(name: LineName): Promise<Line> {
  const platform = await startDiscordPlatform();
  return {
    orders: { name, apiUrl: platform.apiUrl, token: platform.bot.token },
    connected: () => platform.online(),
    person: () => platform.user(),
    close: () => platform.close(),
  };
}

async function openSlack(name: LineName, port: number): Promise<Line> {
  const platform = await startSlackPlatform();
  const { apiUrl, bot } = platform;
  const webhook = { path: '/slack', secret: bot.signingSecret };
  if (name === 'slack http') platform.pushTo(`http://127.0.0.1:${port}${webhook.path}`);
  return {
    orders: {
      name,
      apiUrl,
      token: bot.token,
      ...(name === 'slack http' ? { webhook } : { appToken: bot.appToken }),
    },
    connected: () => Promise.resolve(),
    person: () => platform.user(),
    close: () => platform.close(),
  };
}
