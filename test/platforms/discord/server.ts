import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { type Fault, Faults } from './faults.js';
import { Gateway } from './gateway.js';
import { Server } from './guild-server.js';
import { createBuckets, type RateLimit } from './rate-limits.js';
import { ROUTES, type RouteAnswer } from './routes.js';
import { User } from './user.js';
import { type Bot, World } from './world.js';

/** A call as it arrived, and how it was answered (`null`: the connection was broken, or the caller left). */
interface SeenCall {
  readonly name: string;
  readonly path: string;
  readonly body: unknown;
  status: number | null;
}

export interface PlatformOptions {
  /** The privileged message-content intent; off by default. */
  readonly mayReadContent?: boolean;
  /** The platform's time (epoch ms). */
  readonly now?: () => number;
  readonly heartbeatMs?: number;
  /** Calls of a route that one channel takes; without it, any number. */
  readonly rateLimit?: RateLimit;
}

export interface UserOptions {
  readonly username?: string;
  /** Language of the client, as Discord names it; sent with taps and commands only. */
  readonly locale?: string;
  /** Shares no server with the bot. */
  readonly isStranger?: boolean;
  /** Another bot. */
  readonly isBot?: boolean;
}

/** Discord, on loopback: REST API and gateway for a bot, and people who use it. */
export interface DiscordPlatform {
  readonly apiUrl: string;
  readonly bot: Bot;
  readonly faults: Faults;
  readonly gateway: Gateway;
  /** Every call of the bot, oldest first. */
  readonly calls: readonly SeenCall[];
  /** A server everybody is in who is no stranger. */
  readonly home: Server;
  commands(): World['commands'];
  /** What the developer portal says of the app, from now on. */
  appSays(app: Readonly<Record<string, unknown>>): void;
  /** How often the bot may still connect, as far as it is told. */
  leaveSessions(count: number): void;
  /** How many taps and commands wait for their first answer. */
  unanswered(): number;
  user(options?: UserOptions): User;
  server(name?: string): Server;
  /** An event of any shape, as the gateway would send it. */
  inject(type: string, content: unknown): void;
  /** Breaks every connection, and takes no new one before `mend`: the bot's network is down. */
  cut(): void;
  mend(): void;
  /** Resolves when the bot is connected and has said who it is. */
  online(): Promise<void>;
  /** Resolves when the condition holds; it is looked at whenever something happens here. */
  until(isDone: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Starts the platform on a free port of 127.0.0.1. */
export async function startDiscordPlatform(options: PlatformOptions = {}): Promise<DiscordPlatform> {
  const bot: Bot = {
    id: '1100000000000000001',
    applicationId: '1100000000000000002',
    username: 'HarborLifeline',
    token: 'MTEwMDAwMDAwMDAwMDAwMDAwMQ.AbCdEf.made-up-for-tests_0123456789-abc',
    mayReadContent: options.mayReadContent ?? false,
  };
  const world = new World(bot, options.now ?? Date.now);
  const gateway = new Gateway(world, options.heartbeatMs ?? 41_250);
  const faults = new Faults();
  const bucketOf = createBuckets(options.rateLimit ?? null, world.now);
  const calls: SeenCall[] = [];
  const home = new Server(world, gateway, 'Harbor Wallet');
  let isCut = false;

  const http = createServer((request, response) => {
    void answer(request, response);
  });
  http.on('connection', (socket) => {
    if (isCut) socket.destroy();
  });
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (!gateway.admits()) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => gateway.attach(webSocket));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://platform');
    const path = pathname.replace(/^\/api(?:\/v10)?/, '');
    const body = await readJson(request);
    if (request.destroyed && !request.complete) return;
    const route = ROUTES.find((one) => one.method === request.method && one.path.test(path));
    const name = route?.name ?? 'unknown';
    const call: SeenCall = { name, path, body, status: null };
    calls.push(call);
    const isAllowed = route?.open === true || isOurs(request.headers.authorization, bot);
    const fault = isAllowed ? faults.take(name) : null;
    world.changed();
    if (fault?.kind === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'hold') await fault.until;
    const parts = route?.path.exec(path)?.slice(1) ?? [];
    const bucket = bucketOf(name, parts[0] ?? '');
    const reply = (
      status: number,
      content: unknown,
      headers: Readonly<Record<string, string>> = {},
    ): void => {
      call.status = status;
      const type = status === 204 ? 'text/html; charset=utf-8' : 'application/json';
      response.writeHead(status, { 'content-type': type, ...bucket.headers, ...headers });
      response.end(status === 204 ? '' : typeof content === 'string' ? content : JSON.stringify(content));
      world.changed();
    };
    const execute = (): RouteAnswer =>
      route === undefined
        ? { kind: 'refused', status: 404, code: 0, message: '404: Not Found' }
        : route.act({ world, gateway, parts, query: searchParams, body });
    if (fault?.kind === 'error') replyFault(reply, fault);
    else if (!isAllowed) reply(401, { message: '401: Unauthorized', code: 0 });
    else if (bucket.retryAfterS !== null) replyLimited(reply, bucket.retryAfterS, false);
    else {
      const result = execute();
      if (fault?.kind === 'lose-answer') request.socket.destroy();
      else if (fault?.kind === 'garbage') reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' });
      else if (result.kind === 'done') reply(result.body === null ? 204 : 200, result.body);
      else reply(result.status, { message: result.message, code: result.code });
    }
  }

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  gateway.url = `ws://127.0.0.1:${port}/gateway`;
  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    bot,
    faults,
    gateway,
    calls,
    home,
    commands: () => world.commands,
    appSays: (app) => {
      world.app = { ...world.app, ...app };
    },
    leaveSessions: (count) => {
      world.sessionsLeft = count;
    },
    unanswered: () => world.unanswered.size,
    user({ username = 'ann', locale = 'en-US', isStranger = false, isBot = false } = {}) {
      const person = { id: world.nextId(), username, locale, isBot, isClosed: false };
      world.people.set(person.id, person);
      const user = new User(world, gateway, person);
      if (!isStranger) user.joins(home);
      return user;
    },
    server: (name = 'Wallet talk') => new Server(world, gateway, name),
    inject: (type, content) => gateway.dispatch(type, null, () => content),
    cut() {
      isCut = true;
      gateway.cut();
      http.closeAllConnections();
    },
    mend() {
      isCut = false;
    },
    online: () => world.until(() => gateway.isOnline),
    until: (isDone) => world.until(isDone),
    async close() {
      gateway.cut();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

function isOurs(authorization: string | undefined, bot: Bot): boolean {
  return authorization === `Bot ${bot.token}`;
}

type Reply = (status: number, content: unknown, headers?: Readonly<Record<string, string>>) => void;

function replyFault(reply: Reply, fault: Fault & { readonly kind: 'error' }): void {
  if (fault.status === 429) replyLimited(reply, fault.retryAfterS ?? 1, fault.global ?? false);
  else reply(fault.status, { message: fault.message ?? 'Error', code: fault.code ?? 0 });
}

function replyLimited(reply: Reply, retryAfterS: number, isGlobal: boolean): void {
  const content = { message: 'You are being rate limited.', retry_after: retryAfterS, global: isGlobal };
  reply(429, content, {
    'retry-after': String(retryAfterS),
    'x-ratelimit-scope': isGlobal ? 'global' : 'user',
    ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
  });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
  } catch (error) {
    // The connection was cut in the middle: nobody waits for an answer.
    if (request.complete) throw error;
    return undefined;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
