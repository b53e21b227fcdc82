import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Deliveries, type Delivery } from './deliveries.js';
import { type Fault, Faults } from './faults.js';
import { METHODS, type MethodAnswer, messageObject } from './methods.js';
import { Pushes } from './pushes.js';
import { respond } from './response-urls.js';
import { Sockets } from './sockets.js';
import { type Notify, tell } from './tell.js';
import { SlackUser, type UserOptions } from './user.js';
import { type Bot, type Channel, World } from './world.js';

/** A call as it arrived, and how it was answered (`null`: the connection was broken, or the caller left). */
export interface SeenCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  status: number | null;
}

export interface PlatformOptions {
  readonly handle?: string;
  /** Rights of the bot's token. */
  readonly scopes?: readonly string[];
  /** Events the app asked for; those of a manifest with the least rights by default. */
  readonly events?: readonly string[];
  /** By how much faster than in life events are repeated by themselves; only when a test says so without it. */
  readonly speed?: number;
  /** How fast messages may be posted into one channel; as fast as one likes without it. */
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  /** The platform's time (epoch ms), for the life of a `response_url`. */
  readonly now?: () => number;
}

/** Slack, on loopback: the Web API and Socket Mode for an app, and people who use it. */
export interface SlackPlatform {
  /** Root of the Web API, with the slash Slack's clients want at its end. */
  readonly apiUrl: string;
  readonly bot: Bot;
  readonly faults: Faults;
  /** Every call of the app, oldest first; posts to a `response_url` are among them. */
  readonly calls: readonly SeenCall[];
  readonly deliveries: Deliveries;
  readonly sockets: Sockets;
  /** From now on everything is posted to this address. */
  pushTo(url: string): Pushes;
  user(options?: UserOptions): SlackUser;
  channel(name?: string): Channel;
  /** The bot writes to a person, as by a call of another process. */
  writesTo(person: SlackUser, text: string): void;
  /** An event of any shape. */
  inject(event: Readonly<Record<string, unknown>>): Delivery;
  /** Breaks every connection, either way, and takes no new one before `mend`: the bot's network is down. */
  cut(): void;
  mend(): void;
  /** Resolves when the condition holds; it is looked at whenever something happens here. */
  until(isDone: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Rights and events of the shipped manifest. */
export const LEAST_SCOPES = [
  ...['app_mentions:read', 'chat:write', 'commands', 'im:history', 'im:write', 'users:read'],
] as const;
export const LEAST_EVENTS = ['app_mention', 'message.im'] as const;

/** Starts the platform on free ports of 127.0.0.1. */
export async function startSlackPlatform(options: PlatformOptions = {}): Promise<SlackPlatform> {
  const bot: Bot = {
    userId: 'U0BOT00001',
    botId: 'B0BOT00001',
    appId: 'A0APP00001',
    teamId: 'T0TEAM0001',
    handle: options.handle ?? 'lifeline',
    token: 'xoxb-made-up-for-tests-0123456789',
    appToken: 'xapp-1-A0APP00001-made-up-for-tests',
    signingSecret: '0123456789abcdef0123456789abcdef',
    scopes: new Set(options.scopes ?? LEAST_SCOPES),
  };
  const events = new Set(options.events ?? LEAST_EVENTS);
  const world = new World(bot, options.now ?? Date.now);
  const deliveries = new Deliveries(() => world.changed(), world.now, options.speed ?? 0);
  const sockets = new Sockets(deliveries, () => world.changed());
  const faults = new Faults();
  const calls: SeenCall[] = [];
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  let people = 0;
  let pushes: Pushes | null = null;
  let isCut = false;
  deliveries.use(sockets);

  const event = (content: Readonly<Record<string, unknown>>): Delivery => {
    const id = `Ev${world.nextNumber()}`;
    return deliveries.add('events_api', id, {
      token: 'verification-token',
      team_id: bot.teamId,
      api_app_id: bot.appId,
      event: content,
      type: 'event_callback',
      event_id: id,
      event_time: Math.floor(world.now() / 1000),
      authorizations: [{ team_id: bot.teamId, user_id: bot.userId, is_bot: true }],
    });
  };
  const notify: Notify = {
    event: (type, content) => {
      if (events.has(type)) event(content);
    },
    interaction: (kind, payload) => deliveries.add(kind, `In${world.nextNumber()}`, payload),
    responseUrl: (channel, userId) => {
      const id = `${world.nextNumber()}-made-up-secret`;
      world.responseUrls.set(id, { channel, userId, madeAt: world.now(), uses: 0 });
      return `${origin}/response/${id}`;
    },
  };

  const server = createServer((request, response) => void answer(request, response));
  for (const one of [server, sockets.server]) {
    one.on('connection', (socket) => {
      if (isCut) socket.destroy();
    });
  }
  server.listen(0, '127.0.0.1');
  sockets.server.listen(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(sockets.server, 'listening')]);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const socketUrl = `ws://127.0.0.1:${(sockets.server.address() as AddressInfo).port}/link`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const body = await textOf(request);
    if (body === null) return;
    const path = request.url ?? '';
    const responseId = /^\/response\/([^/]+)$/.exec(path)?.[1];
    const method =
      responseId === undefined ? (/^\/api\/([A-Za-z.]+)$/.exec(path)?.[1] ?? path) : 'response_url';
    const payload: Record<string, unknown> =
      responseId === undefined ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
    const call: SeenCall = { method, payload, status: null };
    calls.push(call);
    const fault = faults.take(method);
    world.changed();
    if (fault?.kind === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'hold') await fault.until;
    const reply = (status: number, content: string, retryAfterS?: number): void => {
      call.status = status;
      const retry = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
      // Slack tells the rights of a token with every answer to it.
      const rights = isOurs(request) ? { 'x-oauth-scopes': [...bot.scopes].join(',') } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...retry, ...rights }).end(content);
      world.changed();
    };
    if (fault?.kind === 'status') reply(fault.status, '', fault.retryAfterS);
    else if (method.startsWith('chat.') && !mayPost(String(payload.channel))) reply(429, '', 1);
    else if (fault?.kind === 'refuse') reply(200, JSON.stringify({ ok: false, error: fault.code }));
    else
      finish(
        request,
        fault,
        reply,
        responseId === undefined
          ? { status: 200, content: JSON.stringify(executed(request, method, payload)) }
          : respond(world, responseId, payload),
        gone.signal,
      );
  }

  function isOurs(request: IncomingMessage): boolean {
    return request.headers.authorization === `Bearer ${bot.token}`;
  }

  /** A bucket for each channel, filled as time passes. */
  function mayPost(channel: string): boolean {
    const { rate } = options;
    if (rate === undefined) return true;
    const bucket = buckets.get(channel) ?? { tokens: rate.burst, at: world.now() };
    const filled = bucket.tokens + ((world.now() - bucket.at) / 1000) * rate.perSecond;
    const tokens = Math.min(rate.burst, filled);
    buckets.set(channel, { tokens: tokens < 1 ? tokens : tokens - 1, at: world.now() });
    return tokens >= 1;
  }

  function finish(
    request: IncomingMessage,
    fault: Fault | null,
    reply: (status: number, content: string) => void,
    result: { readonly status: number; readonly content: string },
    gone: AbortSignal,
  ): void {
    if (gone.aborted) return;
    if (fault?.kind === 'lose-answer') request.socket.destroy();
    else if (fault?.kind === 'garbage') reply(200, '<html><body>Sign in to the network</body></html>');
    else reply(result.status, result.content);
  }

  /** The token may be in the header or among the parameters; which workspace is meant is plain. */
  function executed(
    request: IncomingMessage,
    method: string,
    payload: Readonly<Record<string, unknown>>,
  ): MethodAnswer {
    const { token: given, team_id: _team, ...params } = payload;
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? given;
    if (method === 'apps.connections.open') {
      if (token !== bot.appToken) return { ok: false, error: 'invalid_auth' };
      const ticket = sockets.ticket();
      return ticket === null
        ? { ok: false, error: 'too_many_websockets' }
        : { ok: true, url: `${socketUrl}?ticket=${ticket}` };
    }
    if (token !== bot.token) return { ok: false, error: 'invalid_auth' };
    const known = METHODS[method];
    if (known === undefined) return { ok: false, error: 'unknown_method' };
    if (known.scope !== null && !bot.scopes.has(known.scope))
      return { ok: false, error: 'missing_scope', needed: known.scope };
    const result = known.act(world, params);
    if (method === 'chat.postMessage' && result.ok) tellOwn(String(result.channel));
    return result;
  }

  /** The app hears what it has posted like everything else. */
  function tellOwn(channelId: string): void {
    const channel = world.channels.get(channelId);
    const posted = channel?.messages.at(-1);
    if (channel === undefined || posted === undefined) return;
    tell(world, notify, channel, { ...messageObject(world, posted), wire: posted.text });
  }

  return {
    apiUrl: `${origin}/api/`,
    bot,
    faults,
    calls,
    deliveries,
    sockets,
    pushTo(url) {
      const on = { onChange: () => world.changed(), now: world.now };
      pushes = new Pushes(url, bot.signingSecret, deliveries, on);
      deliveries.use(pushes);
      return pushes;
    },
    user(userOptions = {}) {
      people += 1;
      return new SlackUser(world, notify, `U0USER${String(people).padStart(4, '0')}`, userOptions);
    },
    channel: (name = 'wallet-talk') =>
      world.addChannel(`C0CHAN${String(world.nextNumber()).padStart(4, '0')}`, 'channel', name, []),
    writesTo(person, text) {
      const channel = world.directOf(person.id);
      const parts = { threadTs: null, blocks: [], isMarkup: false, metadata: null, onlyFor: null, files: [] };
      world.post(channel, { ...parts, author: 'bot', text });
      tellOwn(channel.id);
    },
    inject: event,
    cut() {
      isCut = true;
      pushes?.cut();
      sockets.break();
      server.closeAllConnections();
    },
    mend() {
      isCut = false;
      pushes?.mend();
    },
    until: (isDone) => world.until(isDone),
    async close() {
      deliveries.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, sockets.close()]);
    },
  };
}

/** The body; `null` when the connection was cut in the middle, and nobody waits for an answer. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
  } catch (error) {
    if (request.complete) throw error;
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
