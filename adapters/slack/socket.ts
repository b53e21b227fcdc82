import { type App, SocketModeReceiver } from '@slack/bolt';
import type { Intake } from '../../src/model/index.js';
import { backOffMs, pause, within } from '../shared/pause.js';
import { type ApiAnswer, answerOf, clientOptions, NO_LOG } from './api.js';
import { createArrivals } from './arrivals.js';
import { readFrame } from './frame.js';
import { handOver } from './hand-over.js';
import { codeOfAnswer, isFinal, type OpenSession, persist } from './session.js';

export interface SocketOptions {
  /** App-level token (`xapp-…`) with `connections:write`. */
  readonly appToken: string;
  readonly apiUrl: string;
}

/**
 * Connections that are open at the same time. Slack closes each every few hours and may close it at any moment; a tap
 * in between would be lost, because nobody sends it again. Slack allows ten for an app and uses them in turn.
 */
const CONNECTIONS = 2;

/** How long the end of a connection may take until it is cut; only what was written before has to get out. */
const GOODBYE_MS = 250;
/** A connection that ends sooner than this counts as one that failed, so that Slack is not asked in a tight circle. */
const SHORT_MS = 10_000;

/** One connection while it stands. */
interface Connection {
  readonly openedAt: number;
  /** Resolves when it is closed. */
  readonly closed: Promise<void>;
}

interface Connected {
  readonly connection: Connection | null;
  readonly answer: ApiAnswer;
}

/**
 * Takes payloads over Socket Mode. Resolves when Slack has said hello; `null` when the adapter was stopped before that.
 * Throws `platform-refused` for an app token Slack does not know. Bolt's receiver is used without its reconnecting,
 * whose promise nobody awaits: an outage in the middle of a reconnect would end the process.
 */
export async function startSocket(session: OpenSession, options: SocketOptions): Promise<Intake | null> {
  const { host, timing, stopping } = session;
  const inHand = new Set<Promise<unknown>>();
  const open = new Set<SocketModeReceiver>();
  const standing = new Set<SocketModeReceiver>();
  const arrive = createArrivals();
  const take: Take = (body, acknowledge) => {
    const work = new Promise<boolean>((resolve) => {
      arrive(body, () => resolve(handOver(session, body, () => acknowledgeSafely(session, acknowledge))));
    });
    inHand.add(work);
    return work.then(() => undefined).finally(() => inHand.delete(work));
  };

  const connect = async (): Promise<Connected> => {
    const receiver = createReceiver(session, options, take);
    const closed = new Promise<void>((resolve) => receiver.client.once('disconnected', () => resolve()));
    open.add(receiver);
    const answer = await helloOf(session, receiver);
    if (answer.kind !== 'ok' || stopping.aborted) {
      open.delete(receiver);
      void hangUp(session, receiver);
      return { connection: null, answer };
    }
    standing.add(receiver);
    host.connected?.(true);
    void closed.then(() => {
      open.delete(receiver);
      standing.delete(receiver);
      // One of several is exchanged every few hours; without any, nothing is heard.
      if (standing.size > 0 || stopping.aborted) return;
      session.missed.heard(false);
      host.connected?.(false);
    });
    return { connection: { openedAt: host.clock.now(), closed }, answer };
  };

  /** Connects anew whenever the connection is closed, until the adapter stops. */
  const keep = async (first: Connection | null): Promise<void> => {
    let failures = 0;
    const wait = (answer: ApiAnswer): Promise<void> => {
      failures += 1;
      const ms = answer.kind === 'limited' ? answer.retryAfterMs : backOffMs(failures);
      return pause(host.clock, ms, stopping);
    };
    for (let connection = first; !stopping.aborted; ) {
      if (connection !== null) {
        await connection.closed;
        if (stopping.aborted) return;
        host.log.info({ event: 'socket-closed', platform: 'slack' });
        if (host.clock.now() - connection.openedAt >= SHORT_MS) failures = 0;
        else if (failures > 0) await wait({ kind: 'lost', code: 'socket-closed' });
        else failures = 1;
      }
      const next: Connected = await connect();
      connection = next.connection;
      if (next.answer.kind === 'ok' || stopping.aborted) continue;
      const level = isFinal(next.answer) ? 'error' : 'warn';
      const code = codeOfAnswer(next.answer);
      host.log[level]({ event: 'socket-failed', platform: 'slack', code, count: failures });
      await wait(next.answer);
    }
  };

  let first: Connection | null = null;
  const hello = await persist(session, 'apps.connections.open', async () => {
    const { connection, answer } = await connect();
    first = connection;
    return answer;
  });
  if (hello === null) return null;
  const kept = [keep(first), ...Array.from({ length: CONNECTIONS - 1 }, () => keep(null))];

  return {
    async stop() {
      // What is in hand can still be acknowledged before the connections go.
      const isDone = await within(host.clock, timing.stopMs, settled(inHand));
      const goodbyes = [...open].map((receiver) => hangUp(session, receiver));
      const isClosed = await within(host.clock, timing.stopMs, settled([...goodbyes, ...kept]));
      if (!isDone || !isClosed) host.log.warn({ event: 'stop-timed-out', platform: 'slack' });
    },
  };
}

