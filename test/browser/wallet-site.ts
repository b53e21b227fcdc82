import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { type Accounts, createAccounts } from '../../examples/official-site/accounts.js';
import { createBotClient } from '../../examples/official-site/bot-client.js';
import { createTokenReader } from '../../examples/official-site/hand-off-token.js';
import { createMailer } from '../../examples/official-site/mail.js';
import { newPageKey, publicHalf } from '../../examples/official-site/page-key.js';
import { createSite } from '../../examples/official-site/site.js';
import { type MailCatcher, startMailCatcher } from '../support/mail-catcher.js';

const SITE_ORIGIN = 'https://harbor.internal';

/** The wallet's own site: the example page, its mail server, and what speaks TLS before it. */
export interface WalletSite {
  /** Where the page listens without TLS, as its operator asks whether it is well. */
  readonly plainUrl: string;
  readonly tlsPort: number;
  /** For the settings of the bot. */
  readonly pageKeys: string;
  readonly accounts: Accounts;
  readonly mails: MailCatcher;
  /** Faults that the page told of. */
  readonly faults: readonly unknown[];
  /** Starts the page anew: what browsers were doing is forgotten. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** `bot`: origin of the bot. */
export async function startWalletSite(folder: string, bot: string): Promise<WalletSite> {
  const mails = await startMailCatcher();
  const key = await newPageKey();
  const pageKeys = join(folder, 'page-keys.json');
  writeFileSync(pageKeys, JSON.stringify(publicHalf(key)));
  const now = Date.now;
  const accounts = createAccounts(now);
  const mailer = createMailer(mails.url, 'no-reply@mail.harbor.internal', 1_000);
  const secret = randomBytes(32);
  const faults: unknown[] = [];
  const start = async (port: number): Promise<FastifyInstance> => {
    const app = createSite({
      ...{ origin: SITE_ORIGIN, product: 'Harbor Wallet', telegram: 'LifelineTestBot', now, secret },
      ...{ accounts, mailer },
      bot: createBotClient({
        bot,
        origin: SITE_ORIGIN,
        key,
        now,
        timeoutMs: 1_500,
        pausesMs: [200, 500, 1_000],
      }),
      readToken: createTokenReader({ bot, origin: SITE_ORIGIN, now, timeoutMs: 1_500 }),
      fault: (error) => faults.push(error),
    });
    await app.listen({ port, host: '127.0.0.1' });
    return app;
  };
  let app = await start(0);
  const { port } = app.server.address() as AddressInfo;
  const tls = await speakTls(folder, port);
  return {
    plainUrl: `http://127.0.0.1:${port}`,
    tlsPort: (tls.address() as AddressInfo).port,
    ...{ pageKeys, accounts, mails, faults },
    restart: async () => {
      app.server.closeAllConnections();
      await app.close();
      app = await start(port);
    },
    close: async () => {
      mailer.close();
      app.server.closeAllConnections();
      await app.close();
      tls.close();
      await mails.close();
    },
  };
}

/** What stands before the page in the open. */
async function speakTls(folder: string, port: number): Promise<Server> {
  const [key, cert] = [join(folder, 'tls-key.pem'), join(folder, 'tls-cert.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=harbor.internal', '-addext', 'subjectAltName=DNS:harbor.internal'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (from) => {
    const to = connect(port, '127.0.0.1');
    from.pipe(to).pipe(from);
    // Either end may go; the other one goes with it.
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
