import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { z } from 'zod';
import { LifelineError } from '../model/index.js';
import { parseSecret } from './keys.js';
import { LOG_LEVELS } from './logger.js';

/** An origin that people reach: https, or for trying out, http on this machine. */
function isPublicOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  if (origin !== text) return false;
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}

const webUrl = z.url({ protocol: /^https?$/, error: 'must be a web address' });

/** Every setting, from the environment or a `.env` file; `docs/settings.md` is held equal to this by a test. */
export const SETTINGS_SCHEMA = z.object({
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^[0-9]+:[A-Za-z0-9_-]{20,}$/, 'must be a bot token as BotFather gives it')
    .optional()
    .describe('Token of the Telegram bot. Without any platform token, the chat is in this terminal.'),
  TELEGRAM_API_URL: webUrl
    .default('https://api.telegram.org')
    .describe('Address of the Bot API, for a local Bot API server.'),
  TELEGRAM_WEBHOOK_URL: webUrl
    .optional()
    .describe(
      'Public address that Telegram posts updates to. Without it, updates are polled and no public address is needed.',
    ),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'must be 16 to 256 of A-Z a-z 0-9 _ -')
    .optional()
    .describe('Secret that Telegram sends with every webhook call. Needed with TELEGRAM_WEBHOOK_URL.'),
  DISCORD_BOT_TOKEN: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}$/,
      'must be a bot token as the developer portal gives it',
    )
    .optional()
    .describe('Token of the Discord bot.'),
  DISCORD_API_URL: webUrl
    .default('https://discord.com/api')
    .describe('Address of the REST API, without its version; for something that stands in for Discord.'),
  DISCORD_READS_CHANNELS: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      '`on`: what people say to each other in channels is watched for secrets and fake support. Needs the privileged Message Content intent; off, only what mentions the bot is read.',
    ),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-[A-Za-z0-9-]{10,}$/, 'must be a bot token as Slack gives it (xoxb-…)')
    .optional()
    .describe('Token of the Slack bot. Needs SLACK_APP_TOKEN or SLACK_SIGNING_SECRET beside it.'),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[A-Za-z0-9-]{10,}$/, 'must be an app-level token as Slack gives it (xapp-…)')
    .optional()
    .describe(
      'App-level token with `connections:write`: messages come over a socket, and no public address is needed.',
    ),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9]{16,64}$/, 'must be the signing secret as Slack gives it')
    .optional()
    .describe('Signing secret of the Slack app: without SLACK_APP_TOKEN, Slack posts to us, signed with it.'),
  SLACK_API_URL: webUrl
    .default('https://slack.com/api/')
    .describe('Address of the Web API, for GovSlack or a test server.'),
  LIFELINE_STORE: z
    .string()
    .regex(
      /^(lmdb:.+|memory:|(redis|rediss|redis\+sentinel|redis\+cluster):\/\/.+)$/,
      'must be lmdb:PATH, memory: or an address of Redis',
    )
    .default('lmdb:.lifeline/store')
    .describe(
      'Where conversations are kept: `lmdb:PATH` on one machine, `redis://…`, `rediss://…`, `redis+sentinel://…` or `redis+cluster://…` for several, or `memory:` (lost at the end; for trying out).',
    ),
  LIFELINE_SECRET: z
    .string()
    .refine((text) => parseSecret(text) !== null, 'must be base64 of at least 32 bytes')
    .optional()
    .describe(
      'The one secret all keys are derived from, base64. Without it, one is made beside the LMDB store at the first start; on Redis it must be given.',
    ),
  LIFELINE_SECRET_PREVIOUS: z
    .string()
    .refine(
      (text) => text.split(',').every((each) => parseSecret(each.trim()) !== null),
      'must be secrets with commas between',
    )
    .optional()
    .describe('Secrets of before, with commas between: what the store keeps under them stays readable.'),
  LIFELINE_CONTENT: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with `flows/` and `locales/`. Without it, the shipped content.'),
  LIFELINE_BLOCK_LISTS: z
    .string()
    .refine(
      (text) => text.split(',').every((each) => webUrl.safeParse(each.trim()).success),
      'must be web addresses with commas between',
    )
    .optional()
    .describe(
      "Addresses of block lists, with commas between, in the format of polkadot's `all.json` or MetaMask's `config.json`. None is built in.",
    ),
  LIFELINE_BLOCK_LISTS_FOLDER: z
    .string()
    .min(1)
    .default('.lifeline/lists')
    .describe(
      'Folder in which the last good copy of each block list is kept. `lifeline links` and `lifeline impersonation` ask these copies.',
    ),
  LIFELINE_CACHE: z
    .string()
    .min(1)
    .default('.lifeline/cache')
    .describe(
      'Folder for what can be made again: the trained models of understanding, by what they were trained from, and what passed the check.',
    ),
  RECOVERY_URL: z
    .string()
    .refine(isPublicOrigin, 'must be an https origin without a path, such as https://bot.wallet.example')
    .optional()
    .describe(
      'Public origin of this bot for verified hand-offs; the official page reads our keys and asks there. Without it, every hand-off is plain.',
    ),
  RECOVERY_PAGE_KEYS: z
    .string()
    .min(1)
    .optional()
    .describe(
      "File with the public keys (JWKS) of the official page's server: nobody else's requests are taken. Needed with RECOVERY_URL.",
    ),
  RECOVERY_SIGNING_KEYS: z
    .string()
    .min(1)
    .default('.lifeline/signing-keys')
    .describe(
      'Folder of the keys that the links of verified hand-offs are signed with, the same for all workers.',
    ),
  RECOVERY_HEALTH_URL: webUrl
    .optional()
    .describe(
      'Address that is asked whether the official page works. Without it, the address of the page itself.',
    ),
  HTTP_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address of this machine, such as 127.0.0.1')
    .default('127.0.0.1')
    .describe(
      'Address the HTTP server listens on: this machine only, or `0.0.0.0` for all, as in a container.',
    ),
  HTTP_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe(
      'Port of the HTTP server: webhooks, the API of verified hand-offs, `/healthz` and `/readyz`. Without it, 8080 where a platform or the official page posts to us, else nothing is listened on.',
    ),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe('Least level that is logged: debug, info, warn, error, silent.'),
});