/** Opens a connection and waits for Slack's hello; whatever comes after the wait is given up is closed. */
async function helloOf(
  { host, timing, stopping }: OpenSession,
  receiver: SocketModeReceiver,
): Promise<ApiAnswer> {
  const timeUp = new AbortController();
  let isGivenUp = false;
  const hello = receiver.start().then(
    (): ApiAnswer => {
      if (isGivenUp) void hangUp({ host }, receiver);
      return { kind: 'ok', result: null };
    },
    // A socket that was closed before the hello rejects with nothing.
    (error: unknown): ApiAnswer =>
      error === undefined ? { kind: 'lost', code: 'no-hello' } : answerOf(error),
  );
  const late = pause(host.clock, timing.helloMs, AbortSignal.any([stopping, timeUp.signal]));
  const answer = await Promise.race([
    hello,
    late.then((): ApiAnswer => ({ kind: 'lost', code: 'no-hello' })),
  ]);
  isGivenUp = answer.kind !== 'ok';
  timeUp.abort();
  return answer;
}

/**
 * Closes a connection. Slack answers the goodbye and leaves the line open; the client would find out by pongs that stay
 * away, 5 to 12 s later. Told a second time, it hangs up.
 */
async function hangUp({ host }: Pick<OpenSession, 'host'>, { client }: SocketModeReceiver): Promise<void> {
  if (await within(host.clock, GOODBYE_MS, client.disconnect())) return;
  await client.disconnect();
}

/** Takes one payload; `acknowledge` stops Slack from sending it again. */
type Take = (body: unknown, acknowledge: () => Promise<void>) => Promise<void>;

function createReceiver(
  session: OpenSession,
  { appToken, apiUrl }: SocketOptions,
  take: Take,
): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: NO_LOG,
    autoReconnectEnabled: false,
    clientPingTimeout: session.timing.pongMs,
    installerOptions: { clientOptions: clientOptions(apiUrl, session.timing.requestMs) },
    processEventErrorHandler: () => Promise.resolve(false),
  });
  // Bolt's app acknowledges events before anything is done with them, so it is not asked.
  const app: Pick<App, 'processEvent'> = {
    processEvent: ({ body, ack }) => take(body, async () => void (await ack())),
  };
  receiver.init(app as App);
  readFirst(session, receiver);
  return receiver;
}

/**
 * Reads frames before the client does: it takes them for what they should be, throws where nobody can catch it, and
 * tells of an envelope under whatever name that carries, its own among them. What cannot be read costs the connection;
 * what is not acknowledged comes again over another one.
 */
function readFirst({ host, missed }: OpenSession, receiver: SocketModeReceiver): void {
  const { client } = receiver;
  const inner = client.listeners('ws_message');
  const pass = (text: string): void => {
    for (const listener of inner) listener.call(client, text, false);
  };
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown) => {
    const frame = readFrame(data);
    switch (frame.kind) {
      case 'hello':
        // Before anything comes that was written after what was missed.
        missed.heard(true);
        return pass(JSON.stringify({ type: 'hello' }));
      case 'envelope':
        return pass(
          JSON.stringify({ type: 'envelope', envelope_id: frame.id, payload: frame.payload ?? null }),
        );
      case 'other':
        return host.log.debug({ event: 'update-unsupported', platform: 'slack', code: 'frame-type' });
      case 'unreadable':
        host.log.warn({ event: 'frame-unreadable', platform: 'slack' });
        return void hangUp({ host }, receiver);
      case 'disconnect':
        // The old connection is of no use any more.
        return void hangUp({ host }, receiver);
      default:
        return frame satisfies never;
    }
  });
}

/** An acknowledgement that finds its connection gone is no fault: Slack sends the event again, and it is known. */
async function acknowledgeSafely({ host }: OpenSession, acknowledge: () => Promise<void>): Promise<void> {
  try {
    await acknowledge();
  } catch {
    host.log.info({ event: 'acknowledgement-late', platform: 'slack' });
  }
}

async function settled(work: Iterable<Promise<unknown>>): Promise<void> {
  await Promise.allSettled(work);
}
