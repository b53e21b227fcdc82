import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { z } from 'zod';
import { LifelineError } from '../model/index.js';
import { parseSecret } from './keys.js';
import { LOG_LEVELS } from './logger.js';

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
    .describe('Folder in which the last good copy of each block list is kept.'),
  HTTP_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(8080)
    .describe('Port of the webhook receiver.'),
  HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe(
      'Port on 127.0.0.1 that answers `/health` and `/ready`. Without it, nothing is listened on for that.',
    ),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe('Least level that is logged: debug, info, warn, error, silent.'),
});

export type Settings = Readonly<z.infer<typeof SETTINGS_SCHEMA>>;

/**
 * Reads the settings from an environment over a `.env` file, and freezes them.
 * Throws `settings-invalid` with every problem at once, one a line.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  envFile = '.env',
): Settings {
  const file = existsSync(envFile) ? parse(readFileSync(envFile)) : {};
  const merged = Object.fromEntries(
    Object.keys(SETTINGS_SCHEMA.shape).flatMap((name) => {
      const value = environment[name] ?? file[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = SETTINGS_SCHEMA.safeParse(merged);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (merged.TELEGRAM_WEBHOOK_URL !== undefined && merged.TELEGRAM_WEBHOOK_SECRET === undefined) {
    problems.push('TELEGRAM_WEBHOOK_SECRET is needed with TELEGRAM_WEBHOOK_URL');
  }
  problems.push(...slackProblems(merged));
  if (/^redis/.test(merged.LIFELINE_STORE ?? '') && merged.LIFELINE_SECRET === undefined) {
    problems.push('LIFELINE_SECRET is needed with a store on Redis: all workers share it');
  }
  if (!parsed.success || problems.length > 0) {
    throw new LifelineError(
      'settings-invalid',
      `These settings need a change:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
  }
  return Object.freeze(parsed.data);
}

/** What is missing or too much for Slack. */
function slackProblems(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = given;
  if (bot === undefined) {
    return app === undefined && secret === undefined
      ? []
      : ['SLACK_BOT_TOKEN is needed with SLACK_APP_TOKEN and SLACK_SIGNING_SECRET'];
  }
  if (app === undefined && secret === undefined)
    return ['SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is needed with SLACK_BOT_TOKEN'];
  return app === undefined && given.TELEGRAM_WEBHOOK_URL !== undefined
    ? ['SLACK_APP_TOKEN is needed with TELEGRAM_WEBHOOK_URL: two platforms cannot share HTTP_PORT']
    : [];
}
