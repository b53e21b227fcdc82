import type { ConversationId, DueTimer, Lease, Rate, Sender, Settling, Tokens } from '../model/index.js';

interface LaneState {
  readonly token: number;
  /** Until when (epoch ms) the claim holds. */
  readonly until: number;
}

interface HeldLease {
  readonly worker: string;
  readonly token: number;
  readonly until: number;
}

/** Entries after which what is no longer needed is looked for. */
const PRUNE_AT = 4_096;

/**
 * What workers share while they work, for stores that only one process works on: claims of lanes, hidden timers, token
 * buckets and leases. None of it outlives the process, so a process that starts again waits for nobody.
 */
export class Claims {
  readonly #lanes = new Map<ConversationId, LaneState>();
  /** The lanes' own rate limits (epoch ms). */
  readonly #paces = new Map<ConversationId, number>();
  readonly #hidden = new Map<string, number>();
  /** Theoretical arrival times (GCRA), epoch ms. */
  readonly #buckets = new Map<string, number>();
  readonly #leases = new Map<string, HeldLease>();
  #tokens = 0;
  #pruneAt = PRUNE_AT;

  /** Until when (epoch ms) a lane is claimed; 0 for one that is not. */
  laneUntil(conversation: ConversationId): number {
    return this.#lanes.get(conversation)?.until ?? 0;
  }

  /** Claims a lane unless another claim holds it: its token and rate limit, or `null`. */
  claimLane(
    conversation: ConversationId,
    sender: Sender,
    now: number,
  ): { readonly token: number; readonly paceAt: number } | null {
    const before = this.#lanes.get(conversation);
    if (before !== undefined && before.until > now) return null;
    this.#tokens += 1;
    this.#lanes.set(conversation, { token: this.#tokens, until: now + sender.leaseMs });
    this.#prune(now);
    return { token: this.#tokens, paceAt: this.#paces.get(conversation) ?? 0 };
  }

  /** Whether the lane's claim is the one with this token, run out or not. */
  holds(conversation: ConversationId, token: number): boolean {
    return this.#lanes.get(conversation)?.token === token;
  }

  /** Prolongs a claim; `false` when it was lost. */
  renewLane(conversation: ConversationId, token: number, until: number): boolean {
    if (!this.holds(conversation, token)) return false;
    this.#lanes.set(conversation, { token, until });
    return true;
  }

  /** Notes the lane's rate limit, and prolongs the claim or ends it. */
  settleLane(conversation: ConversationId, settling: Settling, goesOn: boolean): void {
    const { token, paceAt, now, leaseMs } = settling;
    if (goesOn) this.#lanes.set(conversation, { token, until: now + leaseMs });
    else this.#lanes.delete(conversation);
    if (paceAt > now) this.#paces.set(conversation, paceAt);
    else this.#paces.delete(conversation);
  }

  /** Ends the claim of a lane, if there is one: its holder settles nothing any more. */
  dropLane(conversation: ConversationId): void {
    this.#lanes.delete(conversation);
    this.#paces.delete(conversation);
  }

  /** Ends the claims of all lanes for which `goes` holds. */
  dropLanes(goes: (conversation: ConversationId) => boolean): void {
    for (const conversation of [...this.#lanes.keys(), ...this.#paces.keys()]) {
      if (goes(conversation)) this.dropLane(conversation);
    }
  }

  /** At least as many lanes as are claimed. */
  get lanesHeld(): number {
    return this.#lanes.size;
  }

  /** At least as many timers as are hidden. */
  get timersHeld(): number {
    return this.#hidden.size;
  }

  /** Those of the timers that nobody has claimed; they are hidden until `now + leaseMs`. */
  claimTimers(due: readonly DueTimer[], limit: number, now: number, leaseMs: number): readonly DueTimer[] {
    const claimed: DueTimer[] = [];
    for (const timer of due) {
      if (claimed.length >= limit) break;
      const name = timerName(timer);
      if ((this.#hidden.get(name) ?? 0) > now) continue;
      this.#hidden.set(name, now + leaseMs);
      claimed.push(timer);
    }
    this.#prune(now);
    return claimed;
  }

  /** Until when (epoch ms) a timer is hidden; 0 for one that is not. */
  timerUntil(timer: DueTimer): number {
    return this.#hidden.get(timerName(timer)) ?? 0;
  }

  /** Takes tokens of a bucket (generic cell rate algorithm). */
  takeTokens(bucket: string, want: number, rate: Rate, now: number): Tokens {
    const eachMs = 1000 / rate.perSecond;
    const arrival = Math.max(this.#buckets.get(bucket) ?? 0, now);
    const free = Math.floor((rate.burst * eachMs - (arrival - now)) / eachMs + 1e-6);
    const granted = Math.max(0, Math.min(want, free));
    if (granted === 0)
      return { granted, waitMs: Math.max(1, Math.ceil(arrival - now - (rate.burst - 1) * eachMs)) };
    this.#buckets.set(bucket, arrival + granted * eachMs);
    this.#prune(now);
    return { granted, waitMs: 0 };
  }

  /** As the port's `takeLease`. */
  takeLease(name: string, worker: string, ttlMs: number, now: number): Lease | null {
    const held = this.#leases.get(name);
    const isOurs = held?.worker === worker;
    if (held !== undefined && !isOurs && held.until > now) return null;
    const token = isOurs && held.until > 0 ? held.token : (held?.token ?? 0) + 1;
    this.#leases.set(name, { worker, token, until: now + ttlMs });
    return { name, worker, token };
  }

  /** As the port's `releaseLease`; the token is kept, so that the next one is higher. */
  releaseLease(lease: Lease): void {
    const held = this.#leases.get(lease.name);
    if (held?.token === lease.token) this.#leases.set(lease.name, { ...held, until: 0 });
  }

  /** Whether no other worker has had the lease since. */
  isCurrent(lease: Lease): boolean {
    const held = this.#leases.get(lease.name);
    return held?.token === lease.token && held.until > 0;
  }

  #prune(now: number): void {
    const size = (): number => this.#lanes.size + this.#paces.size + this.#hidden.size + this.#buckets.size;
    if (size() < this.#pruneAt) return;
    for (const [id, paceAt] of this.#paces) if (paceAt <= now) this.#paces.delete(id);
    for (const [name, until] of this.#hidden) if (until <= now) this.#hidden.delete(name);
    for (const [name, arrival] of this.#buckets) if (arrival <= now) this.#buckets.delete(name);
    this.#pruneAt = Math.max(PRUNE_AT, 2 * size());
  }
}

function timerName({ conversation, timer, dueAt }: DueTimer): string {
  return `${conversation} ${timer} ${dueAt}`;
}
