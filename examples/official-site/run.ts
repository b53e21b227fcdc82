import { randomBytes } from 'node:crypto';
import { createAccounts } from './accounts.js';
import { createBotClient } from './bot-client.js';
import { createTokenReader } from './hand-off-token.js';
import { createMailer } from './mail.js';
import { pageKeyOf, publicFileOf } from './page-key.js';
import { readSiteSettings } from './settings.js';
import { createSite } from './site.js';

/** Starts the page from the environment. */
async function run(): Promise<void> {
  const settings = readSiteSettings(process.env);
  const { SITE_ORIGIN: origin, BOT_URL: bot, SITE_SECRET: secret, SITE_KEY: keyFile } = settings;
  const now = Date.now;
  const mailer = createMailer(settings.SMTP_URL, settings.MAIL_FROM);
  const site = createSite({
    ...{ origin, now, mailer },
    product: settings.SITE_PRODUCT,
    telegram: settings.BOT_TELEGRAM ?? null,
    bot: createBotClient({ bot, origin, now, key: await pageKeyOf(keyFile) }),
    readToken: createTokenReader({ bot, origin, now }),
    accounts: createAccounts(now, settings.SITE_ACCOUNTS),
    secret: secret === undefined ? randomBytes(32) : Buffer.from(secret),
    isLocal: settings.SITE_LOCAL === 'yes',
    proxies: settings.SITE_PROXIES,
    // The name of a fault only: its message may hold what somebody typed.
    fault: (error) => process.stderr.write(`fault: ${error instanceof Error ? error.name : 'unknown'}\n`),
  });
  const address = await site.listen({ host: settings.SITE_HOST, port: settings.SITE_PORT });
  process.stdout.write(
    `The page listens on ${address}; for the bot: RECOVERY_PAGE_KEYS=${publicFileOf(keyFile)}\n`,
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      mailer.close();
      void site.close();
    });
}

await run();
