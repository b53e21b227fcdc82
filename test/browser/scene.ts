import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readSettings } from '../../src/infra/settings.js';
import { createBot } from '../../src/main.js';
import { UNLIMITED } from '../../src/model/index.js';
import { createAdapters } from '../../src/platforms.js';
import type { Bot } from '../../src/runtime/lifecycle.js';
import { freePort } from '../support/free-port.js';
import { realContent } from '../support/real-content.js';
import { startBrowser } from './phone.js';
import { startWalletSite, type WalletSite } from './wallet-site.js';

/** The shipped content of a wallet whose site takes part. */
const content = await realContent((registry) =>
  registry
    .replace(
      'links:\n',
      `links:
  recover: { url: "https://harbor.internal/recover", private: true }
  recover-start: { url: "https://harbor.internal/start", private: true }
  check: { url: "https://harbor.internal/check" }
`,
    )
    .replace(
      'reset-password: { link: reset-help, verified: false }',
      'reset-password: { link: reset-help, verified: true, page: recover, start: recover-start, check: check }',
    ),
);

const UNLIMITED_RATES = { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED };

/** A bot, the wallet's site, and a browser. */
export interface Scene {
  readonly site: WalletSite;
  readonly browser: Browser;
  startBot(settings: Readonly<Record<string, string>>): Promise<Bot>;
  stopBot(bot: Bot): Promise<void>;
  /** Stops every bot; the next one begins with an empty store. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-browser-'));
  const port = await freePort();
  const own = `http://127.0.0.1:${port}`;
  const site = await startWalletSite(folder, own);
  const browser = await startBrowser(site.tlsPort);
  let bots: Bot[] = [];
  let stores = 0;
  const stopBot = async (bot: Bot): Promise<void> => {
    bots = bots.filter((other) => other !== bot);
    await bot.stop();
  };
  const clear = async (): Promise<void> => {
    await Promise.all(bots.map(stopBot));
    stores += 1;
  };
  return {
    ...{ site, browser, stopBot, clear },
    startBot: async (more) => {
      const settings = readSettings(
        {
          HTTP_PORT: String(port),
          LIFELINE_STORE: `lmdb:${folder}/store-${stores}`,
          LOG_LEVEL: 'silent',
          RECOVERY_URL: own,
          RECOVERY_PAGE_KEYS: site.pageKeys,
          RECOVERY_SIGNING_KEYS: join(folder, 'signing-keys'),
          RECOVERY_HEALTH_URL: `${site.plainUrl}/recover`,
          ...more,
        },
        '/nowhere',
      );
      // Nobody here has to be spared: without our own limits a talk takes no seconds.
      const adapters = new Map(
        [...(await createAdapters(settings, content.bundle, undefined, undefined))].map(
          ([platform, adapter]) => [platform, { ...adapter, rates: UNLIMITED_RATES }] as const,
        ),
      );
      const bot = await createBot(settings, { content, adapters });
      bots.push(bot);
      await bot.start();
      return bot;
    },
    close: async () => {
      await clear();
      await browser.close();
      await site.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What the bot says, with the values of the content put in, and `{` for those that are a turn's own. */
export function botText(key: string, locale: string): string {
  const values: Readonly<Record<string, string>> = { product: 'Harbor Wallet', host: 'harbor.internal' };
  return (
    content.bundle.texts
      .get(locale)
      ?.get(key)
      ?.format((name) => values[name] ?? '{') ?? ''
  );
}
