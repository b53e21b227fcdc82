import { SETTINGS_SCHEMA, type Settings } from '../infra/settings.js';
import type { Platform } from '../model/index.js';
import type { Before } from './init-before.js';
import { type Checked, problem, secretIn, used } from './init-checks.js';
import { type Ask, askSlack, NO_TOKEN, whoIsDiscord, whoIsSlack, whoIsTelegram } from './who-is.js';

export type ChatPlatform = Exclude<Platform, 'console'>;

/** A token that is asked for; its name is that of the setting. */
export interface TokenQuestion {
  readonly name: TokenName;
  readonly ask: string;
  /** Where it is found, in a line. */
  readonly explain: string;
}

export type TokenName =
  | 'TELEGRAM_BOT_TOKEN'
  | 'DISCORD_BOT_TOKEN'
  | 'SLACK_BOT_TOKEN'
  | 'SLACK_APP_TOKEN'
  | 'SLACK_SIGNING_SECRET';

/**
 * The tokens of each platform, in the order they are asked. `SLACK_SIGNING_SECRET` stands in for the app-level token.
 */
export const TOKENS: Readonly<Record<ChatPlatform, readonly TokenQuestion[]>> = {
  telegram: [
    {
      name: 'TELEGRAM_BOT_TOKEN',
      ask: 'Token of the Telegram bot',
      explain: 'From @BotFather: /newbot, or /mybots → API Token.',
    },
  ],
  discord: [
    {
      name: 'DISCORD_BOT_TOKEN',
      ask: 'Token of the Discord bot',
      explain: 'From discord.com/developers/applications: the app, Bot, Reset Token.',
    },
  ],
  slack: [
    {
      name: 'SLACK_BOT_TOKEN',
      ask: 'Bot token of the Slack app',
      explain: 'From api.slack.com/apps: the app, Install App. Begins with xoxb-',
    },
    {
      name: 'SLACK_APP_TOKEN',
      ask: 'App-level token of the Slack app',
      explain: 'Basic Information, App-Level Tokens, connections:write. Begins with xapp-',
    },
  ],
};

export const PLATFORMS = ['telegram', 'discord', 'slack'] as const satisfies readonly ChatPlatform[];
export const PLATFORM_NAMES: Readonly<Record<ChatPlatform, string>> = {
  telegram: 'Telegram',
  discord: 'Discord',
  slack: 'Slack',
};

/** Every token there is. */
export const TOKEN_NAMES: readonly TokenName[] = PLATFORMS.flatMap(tokensOf);

function tokensOf(platform: ChatPlatform): readonly TokenName[] {
  const names = TOKENS[platform].map(({ name }) => name);
  return platform === 'slack' ? [...names, 'SLACK_SIGNING_SECRET'] : names;
}

/** Tokens by the name of their setting. */
export type Tokens = Readonly<Partial<Record<TokenName, string>>>;

/** The platforms that have all tokens they need, in the settings or among the given ones. */
export function platformsOf(before: Pick<Before, 'env'>, tokens: Tokens): readonly ChatPlatform[] {
  const has = (name: TokenName): boolean => (tokens[name] ?? before.env[name] ?? '') !== '';
  return PLATFORMS.filter((platform) =>
    TOKENS[platform].every(
      ({ name }) => has(name) || (name === 'SLACK_APP_TOKEN' && has('SLACK_SIGNING_SECRET')),
    ),
  );
}

/** The settings to write for the tokens that were given; those of platforms that are not wanted are taken out. */
export function settingsOf(
  before: Pick<Before, 'env' | 'outside'>,
  tokens: Tokens,
  platforms: readonly string[],
): Readonly<Record<string, string | null>> {
  const unwanted = PLATFORMS.filter((platform) => !platforms.includes(platform))
    .flatMap(tokensOf)
    .filter((name) => before.env[name] !== undefined && !before.outside.includes(name));
  return { ...Object.fromEntries(unwanted.map((name) => [name, null])), ...tokens };
}

/** Checks the shape of a token; what is said never holds it. */
export function checkToken(name: TokenName, text: string): Checked<string> {
  const typed = text.trim();
  const parsed = SETTINGS_SCHEMA.shape[name].safeParse(typed);
  if (parsed.success && parsed.data !== undefined) return used(parsed.data);
  const other = typed === '' ? null : secretIn(typed);
  const sentence = parsed.error?.issues[0]?.message ?? 'must not be empty';
  return problem(
    `It ${sentence}${other === null || sentence.includes(other) ? '.' : `; this looks like ${other}.`}`,
  );
}

/** What a platform says of its tokens. */
export type Identified =
  | { readonly kind: 'known'; readonly handle: string; readonly says: string }
  | { readonly kind: 'refused'; readonly name: TokenName; readonly says: string }
  | { readonly kind: 'unreachable'; readonly says: string };

/** Asks a platform whose its tokens are. */
export type Identify = (platform: ChatPlatform, tokens: Tokens) => Promise<Identified>;

type Addresses = Pick<Settings, 'TELEGRAM_API_URL' | 'DISCORD_API_URL' | 'SLACK_API_URL'>;

export function createIdentify(addresses: Addresses, ask: Ask): Identify {
  return (platform, tokens) => identify(platform, tokens, addresses, ask);
}

async function identify(
  platform: ChatPlatform,
  tokens: Tokens,
  addresses: Addresses,
  ask: Ask,
): Promise<Identified> {
  switch (platform) {
    case 'telegram': {
      const who = await whoIsTelegram(ask, addresses.TELEGRAM_API_URL, tokens.TELEGRAM_BOT_TOKEN ?? '');
      if (who.kind === 'known')
        return known(who.about.handle, `Telegram says: this is @${who.about.handle}.`);
      return who.kind === 'unreachable'
        ? away('Telegram', who.code)
        : refused('Telegram', 'TELEGRAM_BOT_TOKEN');
    }
    case 'discord': {
      const who = await whoIsDiscord(ask, addresses.DISCORD_API_URL, tokens.DISCORD_BOT_TOKEN ?? '');
      if (who.kind === 'known') return known(who.about.handle, `Discord says: this is ${who.about.handle}.`);
      return who.kind === 'unreachable' ? away('Discord', who.code) : refused('Discord', 'DISCORD_BOT_TOKEN');
    }
    case 'slack':
      return identifySlack(tokens, addresses.SLACK_API_URL, ask);
  }
}

async function identifySlack(tokens: Tokens, apiUrl: string, ask: Ask): Promise<Identified> {
  const who = await whoIsSlack(ask, apiUrl, tokens.SLACK_BOT_TOKEN ?? '');
  if (who.kind === 'unreachable') return away('Slack', who.code);
  if (who.kind === 'unknown-token') return refused('Slack', 'SLACK_BOT_TOKEN');
  const { SLACK_APP_TOKEN: appToken } = tokens;
  if (appToken !== undefined) {
    const socket = await askSlack(ask, apiUrl, appToken, 'apps.connections.open');
    if (socket.kind === 'error' && NO_TOKEN.includes(socket.code)) return refused('Slack', 'SLACK_APP_TOKEN');
  }
  return known(who.about.handle, `Slack says: this is @${who.about.handle}.`);
}

function known(handle: string, says: string): Identified {
  return { kind: 'known', handle, says };
}

function refused(platform: string, name: TokenName): Identified {
  return { kind: 'refused', name, says: `${platform} does not know ${name}. Copy it once more, whole.` };
}

function away(platform: string, code: string): Identified {
  return {
    kind: 'unreachable',
    says: `${platform} does not answer (${code}); the token is taken as it is. lifeline doctor asks again.`,
  };
}