export type Settings = Readonly<z.infer<typeof SETTINGS_SCHEMA>>;

/** Something in the settings that needs a change. */
export interface SettingsProblem {
  /** The setting it is about. */
  readonly name: string;
  /** A sentence that begins with the name, and never holds a value. */
  readonly message: string;
  /** Settings without which the others could be used. */
  readonly spoils: readonly string[];
}

/**
 * Reads the settings from an environment over a `.env` file, and freezes them.
 * Throws `settings-invalid` with every problem at once, one a line.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  envFile = '.env',
): Settings {
  const { settings, problems } = examineSettings(environment, envFile);
  if (problems.length > 0) {
    throw new LifelineError(
      'settings-invalid',
      `These settings need a change:\n${problems.map(({ message }) => `  ${message}`).join('\n')}`,
    );
  }
  return settings;
}

/** The settings that can be used, those that spoil something left out, and what needs a change. */
export function examineSettings(
  environment: Readonly<Record<string, string | undefined>>,
  envFile = '.env',
): { readonly settings: Settings; readonly problems: readonly SettingsProblem[] } {
  const given = givenSettings(environment, envFile);
  const parsed = SETTINGS_SCHEMA.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map((issue): SettingsProblem => {
    const name = issue.path.join('.');
    return { name, message: `${name} ${issue.message}`, spoils: [name] };
  });
  const problems = [...wrong, ...missing(given)];
  const spoilt = new Set(problems.flatMap(({ spoils }) => spoils));
  const rest = Object.entries(given).filter(([name]) => !spoilt.has(name));
  const settings = Object.freeze(SETTINGS_SCHEMA.parse(Object.fromEntries(rest)));
  return { settings, problems };
}

