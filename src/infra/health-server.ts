import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { LifelineError } from '../model/index.js';

/** What a worker says of itself: numbers and states, nothing of any person. */
export interface HealthReport {
  /** `overloaded`: it works and takes no more in. `unwell`: its store does not answer. */
  readonly status: 'ok' | 'overloaded' | 'unwell';
  /** Whether to send it updates: started, not stopping, `ok`. */
  readonly ready: boolean;
  readonly store: {
    readonly status: string;
    /** Operations in hand, and for how long the oldest of them (ms). */
    readonly operations: number;
    readonly oldestMs: number;
  };
  /** State of each platform by its name. */
  readonly platforms: Readonly<Record<string, 'starting' | 'running' | 'stopped'>>;
  /** Messages in hand. */
  readonly waiting: number;
  /** Hash of the live content. */
  readonly bundle: string;
}

export interface HealthServerOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 by default, so that only this machine can ask. */
  readonly host?: string;
  readonly report: () => HealthReport;
}

export interface HealthServer {
  /** The port that is listened on. */
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Answers `GET /health` (200 while it works, 503 when it does not) and `GET /ready` (200 when it may get updates, else
 * 503), both with the report as JSON. Throws `settings-invalid` for an address that cannot be listened on.
 */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { port, host = '127.0.0.1', report } = options;
  const server = fastify({ logger: false, bodyLimit: 1024 });
  server.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  server.get('/health', (_request, reply) => {
    const health = report();
    return reply.code(health.status === 'unwell' ? 503 : 200).send(health);
  });
  server.get('/ready', (_request, reply) => {
    const health = report();
    return reply.code(health.ready ? 200 : 503).send(health);
  });
  try {
    await server.listen({ port, host });
  } catch (cause) {
    const message = `The health server cannot listen on port ${port} of ${host}. Choose another one.`;
    throw new LifelineError('settings-invalid', message, { cause });
  }
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: async () => {
      const closed = server.close();
      // A checker that keeps its connection open holds up no stop.
      server.server.closeAllConnections();
      await closed;
    },
  };
}
