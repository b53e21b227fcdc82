import type { Bundle } from '../content/index.js';
import type {
  Adapter,
  Clock,
  Commit,
  ConversationId,
  Entropy,
  InboundMessage,
  Log,
  Platform,
  Received,
  Snapshot,
} from '../model/index.js';
import type { SimulatedPage } from './verified.js';

/** What a simulated conversation plays against: the whole path in one process, without waiting. */
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
  readonly log: Log;
  /** What was logged. */
  readonly logLines: readonly string[];
  /** The official page, where hand-offs are verified; `null` where they are plain. */
  readonly page: SimulatedPage | null;
  close(): Promise<void>;
}

/** Makes a world; the composition root knows how. */
export type OpenWorld = (parts: {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
}) => Promise<World>;
