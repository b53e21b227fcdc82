import type {
  ConversationId,
  DueTimer,
  NewRow,
  OutboxRow,
  PersonId,
  Snapshot,
  StoredItem,
  TimerChange,
} from '../model/index.js';
import type { Claims } from './claims.js';
import { DueOrder, type Waiting } from './due-order.js';

/** A row and its rank among all rows of the store. */
interface RankedRow {
  readonly row: OutboxRow;
  readonly order: number;
}

interface Timer extends Waiting {
  readonly due: DueTimer;
}

interface Lane extends Waiting {
  readonly conversation: ConversationId;
}

interface Talk {
  readonly person: PersonId;
  version: number;
  snapshot: Snapshot | null;
  readonly rows: RankedRow[];
  readonly timers: Map<string, Timer>;
}

/**
 * Conversations with their rows and timers, and both in the order of their time. A conversation without any of it is
 * gone.
 */
export class Talks {
  readonly #talks = new Map<ConversationId, Talk>();
  readonly #lanes = new DueOrder<Lane>();
  readonly #timers = new DueOrder<Timer>();
  readonly #claims: Claims;
  #order = 0;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  /** The next rank; the same series for rows, timers and whatever else is ranked. */
  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  /** Whether there is a snapshot of the conversation or a row that waits. */
  has(conversation: ConversationId): boolean {
    return this.#talks.has(conversation);
  }

  /** 0 when the conversation does not exist. */
  versionOf(conversation: ConversationId): number {
    return this.#talks.get(conversation)?.version ?? 0;
  }

  snapshotOf(conversation: ConversationId): Snapshot | null {
    return this.#talks.get(conversation)?.snapshot ?? null;
  }

  put(
    conversation: ConversationId,
    next: { readonly person: PersonId; readonly version: number; readonly snapshot: Snapshot },
  ): void {
    const talk = this.#enter(conversation, next.person);
    talk.version = next.version;
    talk.snapshot = next.snapshot;
  }

  /** Ends a conversation: snapshot and timers go, its rows are still sent. Returns how many records went. */
  end(conversation: ConversationId): number {
    const talk = this.#talks.get(conversation);
    if (talk === undefined || talk.snapshot === null) return 0;
    const removed = 1 + talk.timers.size;
    talk.version = 0;
    talk.snapshot = null;
    this.#dropTimers(talk);
    this.#dropEmpty(conversation, talk);
    return removed;
  }

  /** Takes the timers of a conversation away, and its rows, which it returns. */
  silence(conversation: ConversationId): readonly RankedRow[] {
    const talk = this.#talks.get(conversation);
    if (talk === undefined) return [];
    this.#dropTimers(talk);
    this.#retract(talk);
    const rows = talk.rows.splice(0);
    this.#dropEmpty(conversation, talk);
    return rows;
  }

  /** Removes a conversation with its rows. Returns how many records went. */
  remove(conversation: ConversationId): number {
    const talk = this.#talks.get(conversation);
    if (talk === undefined) return 0;
    const removed = this.end(conversation) + talk.rows.length;
    this.#retract(talk);
    this.#talks.delete(conversation);
    this.#claims.dropLane(conversation);
    return removed;
  }

  /** Removes every conversation of a person. Returns how many records went. */
  removeAllOf(person: PersonId): number {
    let removed = 0;
    for (const [conversation, talk] of this.#talks) {
      if (talk.person === person) removed += this.remove(conversation);
    }
    return removed;
  }

