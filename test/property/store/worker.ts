import {
  type ConversationId,
  conversationId,
  type DueTimer,
  type InboundId,
  type LaneClaim,
  type Lease,
  type Loaded,
  type PersonId,
  personOf,
  type Sender,
} from '../../../src/model/index.js';
import { Ledger } from './ledger.js';
import { StoreModel } from './model.js';

export const WORKERS = 3;
export const LEASE_MS = 3_000;

/** Three people; one of them in three places. */
export const CONVERSATIONS: readonly ConversationId[] = [
  conversationId('telegram', { channel: '1' }, '1'),
  conversationId('telegram', { channel: '-9' }, '1'),
  conversationId('telegram', { channel: '-9', thread: '2' }, '1'),
  conversationId('telegram', { channel: '12' }, '12'),
  conversationId('telegram', { channel: '-9' }, '7'),
];
export const PEOPLE: readonly PersonId[] = [...new Set(CONVERSATIONS.map(personOf))];

/** Everything a worker has in its hands; a crash takes it away. */
export class Worker {
  readonly name: string;
  readonly sender: Sender;
  /** Conversations as it saw them last, which others may have changed since. */
  readonly cache = new Map<ConversationId, Loaded>();
  /** Lanes it sends for, and whether the present row was sent. */
  readonly lanes = new Map<ConversationId, { readonly claim: LaneClaim; readonly isSent: boolean }>();
  timers: readonly DueTimer[] = [];
  lease: Lease | null = null;

  constructor(name: string) {
    this.name = name;
    this.sender = { worker: name, leaseMs: LEASE_MS };
  }

  crash(): void {
    this.cache.clear();
    this.lanes.clear();
    this.timers = [];
    this.lease = null;
  }
}

/** One update of a platform, which may be delivered again. */
export interface Inbound {
  readonly conversation: ConversationId;
  readonly seen: InboundId;
  readonly sentAt: number | null;
  /** Epoch ms. */
  readonly at: number;
}

/** What the commands know: the model of the store, and what workers and platforms hold. */
export interface World {
  model: StoreModel;
  readonly ledger: Ledger;
  readonly workers: readonly Worker[];
  readonly inbounds: Inbound[];
  /** Epoch ms. */
  now: number;
  /** Numbers that are used once. */
  serial: number;
  /** Timers that were set. */
  timers: number;
}

export function createWorld(now: number): World {
  return {
    model: new StoreModel(),
    ledger: new Ledger(),
    workers: Array.from({ length: WORKERS }, (_, index) => new Worker(`w${index}`)),
    inbounds: [],
    now,
    serial: 0,
    timers: 0,
  };
}

/** The item at an index that goes round; throws when there is none at all. */
export function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('there is nothing to choose from');
  return item;
}
