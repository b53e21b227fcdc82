import { type IIdentifyThrottler, type SessionInfo, WebSocketManager } from '@discordjs/ws';
import { z } from 'zod';
import type { Clock } from '../../src/model/index.js';
import { pause, within } from '../shared/pause.js';
import { type ApiAnswer, answerOf } from './api.js';
import { CONTENT_INTENT, INTENTS } from './limits.js';
import type { Session } from './persist.js';
import type { SavedSession } from './progress.js';
import { KEEP_SESSION, oneShard } from './shard.js';

/** Told what happens at the gateway. */
export interface GatewayEvents {
  /** A new session began, before anything of it comes. */
  opened(session: SavedSession): void;
  /** A dispatch, as parsed JSON, in order; `false` when no more can be taken after it. */
  packet(packet: { readonly t: string; readonly s: number; readonly d: unknown }): boolean;
  /** The connection works; `false` when it is lost, and found again by itself. */
  connected(isConnected: boolean): void;
}

/** Why a connection ended for good. */
export type GatewayEnd =
  | { readonly kind: 'stopped' }
  /** No more could be taken: Discord keeps what comes after the last packet for whoever resumes the session. */
  | { readonly kind: 'full' }
  /** Discord will not have us: close code 4004 for a wrong token, 4010–4014 for what we ask for. */
  | { readonly kind: 'refused'; readonly closeCode: number }
  | { readonly kind: 'failed'; readonly answer: Exclude<ApiAnswer, { readonly kind: 'ok' }> };

/** Close codes after which no connection is of use (Discord, Gateway Close Event Codes: "Reconnect: false"). */
const REFUSED: readonly number[] = [4004, 4010, 4011, 4012, 4013, 4014];
/** A frame that cannot be read so often at one place of a session is passed by: a new session repeats nothing. */
const MAX_UNREADABLE = 3;
/** How long the gateway may take to close. */
const CLOSE_MS = 1_000;

/**
 * Holds a connection to the gateway until the session stops or Discord refuses it. `@discordjs/ws` does heartbeats,
 * close codes and reconnecting; where a session is resumed from is ours to say, because only we know what is committed.
 */
export async function runGateway(
  session: Session,
  saved: SavedSession | null,
  throttler: IIdentifyThrottler,
  events: GatewayEvents,
): Promise<GatewayEnd> {
  const { host, stopping, timing } = session;
  let isOver = false;
  let current: SessionInfo | null = saved === null ? null : sessionInfo(saved);
  let stuck = { at: -1, count: 0 };
  const unreadable = (): void => {
    const at = current?.sequence ?? -1;
    stuck = { at, count: stuck.at === at ? stuck.count + 1 : 1 };
    host.log.warn({ event: 'frame-unreadable', platform: 'discord', count: stuck.count });
    if (stuck.count >= MAX_UNREADABLE) current = null;
  };
  const failed = (error: unknown): void => {
    const code = error instanceof Error ? error.name : 'unknown';
    host.log.warn({ event: 'gateway-error', platform: 'discord', code });
  };
  const manager = new WebSocketManager({
    token: session.token,
    intents: session.overhears ? INTENTS | CONTENT_INTENT : INTENTS,
    rest: session.api.rest,
    shardCount: 1,
    handshakeTimeout: timing.greetingMs,
    helloTimeout: timing.greetingMs,
    readyTimeout: timing.greetingMs,
    buildStrategy: oneShard({ unreadable, failed }),
    buildIdentifyThrottler: () => throttler,
    // A shard that is destroyed while it reconnects goes on reconnecting; without this answer it cannot.
    retrieveSessionInfo: () => (isOver ? new Promise<never>(() => undefined) : current),
    updateSessionInfo: (_shardId, info) => {
      if (isOver) return;
      const isNew = info !== null && info.sessionId !== current?.sessionId;
      current = info;
      if (isNew) events.opened({ id: info.sessionId, resumeUrl: info.resumeURL, sequence: info.sequence });
    },
  });

  const end = await new Promise<GatewayEnd>((resolve) => {
    manager.on('dispatch', ({ data }) => {
      if (isOver) return;
      if (data.t === 'READY' || data.t === 'RESUMED') events.connected(true);
      if (events.packet(data)) return;
      // Nothing more of this connection counts as taken.
      isOver = true;
      resolve({ kind: 'full' });
    });
    manager.on('closed', ({ code }) => {
      if (isOver) return;
      host.log.warn({ event: 'gateway-closed', platform: 'discord', status: code });
      events.connected(false);
      if (REFUSED.includes(code)) resolve({ kind: 'refused', closeCode: code });
    });
    manager.on('error', ({ error }) => {
      host.log.warn({ event: 'gateway-error', platform: 'discord', code: error.name });
    });
    const stop = (): void => resolve({ kind: 'stopped' });
    if (stopping.aborted) stop();
    stopping.addEventListener('abort', stop, { once: true });
    connect(manager).then(
      (answer) => {
        if (answer !== null) resolve({ kind: 'failed', answer });
      },
      (error: unknown) => resolve({ kind: 'failed', answer: answerOf(error) }),
    );
  });
  isOver = true;
  await close(manager, host.clock);
  return end;
}

const addressSchema = z.looseObject({ url: z.url({ protocol: /^wss?$/ }) });

/** Connects, where the address that Discord tells is one; `null` once it works. */
async function connect(
  manager: WebSocketManager,
): Promise<Exclude<ApiAnswer, { readonly kind: 'ok' }> | null> {
  // It is remembered for as long as Discord says, so that connecting asks no second time.
  if (!addressSchema.safeParse(await manager.fetchGatewayInformation()).success)
    return { kind: 'lost', code: 'unreadable-answer' };
  await manager.connect();
  return null;
}

/**
 * Closes the connection. A shard that is destroyed while it waits for its first event destroys itself a second time and
 * then never resolves, though the connection closes; so it is not waited for longer than a moment.
 */
async function close(manager: WebSocketManager, clock: Clock): Promise<void> {
  const destroyed = Promise.resolve(manager.destroy({ code: KEEP_SESSION, reason: 'going away' }));
  await within(clock, CLOSE_MS, destroyed);
}

/** How long must lie between two identifies (Discord, Gateway, Rate Limiting: one in 5 seconds). */
const IDENTIFY_EVERY_MS = 5_000;

/** Spaces identifies, over reconnections too: each new connection would otherwise begin to count anew. */
export function createIdentifyThrottler(clock: Clock): IIdentifyThrottler {
  let nextAt = 0;
  return {
    waitForIdentify: async (_shardId, signal) => {
      const waitMs = nextAt - clock.now();
      nextAt = Math.max(clock.now(), nextAt) + IDENTIFY_EVERY_MS;
      if (waitMs > 0) await pause(clock, waitMs, signal);
      if (signal.aborted) throw new Error('the connection closed before it could identify');
    },
  };
}

function sessionInfo({ id, resumeUrl, sequence }: SavedSession): SessionInfo {
  return { sessionId: id, resumeURL: resumeUrl, sequence, shardId: 0, shardCount: 1 };
}