  /** Every conversation with its rows and timers, in the order they began. */
  *all(): Generator<StoredItem & { readonly kind: 'conversation' }> {
    for (const [conversation, talk] of [...this.#talks]) {
      yield {
        kind: 'conversation',
        conversation,
        snapshot: talk.snapshot,
        rows: talk.rows.map(({ row }) => row),
        timers: [...talk.timers.values()].map((timer) => timer.due),
      };
    }
  }

  /** Removes the conversations whose person was last heard at `lastAt` or before. Returns how many records went. */
  removeIdleSince(lastAt: number): number {
    let removed = 0;
    for (const [conversation, { snapshot }] of this.#talks) {
      if (snapshot !== null && snapshot.lastAt <= lastAt) removed += this.remove(conversation);
    }
    return removed;
  }

  append(
    conversation: ConversationId,
    added: { readonly person: PersonId; readonly rows: readonly NewRow[]; readonly now: number },
  ): void {
    if (added.rows.length === 0) return;
    const talk = this.#enter(conversation, added.person);
    const wasEmpty = talk.rows.length === 0;
    for (const row of added.rows) {
      const untried = { tries: 0, notBefore: added.now, unclearSince: null };
      talk.rows.push({ row: { ...row, conversation, ...untried }, order: this.nextOrder() });
    }
    if (wasEmpty) this.#announce(talk);
  }

  /** Puts rows back as they were, at the end of their lane. */
  restore(conversation: ConversationId, person: PersonId, rows: readonly OutboxRow[]): void {
    const talk = this.#enter(conversation, person);
    const wasEmpty = talk.rows.length === 0;
    for (const row of rows) talk.rows.push({ row, order: this.nextOrder() });
    if (wasEmpty) this.#announce(talk);
  }

  firstRow(conversation: ConversationId): RankedRow | null {
    return this.#talks.get(conversation)?.rows[0] ?? null;
  }

  /** Replaces the first row of a lane, or takes it away. */
  replaceFirst(conversation: ConversationId, row: OutboxRow | null): void {
    const talk = this.#talks.get(conversation);
    const first = talk?.rows[0];
    if (talk === undefined || first === undefined) return;
    this.#retract(talk);
    talk.rows.shift();
    if (row !== null) talk.rows.unshift({ row, order: first.order });
    this.#announce(talk);
    this.#dropEmpty(conversation, talk);
  }

  changeTimer(conversation: ConversationId, change: TimerChange): void {
    const talk = this.#talks.get(conversation);
    if (talk === undefined) return;
    const { timer } = change;
    const old = talk.timers.get(timer);
    if (change.kind === 'cancel' && change.dueAt !== undefined && old?.at !== change.dueAt) return;
    if (old !== undefined) this.#timers.remove(old);
    talk.timers.delete(timer);
    if (change.kind === 'cancel') return;
    const { dueAt } = change;
    const set = { at: dueAt, order: this.nextOrder(), due: { conversation, timer, dueAt } };
    talk.timers.set(timer, set);
    this.#timers.add(set);
  }

  dueLanes(now: number, limit: number): readonly ConversationId[] {
    const isFree = (lane: Lane): boolean => this.#claims.laneUntil(lane.conversation) <= now;
    return this.#lanes.due(now, limit, isFree).map((lane) => lane.conversation);
  }

  dueTimers(now: number, limit: number): readonly DueTimer[] {
    return this.#timers.due(now, limit).map((timer) => timer.due);
  }

  /** Due timers that nobody has claimed. */
  freeTimers(now: number, limit: number): readonly DueTimer[] {
    const isFree = ({ due }: Timer): boolean => this.#claims.timerUntil(due) <= now;
    return this.#timers.due(now, limit, isFree).map((timer) => timer.due);
  }

  nextDue(): number | null {
    const lane = this.#lanes.first(({ conversation }) => this.#claims.laneUntil(conversation));
    const timer = this.#timers.first(({ due }) => this.#claims.timerUntil(due));
    const next = Math.min(lane ?? Infinity, timer ?? Infinity);
    return next === Infinity ? null : next;
  }

  #enter(conversation: ConversationId, person: PersonId): Talk {
    const known = this.#talks.get(conversation);
    if (known !== undefined) return known;
    const talk: Talk = { person, version: 0, snapshot: null, rows: [], timers: new Map() };
    this.#talks.set(conversation, talk);
    return talk;
  }

  /** Enters a lane into the order of lanes by its first row, when it has one. */
  #announce(talk: Talk): void {
    const first = talk.rows[0];
    if (first === undefined) return;
    const { notBefore, conversation } = first.row;
    this.#lanes.add({ at: notBefore, order: first.order, conversation });
  }

  #retract(talk: Talk): void {
    const first = talk.rows[0];
    if (first !== undefined) this.#lanes.remove({ at: first.row.notBefore, order: first.order });
  }

  #dropTimers(talk: Talk): void {
    for (const timer of talk.timers.values()) this.#timers.remove(timer);
    talk.timers.clear();
  }

  #dropEmpty(conversation: ConversationId, talk: Talk): void {
    if (talk.snapshot === null && talk.rows.length === 0) this.#talks.delete(conversation);
  }
}
