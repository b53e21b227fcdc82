import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Adapter,
  type AdapterHost,
  type InboundMessage,
  type Platform,
  type SendResult,
  UNLIMITED,
} from '../../src/model/index.js';

/** Longest wait for the platform's answer (ms). */
const SEND_MS = 5_000;

/** A call to the platform, as it is sent. */
export interface SentRow {
  readonly conversation: string;
  readonly nonce: string;
  readonly text: string;
  /** Data of the first button. */
  readonly data: string | null;
}

/** Where workers take the messages of all plain platforms. */
export interface Intake {
  readonly port: number;
  /** The adapter of one platform. */
  adapter(platform: Platform): Adapter;
}

/** Opens the intake of a worker, which answers 503 for a platform whose adapter has not started, or has stopped. */
export async function openPlainIntake(platformUrl: string, worker: string): Promise<Intake> {
  const hosts = new Map<string, AdapterHost>();
  const inHand = new Set<Promise<void>>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = hosts.get(request.url?.slice(1) ?? '');
    if (host === undefined) return void response.writeHead(503).end();
    try {
      await host.receive((await readJson(request)) as InboundMessage);
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.name : 'unknown');
    }
  };
  const server = createServer((request, response) => {
    const taking = take(request, response).finally(() => inHand.delete(taking));
    inHand.add(taking);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    adapter: (platform) => ({
      capabilities: { deletesIn: { direct: false, public: false }, maxTextChars: 4096, maxLabelChars: 60 },
      rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
      start: async (host) => void hosts.set(platform, host),
      stop: async () => {
        hosts.delete(platform);
        await Promise.all(inHand);
      },
      encode: (message, to) => {
        if (message.kind !== 'message') return [];
        const tap = message.buttons.find((button) => button.kind === 'tap');
        return [
          { method: to.userId, payload: { text: message.text, data: tap?.kind === 'tap' ? tap.data : null } },
        ];
      },
      send: (call, { nonce }) => {
        const { text, data } = call.payload as Pick<SentRow, 'text' | 'data'>;
        const conversation = `${platform}:${call.method}:${call.method}`;
        return send(platformUrl, worker, { conversation, nonce, text, data });
      },
    }),
  };
}

async function send(url: string, worker: string, row: SentRow): Promise<SendResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-worker': worker },
      body: JSON.stringify(row),
      signal: AbortSignal.timeout(SEND_MS),
    });
    const body = (await response.json()) as { readonly retryAfterMs?: number };
    if (response.ok) return { kind: 'sent' };
    const wait = body.retryAfterMs === undefined ? {} : { afterMs: body.retryAfterMs };
    return { kind: 'retry', code: String(response.status), ...wait };
  } catch (error) {
    return { kind: 'unknown-outcome', code: error instanceof Error ? error.name : 'unknown' };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
