import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Channel } from './channel.js';
import { type Fault, Faults } from './faults.js';
import { Group } from './group.js';
import type { MethodAnswer } from './method.js';
import { asBefore, methodsOf } from './methods.js';
import { createRateLimits, type RateLimits } from './rate-limits.js';
import { readParameters } from './request-body.js';
import { type Push, UpdateQueue } from './update-queue.js';
import { User, type UserOptions } from './user.js';
import { type Bot, World } from './world.js';

/** A call as it arrived, and how it was answered (`null`: the connection was broken, or the caller left). */
interface SeenCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  status: number | null;
}

export interface PlatformOptions {
  readonly username?: string;
  readonly token?: string;
  /** Group privacy of the bot; on by default, as on Telegram. */
  readonly hasPrivacy?: boolean;
  /** The platform's time (epoch ms). */
  readonly now?: () => number;
  /** How many messages are taken; without it, any number. */
  readonly rateLimits?: RateLimits;
  /** A server from before Bot API 10.2, as people run at home: no messages for one member only. */
  readonly isOld?: boolean;
}

export interface GroupOptions {
  readonly title?: string;
  readonly isForum?: boolean;
  readonly isBasic?: boolean;
}

/** Telegram, on loopback: the Bot API for a bot, and people who use it. */
export interface TelegramPlatform {
  readonly apiUrl: string;
  readonly bot: Bot;
  readonly faults: Faults;
  /** Every call of the bot, oldest first. */
  readonly calls: readonly SeenCall[];
  /** Every push of an update to the webhook, oldest first. */
  readonly pushes: readonly Push[];
  /** Registered menus by language; `''` is the one without. */
  readonly commands: World['commands'];
  /** The menus of groups, likewise. */
  readonly groupCommands: World['groupCommands'];
  /** Ids of updates that the bot has not acknowledged. */
  unconfirmed(): readonly number[];
  /** How many taps still show their clock. */
  pendingTaps(): number;
  user(options?: UserOptions): User;
  /** A supergroup, unless it `isBasic`. */
  group(options?: GroupOptions): Group;
  channel(title?: string): Channel;
  /** The next update gets this id, as it may happen after a long silence. */
  updateIdsGoOnFrom(updateId: number): void;
  /** An update of any shape, straight into the queue. */
  inject(type: string, chatId: number, content: Readonly<Record<string, unknown>>): void;
  /**
   * The last update comes again, as after a confirmation that got lost: once the bot polls for more, or pushed at once.
   */
  redeliver(): Promise<void>;
  /** Resolves when the condition holds; it is looked at whenever something happens here. */
  until(isDone: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Starts the platform on a free port of 127.0.0.1. */
export async function startTelegramPlatform(options: PlatformOptions = {}): Promise<TelegramPlatform> {
  const bot: Bot = {
    id: 7_000_000_001,
    username: options.username ?? 'LifelineTestBot',
    token: options.token ?? '7000000001:AAE-made-up-for-tests_0123456789abcde',
    hasPrivacy: options.hasPrivacy ?? true,
  };
  const world = new World(bot, options.now ?? Date.now);
  const faults = new Faults();
  const queue = new UpdateQueue(
    () => world.changed(),
    () => faults.takePush(),
  );
  const { isOld = false } = options;
  const methods = methodsOf(!isOld);
  const countMessage = createRateLimits(options.rateLimits ?? null, world.now);
  const calls: SeenCall[] = [];
  let lastUserId = 5_000_000_000;
  let lastGroupId = -1_001_000_000_000;
  let lastBasicId = -4_000_000;

  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const [, token, method = ''] = /^\/bot([^/]+)\/([A-Za-z]+)/.exec(request.url ?? '') ?? [];
    const payload = await readParameters(request);
    const call: SeenCall = { method, payload, status: null };
    calls.push(call);
    const reply = (status: number, body: string): void => {
      call.status = status;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      world.changed();
    };
    const fault = token === bot.token ? faults.take(method) : null;
    world.changed();
    if (fault?.kind === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'hold') await fault.until;
    const result = fault?.kind === 'error' ? fault : await execute(token, method, payload, gone.signal);
    if (gone.signal.aborted) return;
    if (fault?.kind === 'lose-answer') request.socket.destroy();
    else if (fault?.kind === 'garbage') reply(200, '<html><body>Sign in to the network</body></html>');
    else if ('kind' in result) replyError(reply, result);
    else if (!result.ok) replyError(reply, result);
    else reply(200, JSON.stringify({ ...result, result: arranged(result.result, fault) }));
  }

  async function execute(
    token: string | undefined,
    method: string,
    payload: Readonly<Record<string, unknown>>,
    gone: AbortSignal,
  ): Promise<MethodAnswer> {
    if (token !== bot.token) return { ok: false, status: 401, description: 'Unauthorized' };
    const act = methods[method];
    if (act === undefined) return { ok: false, status: 404, description: 'Not Found: method not found' };
    return act({ world, queue, countMessage, gone }, isOld ? asBefore(payload) : payload);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    bot,
    faults,
    calls,
    pushes: queue.pushes,
    commands: world.commands,
    groupCommands: world.groupCommands,
    unconfirmed: () => queue.unconfirmed,
    pendingTaps: () => [...world.taps.values()].filter((tap) => tap.answer === null).length,
    user(userOptions = {}) {
      lastUserId += 1;
      return new User(world, queue, lastUserId, userOptions);
    },
    group({ title = 'Wallet talk', isForum = false, isBasic = false } = {}) {
      if (isBasic) lastBasicId -= 1;
      else lastGroupId -= 1;
      const id = isBasic ? lastBasicId : lastGroupId;
      return new Group(
        world,
        queue,
        world.addChat({ id, type: isBasic ? 'group' : 'supergroup', title, isForum }),
      );
    },
    channel(title = 'Wallet news') {
      lastGroupId -= 1;
      return new Channel(world, queue, world.addChat({ id: lastGroupId, type: 'channel', title }));
    },
    updateIdsGoOnFrom: (updateId) => queue.goOnFrom(updateId),
    inject: (type, chatId, content) => queue.add(type, chatId, content),
    async redeliver() {
      if (queue.webhookUrl === '') await world.until(() => queue.isPolled);
      queue.repeatLast();
    },
    until: (isDone) => world.until(isDone),
    async close() {
      queue.deleteWebhook();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function replyError(
  reply: (status: number, body: string) => void,
  error: (Fault & { readonly kind: 'error' }) | Extract<MethodAnswer, { readonly ok: false }>,
): void {
  const parameters =
    'retryAfterS' in error && error.retryAfterS !== undefined
      ? { retry_after: error.retryAfterS }
      : 'parameters' in error
        ? error.parameters
        : undefined;
  const { status, description } = error;
  const body = { ok: false, error_code: status, description, ...(parameters && { parameters }) };
  reply(status, JSON.stringify(body));
}

/** A list of updates as a fault wants it. */
function arranged(result: unknown, fault: Fault | null): unknown {
  if (!Array.isArray(result)) return result;
  if (fault?.kind === 'repeat') return result.flatMap((item: unknown) => [item, item]);
  return fault?.kind === 'reverse' ? result.toReversed() : result;
}
