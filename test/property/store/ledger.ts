import { expect } from 'vitest';
import type { Commit, ConversationId, LaneClaim, RowId, RowOutcome } from '../../../src/model/index.js';
import { personOf } from '../../../src/model/index.js';

/**
 * What was acknowledged, sent and settled, noted from the store's answers alone: each row has to leave once, in the
 * order of the commits, in the hands of who held the lane last.
 */
export class Ledger {
  /** Rows that were acknowledged and have not left, in order. */
  readonly #waiting = new Map<ConversationId, RowId[]>();
  /** Sends as `row token`. */
  readonly #sent = new Set<string>();
  /** Rows that were given up, come back or not: somebody may have them in hand all the same. */
  readonly #givenUp = new Set<RowId>();
  /** The highest token anything was settled under. */
  readonly #tokens = new Map<ConversationId, number>();

  acknowledged({ conversation, person, records, outbox }: Commit): void {
    if (records.some((record) => record.kind === 'forget')) {
      this.#drop((each) => personOf(each) === person);
    }
    if (records.some((record) => record.kind === 'silence')) {
      for (const row of this.#of(conversation).splice(0)) this.#givenUp.add(row);
    }
    this.#of(conversation).push(...outbox.map((row) => row.id));
  }

  /** A worker makes the call of a row it holds. */
  sent({ row, token }: LaneClaim): void {
    const send = `${row.id} ${token}`;
    if (!this.#givenUp.has(row.id))
      expect(this.#sent, 'a row is sent once under a claim').not.toContain(send);
    this.#sent.add(send);
  }

  /** The store took what a worker said of its row. */
  settled({ conversation, row, token }: LaneClaim, outcome: RowOutcome): void {
    expect(this.#sent, 'a row is sent before it is settled').toContain(`${row.id} ${token}`);
    expect(token, 'an older claim settles nothing').toBeGreaterThanOrEqual(
      this.#tokens.get(conversation) ?? 0,
    );
    this.#tokens.set(conversation, token);
    const waiting = this.#of(conversation);
    // What was given up is settled by nobody, unless it came back and is the first again.
    if (this.#givenUp.has(row.id) && waiting[0] !== row.id) return;
    expect(row.id, 'rows are settled in order, and each once').toBe(waiting[0]);
    if (outcome.kind === 'sent' || outcome.kind === 'dead') waiting.shift();
  }

  /** A dead row is to be sent all the same. */
  revived(conversation: ConversationId, row: RowId): void {
    if (!this.#givenUp.has(row))
      for (const send of this.#sent) if (send.startsWith(`${row} `)) this.#sent.delete(send);
    this.#of(conversation).push(row);
  }

  forgotten(person: string): void {
    this.#drop((each) => personOf(each) === person);
  }

  ended(conversations: readonly ConversationId[]): void {
    this.#drop((each) => conversations.includes(each));
  }

  /** Tokens begin anew. */
  restarted(): void {
    this.#sent.clear();
    this.#tokens.clear();
  }

  expectAllLeft(): void {
    for (const [conversation, waiting] of this.#waiting) {
      expect(waiting, `no row of ${conversation} is lost`).toEqual([]);
    }
  }

  #of(conversation: ConversationId): RowId[] {
    const waiting = this.#waiting.get(conversation) ?? [];
    this.#waiting.set(conversation, waiting);
    return waiting;
  }

  #drop(goes: (conversation: ConversationId) => boolean): void {
    for (const conversation of this.#waiting.keys()) {
      if (goes(conversation)) this.#waiting.delete(conversation);
    }
  }
}
