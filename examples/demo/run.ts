import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readContentFiles } from '../../src/content/read-files.js';
import { readSettings } from '../../src/infra/settings.js';
import { compile } from '../../src/load-content.js';
import { createBot } from '../../src/main.js';
import { startTelegramPlatform } from '../../test/platforms/telegram/server.js';
import { startMailCatcher } from '../../test/support/mail-catcher.js';
import { createAccounts } from '../official-site/accounts.js';
import { createBotClient } from '../official-site/bot-client.js';
import { createTokenReader } from '../official-site/hand-off-token.js';
import { createMailer } from '../official-site/mail.js';
import { newPageKey, publicHalf } from '../official-site/page-key.js';
import { createSite } from '../official-site/site.js';
import { startChatPage } from './chat-page.js';

/** What the registry calls the page; on this machine it is reached by another address. */
const ORIGIN = 'https://harbor.internal';
/** Of the chat, the bot, the page and the mail catcher: those named behind the command, else these. */
const PORTS = portsOf(process.argv.slice(2));
const ACCOUNT = {
  mail: 'ann@harbor.internal',
  password: 'correct horse battery staple',
  app: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
};

function portsOf(named: readonly string[]) {
  const [chat = 8100, bot = 8101, site = 8102, mail = 8103] = named.map(Number);
  return { chat, bot, site, mail };
}

/** Starts bot, official page, mail catcher and a chat to try all of it in; everything is forgotten at the end. */
async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-demo-'));
  const bot = `http://127.0.0.1:${PORTS.bot}`;
  const siteUrl = `http://localhost:${PORTS.site}`;
  const now = Date.now;
  const mails = await startMailCatcher(PORTS.mail, ({ to, text }) =>
    process.stdout.write(`\n── mail to ${to}\n${text}\n`),
  );
  const key = await newPageKey();
  const pageKeys = join(folder, 'page-keys.json');
  writeFileSync(pageKeys, JSON.stringify(publicHalf(key)));
  const telegram = await startTelegramPlatform({ username: 'LifelineTestBot' });
  const accounts = createAccounts(now);
  await accounts.add(ACCOUNT.mail, ACCOUNT.password, ACCOUNT.app);
  const mailer = createMailer(mails.url, 'no-reply@mail.harbor.internal');
  const site = createSite({
    ...{ origin: ORIGIN, product: 'Harbor Wallet', telegram: telegram.bot.username, now, accounts, mailer },
    bot: createBotClient({ bot, origin: ORIGIN, key, now }),
    readToken: createTokenReader({ bot, origin: ORIGIN, now }),
    secret: crypto.getRandomValues(new Uint8Array(32)),
    isLocal: true,
    fault: (error) => process.stderr.write(`${String(error)}\n`),
  });
  await site.listen({ port: PORTS.site, host: '127.0.0.1' });
  const running = await createBot(
    readSettings(
      {
        TELEGRAM_BOT_TOKEN: telegram.bot.token,
        TELEGRAM_API_URL: telegram.apiUrl,
        HTTP_PORT: String(PORTS.bot),
        LIFELINE_STORE: 'memory:',
        LOG_LEVEL: 'error',
        RECOVERY_URL: bot,
        RECOVERY_PAGE_KEYS: pageKeys,
        RECOVERY_SIGNING_KEYS: join(folder, 'signing-keys'),
        RECOVERY_HEALTH_URL: `http://127.0.0.1:${PORTS.site}/recover`,
      },
      join(folder, 'none.env'),
    ),
    { content: await harborContent() },
  );
  await running.start();
  const chat = await startChatPage({ port: PORTS.chat, telegram, origin: ORIGIN, siteUrl });
  process.stdout.write(`The demo runs until Ctrl-C.
  the chat            http://localhost:${PORTS.chat}/   (write: I forgot my password)
  the official page   ${siteUrl}/
  account             ${ACCOUNT.mail}, authenticator secret ${ACCOUNT.app}
  mails               are shown here
`);
  const end = async (): Promise<void> => {
    await running.stop();
    mailer.close();
    await Promise.all([chat.close(), site.close(), telegram.close(), mails.close()]);
    rmSync(folder, { recursive: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
}

/** The shipped content as a wallet whose site takes part would ship it. */
async function harborContent() {
  const here = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/dist-demo\/$/, '/');
  const files = new Map(await readContentFiles(here));
  const registry = (files.get('flows/official.yaml') ?? '')
    .replaceAll('wallet-mirror.example', 'mirror.harbor.internal')
    .replaceAll('wallet.example', 'harbor.internal')
    .replaceAll('example_wallet', 'harbor_wallet')
    .replaceAll('Example Wallet', 'Harbor Wallet')
    .replaceAll('ExampleLifelineBot', 'LifelineTestBot')
    .replaceAll('ExampleLifeline', 'HarborLifeline')
    .replace(
      'links:\n',
      `links:
  recover: { url: "${ORIGIN}/recover", private: true }
  recover-start: { url: "${ORIGIN}/start", private: true }
  check: { url: "${ORIGIN}/check" }
`,
    )
    .replace(
      'reset-password: { link: reset-help, verified: false }',
      'reset-password: { link: reset-help, verified: true, page: recover, start: recover-start, check: check }',
    );
  files.set('flows/official.yaml', registry);
  return { files, bundle: compile(files) };
}

await run();
