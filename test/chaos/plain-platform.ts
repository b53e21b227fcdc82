import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import {
  conversationId,
  type InboundContent,
  type InboundMessage,
  inboundId,
  type Platform,
  personId,
} from '../../src/model/index.js';
import type { Chance } from './chance.js';
import type { Talk } from './ledger.js';
import type { SentRow } from './plain-adapter.js';

/** Pause before a message that was not acknowledged is pushed again (ms), at most. */
const AGAIN_MS = 150;
/** Longest wait for an acknowledgement. */
const PUSH_MS = 15_000;

/** Pushes in hand at most, as platforms have it too (Telegram: `max_connections`); the others wait for their turn. */
const MAX_PUSHES = 48;

/** How often each fault happens, per call (0 to 1). */
export interface Rates {
  /** A message that was acknowledged comes again. */
  readonly repeat: number;
  readonly dropBefore: number;
  readonly dropAfter: number;
  readonly limited: number;
  readonly failing: number;
}

export const CALM: Rates = { repeat: 0, dropBefore: 0, dropAfter: 0, limited: 0, failing: 0 };

interface Subscriber {
  readonly talk: Talk;
  /** Of what was taken already. */
  readonly nonces: Set<string>;
}

/** A platform that pushes messages to whichever worker it likes until one acknowledges, and takes calls over HTTP. */
export interface PlainPlatform {
  readonly url: string;
  rates: Rates;
  /** A new conversation. */
  open(platform: Platform, user: string): Talk;
  /** Sends what a person does, and again until it is acknowledged. */
  push(platform: Platform, user: string, id: string, content: InboundContent): Promise<void>;
  /** Messages that nobody has acknowledged, and repeats under way. */
  readonly unacknowledged: number;
  close(): Promise<void>;
}

/**
 * Starts it. `workers` tells the ports of those that take messages now; `withNonce` the platform that takes a nonce
 * once.
 */
export async function startPlainPlatform(
  workers: () => readonly number[],
  withNonce: Platform,
  chance: Chance,
): Promise<PlainPlatform> {
  const subscribers = new Map<string, Subscriber>();
  let unacknowledged = 0;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { rates } = platform;
    const row = (await readJson(request)) as SentRow;
    const worker = String(request.headers['x-worker']);
    const refuse = (status: number, body: object): void => {
      response.writeHead(status).end(JSON.stringify(body));
    };
    if (chance.happens(rates.dropBefore)) return void request.socket.destroy();
    if (chance.happens(rates.limited)) return refuse(429, { retryAfterMs: 50 });
    if (chance.happens(rates.failing)) return refuse(500, {});
    const to = subscribers.get(row.conversation);
    if (to === undefined) return refuse(404, {});
    const isAnswerLost = chance.happens(rates.dropAfter);
    const { text, data } = row;
    if (!(to.talk.hasNonce && to.nonces.has(row.nonce))) {
      to.nonces.add(row.nonce);
      to.talk.arrived.push({ text, data, at: Date.now(), worker, nonce: row.nonce, isAnswerLost });
    }
    if (isAnswerLost) request.socket.destroy();
    else response.writeHead(200).end('{}');
  };
  const server = createServer((request, response) => {
    // A worker that was killed in the middle of a call has nobody who waits for the answer.
    take(request, response).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const pushOnce = async (message: InboundMessage): Promise<boolean> => {
    const port = chance.pick(workers());
    if (port === undefined) return false;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/${message.platform}`, {
        method: 'POST',
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(PUSH_MS),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch (error) {
      // `fetch` fails so for a connection that broke, and `AbortSignal` for one that took too long.
      if (error instanceof TypeError || error instanceof DOMException) return false;
      throw error;
    }
  };
  let pushing = 0;
  const queue: (() => void)[] = [];
  const inTurn = async (push: () => Promise<boolean>): Promise<boolean> => {
    if (pushing >= MAX_PUSHES) await new Promise<void>((resolve) => queue.push(resolve));
    pushing += 1;
    try {
      return await push();
    } finally {
      pushing -= 1;
      queue.shift()?.();
    }
  };
  const untilAcknowledged = async (message: InboundMessage): Promise<void> => {
    unacknowledged += 1;
    try {
      while (!(await inTurn(() => pushOnce(message)))) await wait(chance.below(AGAIN_MS));
    } finally {
      unacknowledged -= 1;
    }
  };

  const platform: PlainPlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rates: CALM,
    get unacknowledged() {
      return unacknowledged;
    },
    open: (name, user) => {
      const conversation = conversationId(name, { channel: user }, user);
      const talk: Talk = { name: conversation, hasNonce: name === withNonce, written: [], arrived: [] };
      subscribers.set(conversation, { talk, nonces: new Set() });
      return talk;
    },
    push: async (name, user, id, content) => {
      const message: InboundMessage = {
        id: inboundId(name, user, id),
        platform: name,
        conversation: conversationId(name, { channel: user }, user),
        person: personId(name, user),
        visibility: 'direct',
        content,
        localeHint: 'en',
        sentAt: Date.now(),
      };
      await untilAcknowledged(message);
      if (!chance.happens(platform.rates.repeat)) return;
      await wait(chance.below(2_000));
      await untilAcknowledged(message);
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return platform;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
