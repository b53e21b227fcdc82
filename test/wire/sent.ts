import type { Adapter, EncodeTarget, OutboundMessage, PlatformCall } from '../../src/model/index.js';
import { UNLIMITED } from '../../src/model/index.js';

type Message = OutboundMessage & { readonly kind: 'message' };

/** A message that was rendered and given to the platform. */
export interface SentMessage {
  readonly message: Message;
  readonly to: EncodeTarget;
}

/** What became of what was sent since the last look. */
export interface Taken {
  /** What the platform took, oldest first. */
  readonly messages: readonly SentMessage[];
  /** The first thing it did not take, as a sentence; `null` when it took everything. */
  readonly problem: string | null;
  /** Whether it said that the person cannot be reached. */
  readonly isUnreached: boolean;
}

/** What goes out, beside the wire. */
export interface Sent {
  /** The adapter, with its limits lifted and what it sends noted. */
  readonly adapter: Adapter;
  take(): Taken;
}

interface Entry extends SentMessage {
  /** Calls that are not made yet. */
  left: number;
}

/** Notes what an adapter is given to send. */
export function noting(real: Adapter): Sent {
  const entries = new Map<PlatformCall, Entry>();
  let messages: SentMessage[] = [];
  let problem: string | null = null;
  let isUnreached = false;
  const adapter: Adapter = {
    ...real,
    rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
    encode: (message, to) => {
      const calls = real.encode(message, to);
      if (message.kind !== 'message') return calls;
      const entry: Entry = { message, to, left: calls.length };
      for (const call of calls) entries.set(call, entry);
      return calls;
    },
    send: async (call, context) => {
      const result = await real.send(call, context);
      const entry = entries.get(call);
      entries.delete(call);
      if (result.kind === 'retry' || result.kind === 'unknown-outcome')
        problem ??= `the platform did not take ${call.method}: ${result.code}`;
      if (result.kind === 'refused' && call.method !== 'deleteMessage')
        problem ??= `the platform refused ${call.method}: ${result.code}`;
      if (result.kind === 'unreachable') isUnreached = true;
      if (entry === undefined || (result.kind !== 'sent' && result.kind !== 'already')) return result;
      entry.left -= 1;
      if (entry.left === 0) messages.push(entry);
      return result;
    },
  };
  return {
    adapter,
    take: () => {
      const taken = { messages, problem, isUnreached };
      messages = [];
      problem = null;
      isUnreached = false;
      entries.clear();
      return taken;
    },
  };
}
