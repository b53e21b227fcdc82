import { z } from 'zod';

const webUrl = z.url({ protocol: /^https?$/, error: 'must be a web address' });

/** Every setting of the page, from the environment; its README is held equal to this by a test. */
export const SITE_SETTINGS = z.object({
  SITE_ORIGIN: webUrl
    .transform((url) => new URL(url).origin)
    .describe('Public origin of this page: the one that the bot signs its links for.'),
  SITE_PRODUCT: z.string().min(1).max(40).default('Example Wallet').describe('Name of the wallet.'),
  SITE_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  SITE_PORT: z.coerce.number().int().min(0).max(65535).default(8090).describe('Port to listen on.'),
  SITE_LOCAL: z
    .enum(['yes', 'no'])
    .default('no')
    .describe(
      '`yes` to try it out over plain HTTP on this machine: cookies without `Secure`. Never in the open.',
    ),
  SITE_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe(
      'How many reverse proxies stand before it: so many addresses of `X-Forwarded-For` are believed.',
    ),
  SITE_SECRET: z
    .string()
    .min(32, 'must have 32 characters at least')
    .optional()
    .describe('Secret of the cookies and forms. Without it, a new one at each start.'),
  SITE_KEY: z
    .string()
    .min(1)
    .default('.lifeline/site-key.json')
    .describe(
      'File with the private key that requests to the bot are signed with; made at the first start. Beside it, `….public.json` is what `RECOVERY_PAGE_KEYS` of the bot names.',
    ),
  SITE_ACCOUNTS: z
    .string()
    .min(1)
    .optional()
    .describe('JSON file with the accounts of the stand-in. Without it, they are in memory.'),
  BOT_URL: webUrl
    .transform((url) => new URL(url).origin)
    .describe("Public origin of the bot, as in the bot's own `RECOVERY_URL`."),
  BOT_TELEGRAM: z
    .string()
    .regex(/^[A-Za-z0-9_]{4,32}$/, 'must be a name without @')
    .optional()
    .describe("The bot's name on Telegram, without `@`, for the way back."),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .describe('The mail server, such as `smtps://user:password@mail.example`.'),
  MAIL_FROM: z.email().describe('Sender of the mails; also one of the `senders` of the registry.'),
});

export type SiteSettings = Readonly<z.infer<typeof SITE_SETTINGS>>;

/** Reads the settings. Throws with every problem at once, one a line, and never a value. */
export function readSiteSettings(environment: Readonly<Record<string, string | undefined>>): SiteSettings {
  const given = Object.fromEntries(
    Object.keys(SITE_SETTINGS.shape).flatMap((name) =>
      environment[name] === undefined || environment[name] === '' ? [] : [[name, environment[name]]],
    ),
  );
  const parsed = SITE_SETTINGS.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
  throw new Error(`These settings of the page need a change:\n${lines.join('\n')}`);
}