type Given = Readonly<Record<string, string | undefined>>;

/** What is set and not empty. */
function givenSettings(environment: Given, envFile: string): Given {
  const file: Given = existsSync(envFile) ? parse(readFileSync(envFile)) : {};
  return Object.fromEntries(
    Object.keys(SETTINGS_SCHEMA.shape).flatMap((name) => {
      const value = environment[name] ?? file[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** Settings that others need beside them. */
function missing(given: Given): readonly SettingsProblem[] {
  const isSet = (...names: readonly string[]): boolean => names.some((name) => given[name] !== undefined);
  const problem = (name: string, message: string, ...spoils: readonly string[]): SettingsProblem => ({
    name,
    message,
    spoils,
  });
  const problems: SettingsProblem[] = [];
  if (isSet('TELEGRAM_WEBHOOK_URL') && !isSet('TELEGRAM_WEBHOOK_SECRET'))
    problems.push(
      problem(
        'TELEGRAM_WEBHOOK_SECRET',
        'TELEGRAM_WEBHOOK_SECRET is needed with TELEGRAM_WEBHOOK_URL',
        'TELEGRAM_WEBHOOK_URL',
      ),
    );
  if (!isSet('SLACK_BOT_TOKEN') && isSet('SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'))
    problems.push(
      problem(
        'SLACK_BOT_TOKEN',
        'SLACK_BOT_TOKEN is needed with SLACK_APP_TOKEN and SLACK_SIGNING_SECRET',
        'SLACK_APP_TOKEN',
        'SLACK_SIGNING_SECRET',
      ),
    );
  if (isSet('SLACK_BOT_TOKEN') && !isSet('SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'))
    problems.push(
      problem(
        'SLACK_APP_TOKEN',
        'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is needed with SLACK_BOT_TOKEN',
        'SLACK_BOT_TOKEN',
      ),
    );
  for (const [name, other] of [
    ['RECOVERY_URL', 'RECOVERY_PAGE_KEYS'],
    ['RECOVERY_PAGE_KEYS', 'RECOVERY_URL'],
  ] as const)
    if (isSet(other) && !isSet(name)) problems.push(problem(name, `${name} is needed with ${other}`, other));
  if (/^redis/.test(given.LIFELINE_STORE ?? '') && !isSet('LIFELINE_SECRET'))
    problems.push(
      problem(
        'LIFELINE_SECRET',
        'LIFELINE_SECRET is needed with a store on Redis: all workers share it',
        'LIFELINE_STORE',
      ),
    );
  return problems;
}

/** Port of the HTTP server where a platform or the official page posts to us and no other one is set. */
const USUAL_PORT = 8080;

/** The port to listen on, or `null` when nobody posts to us and nobody wants to ask how we are. */
export function httpPortOf(settings: Settings): number | null {
  const { HTTP_PORT: port, TELEGRAM_BOT_TOKEN: telegram, TELEGRAM_WEBHOOK_URL: url } = settings;
  const { SLACK_BOT_TOKEN: slack, SLACK_APP_TOKEN: socket } = settings;
  const isPosted =
    (telegram !== undefined && url !== undefined) || (slack !== undefined && socket === undefined);
  const isAsked = settings.RECOVERY_URL !== undefined;
  return port ?? (isPosted || isAsked ? USUAL_PORT : null);
}

/** Whether any platform's token is set: real people will read what is said. */
export function isOnPlatforms(settings: Settings): boolean {
  const { TELEGRAM_BOT_TOKEN: telegram, DISCORD_BOT_TOKEN: discord, SLACK_BOT_TOKEN: slack } = settings;
  return [telegram, discord, slack].some((token) => token !== undefined);
}

/** The secrets a store may still be encrypted under. */
export function previousSecrets(settings: Pick<Settings, 'LIFELINE_SECRET_PREVIOUS'>): readonly Uint8Array[] {
  return (settings.LIFELINE_SECRET_PREVIOUS ?? '')
    .split(',')
    .flatMap((text) => parseSecret(text.trim()) ?? []);
}
