import { createDiscordAdapter } from '../../adapters/discord/index.js';
import { createSlackAdapter } from '../../adapters/slack/index.js';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import { type Adapter, type HttpRoutes, type Platform, UNLIMITED } from '../../src/model/index.js';
import type { LineOrders } from './lines.js';

/** The platform of a line. */
export function platformOf({ name }: LineOrders): Platform {
  if (name.startsWith('telegram')) return 'telegram';
  return name === 'discord' ? 'discord' : 'slack';
}

/** The adapter of a line, with its limits lifted; what is posted comes through `routes` of a server on `port`. */
export function adapterOf(orders: LineOrders, port: number, routes: HttpRoutes): Adapter {
  return {
    ...limited(orders, port, routes),
    rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
  };
}

function limited(orders: LineOrders, port: number, routes: HttpRoutes): Adapter {
  const { name, token, apiUrl, appToken, webhook } = orders;
  if (name === 'discord')
    return createDiscordAdapter({ token, apiUrl, callsPerSecond: Number.POSITIVE_INFINITY });
  if (name.startsWith('telegram')) {
    if (webhook === undefined) return createTelegramAdapter({ token, apiUrl });
    const { path, secret } = webhook;
    const url = `http://127.0.0.1:${port}${path}`;
    return createTelegramAdapter({ token, apiUrl, webhook: { url, path, secret, routes } });
  }
  if (appToken !== undefined)
    return createSlackAdapter({ token, apiUrl, intake: { kind: 'socket', appToken } });
  const { path = '', secret = '' } = webhook ?? {};
  return createSlackAdapter({
    token,
    apiUrl,
    intake: { kind: 'webhook', signingSecret: secret, path, routes },
  });
}
