import type { Commit, CommitResult, ConversationId, LaneClaim, Sender, Store } from '../src/model/index.js';
import { underLoad } from './load.js';
import { talkOf, turnOf } from './turns.js';

/** One of the loops that are compared: rounds of turns, one of each conversation. */
export interface Side {
  /** Makes a round of `count` turns ready, which is not timed; returns what does one of them. */
  ready(count: number): Promise<(index: number) => Promise<unknown>>;
  /** Takes what the round left to be sent out of the way; not timed. */
  settle(): Promise<void>;
}

const SENDER: Sender = { worker: 'bench', leaseMs: 3_000 };
const AT_ONCE = 64;

/** Conversations of a store, from the person with the number `first` on. */
export class Talks {
  readonly #store: Store;
  readonly #first: number;
  readonly #versions: number[] = [];
  #claims: LaneClaim[] = [];

  constructor(store: Store, first: number) {
    this.#store = store;
    this.#first = first;
  }

  /** Begins conversations until there are `count`, with a first turn whose row is sent. */
  async begin(count: number): Promise<void> {
    const known = this.#versions.length;
    if (known >= count) return;
    await underLoad(AT_ONCE, count - known, async (at) => {
      const index = known + at;
      const opening = turnOf(this.#talk(index), 0, this.#store.now(), SENDER);
      this.noted(index, await this.#store.commit(opening));
    });
    await this.settle();
  }

  /** The next turn of each of `count` conversations; those that do not exist yet are begun. */
  async turns(count: number): Promise<readonly Commit[]> {
    await this.begin(count);
    const now = this.#store.now();
    const versions = this.#versions.slice(0, count);
    return versions.map((version, index) => turnOf(this.#talk(index), version, now, SENDER));
  }

  /** Notes what came of a turn. Throws unless it was committed and claimed its lane. */
  noted(index: number, result: CommitResult): void {
    if (result.kind !== 'ok' || result.claim === null) throw new Error(`a turn came to "${result.kind}"`);
    this.#versions[index] = result.version;
    this.#claims.push(result.claim);
  }

  /** Settles the rows of all turns since the last time as sent. */
  async settle(): Promise<void> {
    const claims = this.#claims;
    this.#claims = [];
    const now = this.#store.now();
    await underLoad(AT_ONCE, claims.length, async (index) => {
      const claim = claims[index];
      if (claim === undefined) return;
      const { token, paceAt } = claim;
      const settling = { token, paceAt, now, leaseMs: SENDER.leaseMs };
      const settled = await this.#store.settleRow(claim.row.id, { kind: 'sent' }, settling);
      if (settled.kind === 'lost') throw new Error('a claim was lost');
    });
  }

  #talk(index: number): ConversationId {
    return talkOf(this.#first + index);
  }
}

/** The store itself. */
export function storeSide(store: Store, first: number): Side {
  const talks = new Talks(store, first);
  return {
    async ready(count) {
      const turns = await talks.turns(count);
      return async (index) => {
        const turn = turns[index];
        if (turn !== undefined) talks.noted(index, await store.commit(turn));
      };
    },
    settle: () => talks.settle(),
  };
}
