import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { marksIn } from './marks.js';

/** When a mark was first seen on its way, by `performance.now()`. */
export interface Sighting {
  /** Given to a socket of this process. */
  writtenAt: number | null;
  /** Arrived in the body of a request to a server of this process. */
  receivedAt: number | null;
}

/** The marks that pass the sockets of this process. */
export interface Wire {
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** Resolves with `true` when the mark has arrived here, with `false` when nothing at all has for a long time. */
  arrived(mark: string): Promise<boolean>;
  /** Forgets all marks. */
  clear(): void;
}

/** After so long without any mark none is waited for any more (ms). */
const QUIET_MS = 15_000;

/**
 * Watches every socket of this process: what is written to them, and what requests to servers here bring. So an update
 * and the call that answers it are timed at the edge of the process, whatever is between.
 */
export function watchWire(): Wire {
  const sightings = new Map<string, Sighting>();
  const waiting = new Map<string, (isThere: boolean) => void>();
  const giveUp = (): void => {
    for (const told of [...waiting.values()]) told(false);
  };
  const quiet = setTimeout(giveUp, QUIET_MS).unref();
  const sighted = (mark: string): Sighting => {
    const known = sightings.get(mark) ?? { writtenAt: null, receivedAt: null };
    sightings.set(mark, known);
    return known;
  };
  const write = Duplex.prototype.write as (this: Socket, ...args: unknown[]) => boolean;
  Socket.prototype.write = function watched(this: Socket, chunk: unknown, ...rest: unknown[]): boolean {
    for (const mark of marksIn(textOf(chunk))) sighted(mark).writtenAt ??= performance.now();
    return write.call(this, chunk, ...rest);
  } as typeof Socket.prototype.write;
  channel('http.server.request.start').subscribe((event) => {
    const { request } = event as { readonly request: IncomingMessage };
    const push = request.push.bind(request);
    let body = '';
    request.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
      body += textOf(chunk);
      for (const mark of marksIn(body)) {
        sighted(mark).receivedAt ??= performance.now();
        waiting.get(mark)?.(true);
        quiet.refresh();
      }
      return push(chunk, encoding);
    };
  });
  return {
    sightings,
    arrived: (mark) =>
      new Promise((resolve) => {
        if ((sightings.get(mark)?.receivedAt ?? null) !== null) return resolve(true);
        quiet.refresh();
        waiting.set(mark, (isThere) => {
          waiting.delete(mark);
          resolve(isThere);
        });
      }),
    clear: () => sightings.clear(),
  };
}

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array
    ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
    : '';
}
