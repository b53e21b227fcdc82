import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { redisPort } from './redis/redis-port.js';

/** A way to a server on which the network's faults happen when a test says so. */
export interface TcpProxy {
  /** Where to connect, on 127.0.0.1. */
  readonly port: number;
  /** From now on every answer comes this much later (ms); 0 for none. */
  delay(ms: number): void;
  /** Breaks every connection with a reset. */
  resetAll(): void;
  /** From now on connections are taken, and kept, and nothing is passed on either way. */
  halfOpen(): void;
  /** Breaks every connection and takes no new ones. */
  refuse(): Promise<void>;
  /** All is well from now on; connections that lost bytes are broken, as they cannot go on. */
  heal(): Promise<void>;
  /**
   * Passes on the next request (that holds the bytes of `having`, when given), swallows the answer and breaks the
   * connection. Resolves when that has happened.
   */
  dropNextAnswer(having?: string): Promise<void>;
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** Bytes were lost on it. */
  torn: boolean;
  /** Called instead of passing on the next answer. */
  onAnswer: (() => void) | null;
  /** Resolves when what was answered so far has been passed on: a delay must not change the order. */
  passedOn: Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1 before a server on `targetPort`. */
export async function startProxy(targetPort: number): Promise<TcpProxy> {
  const links = new Set<Link>();
  let delayMs = 0;
  let stalled = false;
  let drop: { readonly having: string; readonly done: () => void } | null = null;

  const cut = (link: Link) => {
    links.delete(link);
    link.client.resetAndDestroy();
    link.server.destroy();
  };
  const cutAll = () => links.forEach(cut);

  const join = (client: Socket) => {
    const server = connect({ host: '127.0.0.1', port: targetPort, noDelay: true });
    client.setNoDelay(true);
    const link: Link = { client, server, torn: false, onAnswer: null, passedOn: Promise.resolve() };
    links.add(link);
    client.on('data', (bytes) => {
      if (stalled) {
        link.torn = true;
        return;
      }
      if (drop !== null && bytes.includes(drop.having)) {
        const { done } = drop;
        drop = null;
        link.onAnswer = () => {
          cut(link);
          done();
        };
      }
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (link.onAnswer !== null) link.onAnswer();
      else if (stalled) link.torn = true;
      else {
        const due = performance.now() + delayMs;
        link.passedOn = link.passedOn.then(async () => {
          const left = due - performance.now();
          if (left > 0) await wait(left);
          client.write(bytes);
        });
      }
    });
    for (const socket of [client, server]) {
      // A fault of one side breaks the other; `close` follows every `error`.
      socket.on('error', () => cut(link));
      socket.on('close', () => cut(link));
    }
  };

  let listener: Server | null = null;
  const port = await redisPort();
  const listen = async () => {
    const next = createServer(join).listen(port, '127.0.0.1');
    await once(next, 'listening');
    listener = next;
  };
  const refuse = async () => {
    const last = listener;
    listener = null;
    const closed = last === null ? null : once(last, 'close');
    last?.close();
    cutAll();
    await closed;
  };
  await listen();
  return {
    port,
    delay: (ms) => {
      delayMs = ms;
    },
    resetAll: cutAll,
    halfOpen: () => {
      stalled = true;
    },
    refuse,
    heal: async () => {
      delayMs = 0;
      stalled = false;
      for (const link of links) if (link.torn) cut(link);
      if (listener === null) await listen();
    },
    dropNextAnswer: (having = '') => new Promise((done) => (drop = { having, done })),
    close: refuse,
  };
}
