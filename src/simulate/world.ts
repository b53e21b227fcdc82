import type { Bundle } from '../content/index.js';
import type {
  Adapter,
  Clock,
  Commit,
  ConversationId,
  Entropy,
  InboundMessage,
  OutboundMessage,
  Platform,
  Received,
  Snapshot,
} from '../model/index.js';
import { UNLIMITED } from '../model/index.js';

/** What a simulated conversation plays against: the whole path in one process, without sockets and without waiting. */
export interface World {
  readonly bundle: Bundle;
  receive(message: InboundMessage): Promise<Received>;
  /** Sends what was committed. */
  settle(): Promise<void>;
  /** Fires the timers and sends the rows that are due now. */
  round(): Promise<void>;
  /** When the next timer or row is due (epoch ms). */
  nextDue(): Promise<number | null>;
  snapshot(conversation: ConversationId): Promise<Snapshot | null>;
  /** The store was asked to keep this. */
  readonly commits: readonly Commit[];
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

/** Makes a world; the composition root knows how. */
export type OpenWorld = (parts: {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
}) => Promise<World>;

/** A platform that shows everything to the player; encoding by the real adapter is done on the side, so that its limits count. */
export function createStage(
  real: Pick<Adapter, 'capabilities' | 'encode'>,
  show: (message: OutboundMessage) => void,
): Adapter {
  const shown: OutboundMessage[] = [];
  return {
    capabilities: real.capabilities,
    rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    encode: (message, to) => {
      if (message.kind === 'message' && real.encode(message, to).length === 0)
        throw new RangeError('a message was encoded to nothing');
      shown.push(message);
      const words =
        message.kind === 'message'
          ? {
              text: message.text,
              buttons: message.buttons.map((button) => [
                button.label,
                button.kind === 'url' ? button.url : '',
              ]),
            }
          : {};
      return [{ method: 'show', payload: { ...words, index: shown.length - 1 } }];
    },
    send: (call) => {
      const message = shown[Number(call.payload.index)];
      if (message !== undefined) show(message);
      return Promise.resolve({ kind: 'sent' });
    },
  };
}
