import type { SocketModeReceiver } from '@slack/bolt';
import type { Intake } from '../../src/model/index.js';
import { createInHand } from '../shared/in-hand.js';
import { backOffMs, pause, within } from '../shared/pause.js';
import { createAdmission } from './admission.js';
import { type ApiAnswer, answerOf } from './api.js';
import { createArrivals } from './arrivals.js';
import { handOver } from './hand-over.js';
import { createReceiver, hangUp, type Incoming, type ReceiverOptions } from './receiver.js';
import { codeOfAnswer, isFinal, type OpenSession, persist } from './session.js';

export interface SocketOptions extends ReceiverOptions {
  /** Payloads in hand above which no more are taken until half of them is done. */
  readonly maxInHand: number;
}

/**
 * Connections that are open at the same time. Slack closes each every few hours and may close it at any moment; a tap
 * in between would be lost, because nobody sends it again. Slack allows ten for an app and uses them in turn.
 */
const CONNECTIONS = 2;
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
 * whose promise nobody awaits: an outage in the middle of a reconnect would end the process. With too much in hand
 * nothing is taken and nothing acknowledged, so that it comes again; after a longer time, as what was missed.
 */
export async function startSocket(session: OpenSession, options: SocketOptions): Promise<Intake | null> {
  const { host, timing, stopping } = session;
  const inHand = createInHand();
  const open = new Set<SocketModeReceiver>();
  const standing = new Set<SocketModeReceiver>();
  const arrive = createArrivals();
  const tell = (): void => {
    if (stopping.aborted) return;
    const isHeard = standing.size > 0 && !admission.isFull;
    session.missed.heard(isHeard);
    host.connected?.(isHeard);
  };
  const admission = createAdmission(options.maxInHand, (isFull) => {
    if (isFull) host.log.error({ event: 'intake-full', platform: 'slack', count: options.maxInHand });
    tell();
  });
  const incoming: Incoming = {
    hello: () => {
      // Before anything comes that was written after what was missed.
      if (!admission.isFull) session.missed.heard(true);
    },
    take: (body, acknowledge) => {
      const work = () => handOver(session, body, () => acknowledgeSafely(session, acknowledge));
      // Let in by the order in which it was written: of a person's messages the first ones, not every second one.
      return inHand.add(new Promise((resolve) => arrive(body, () => resolve(admission.admit(body, work)))));
    },
  };

  const connect = async (): Promise<Connected> => {
    const receiver = createReceiver(session, options, incoming);
    const closed = new Promise<void>((resolve) => receiver.client.once('disconnected', () => resolve()));
    open.add(receiver);
    const answer = await helloOf(session, receiver);
    if (answer.kind !== 'ok' || stopping.aborted) {
      open.delete(receiver);
      void hangUp(session, receiver);
      return { connection: null, answer };
    }
    standing.add(receiver);
    tell();
    void closed.then(() => {
      open.delete(receiver);
      standing.delete(receiver);
      // One of several is exchanged every few hours; without any, nothing is heard.
      if (standing.size === 0) tell();
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
      const isDone = await within(host.clock, timing.stopMs, inHand.settled());
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
