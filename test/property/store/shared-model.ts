import type {
  ConversationId,
  DueTimer,
  LaneClaim,
  Lease,
  Rate,
  Sender,
  Settling,
  Tokens,
} from '../../../src/model/index.js';

/** What workers share while they work; plain, so that it can be copied. */
class Shared {
  claims: { conversation: ConversationId; token: number; until: number }[] = [];
  paces: { conversation: ConversationId; at: number }[] = [];
  /** The highest token each lane ever had. */
  tokens: Record<ConversationId, number> = {};
  hidden: { due: DueTimer; until: number }[] = [];
  leases: Record<string, { worker: string; token: number; until: number }> = {};
  values: Record<string, string> = {};
  /** Tokens each bucket had at a time. */
  buckets: Record<string, { free: number; at: number }> = {};
}

/** Stands for the token of a claim whose answer nobody got: nobody can settle under it. */
const UNTOLD = -1;

/** The part of the model that says who may do what, and until when. */
export class SharedModel {
  #is = new Shared();

  copy(): SharedModel {
    const copy = new SharedModel();
    copy.#is = structuredClone(this.#is);
    return copy;
  }

  /** A process that keeps this to itself has ended; values are kept elsewhere. */
  restart(): void {
    const { values } = this.#is;
    this.#is = new Shared();
    this.#is.values = values;
  }

  heldUntil(conversation: ConversationId): number {
    return this.#is.claims.find((each) => each.conversation === conversation)?.until ?? 0;
  }

  isHeld(conversation: ConversationId, now: number): boolean {
    return this.heldUntil(conversation) > now;
  }

  /** Whether the lane's last claim is the one with this token, run out or not. */
  holds(conversation: ConversationId, token: number): boolean {
    return this.#is.claims.some((each) => each.conversation === conversation && each.token === token);
  }

  /**
   * Whoever asks may have it; a token must be higher than all before it, else it is answered with one that equals
   * nothing.
   */
  claimLane(
    conversation: ConversationId,
    sender: Sender,
    now: number,
    answer: LaneClaim | null,
  ): { readonly token: number; readonly paceAt: number } {
    const kept = this.#is.paces.find((each) => each.conversation === conversation)?.at ?? 0;
    let token = answer?.token ?? UNTOLD;
    if (answer !== null) {
      if (token > (this.#is.tokens[conversation] ?? 0)) this.#is.tokens[conversation] = token;
      else token = Number.NaN;
    }
    this.#setClaim(conversation, { token, until: now + sender.leaseMs });
    // A limit that is over may be forgotten.
    const given = answer?.paceAt ?? 0;
    return { token, paceAt: kept <= now && given <= now ? given : kept };
  }

  renewLane(conversation: ConversationId, token: number, until: number): boolean {
    if (!this.holds(conversation, token)) return false;
    this.#setClaim(conversation, { token, until });
    return true;
  }

  settleLane(conversation: ConversationId, settling: Settling, goesOn: boolean): void {
    const { token, now, leaseMs, paceAt } = settling;
    this.#setClaim(conversation, goesOn ? { token, until: now + leaseMs } : null);
    this.#is.paces = this.#is.paces.filter((each) => each.conversation !== conversation);
    this.#is.paces.push({ conversation, at: paceAt });
  }

  dropLanes(goes: (conversation: ConversationId) => boolean): void {
    this.#is.claims = this.#is.claims.filter((each) => !goes(each.conversation));
    this.#is.paces = this.#is.paces.filter((each) => !goes(each.conversation));
  }

  hiddenUntil({ conversation, timer, dueAt }: DueTimer): number {
    const found = this.#is.hidden.find(
      ({ due }) => due.conversation === conversation && due.timer === timer && due.dueAt === dueAt,
    );
    return found?.until ?? 0;
  }

  hide(due: DueTimer, until: number): void {
    this.#is.hidden = [{ due, until }, ...this.#is.hidden];
  }

  takeLease(name: string, worker: string, ttlMs: number, now: number, answer: Lease | null): Lease | null {
    const held = this.#is.leases[name];
    const isOurs = held?.worker === worker && held.until > 0;
    if (held !== undefined && held.worker !== worker && held.until > now) return null;
    const given = answer?.token ?? Number.NaN;
    const isGood = isOurs ? given === held.token : given > (held?.token ?? 0);
    const token = isGood ? given : Number.NaN;
    this.#is.leases[name] = { worker, token, until: now + ttlMs };
    return { name, worker, token };
  }

  releaseLease({ name, token }: Lease): void {
    const held = this.#is.leases[name];
    if (held?.token === token) held.until = 0;
  }

  setValue(name: string, value: string, under: Lease): boolean {
    const held = this.#is.leases[under.name];
    if (held?.token !== under.token || held.until === 0) return false;
    this.#is.values[name] = value;
    return true;
  }

  value(name: string): string | null {
    return this.#is.values[name] ?? null;
  }

  takeTokens(bucket: string, want: number, rate: Rate, now: number): Tokens {
    const { free, at } = this.#is.buckets[bucket] ?? { free: rate.burst, at: now };
    const filled = Math.min(rate.burst, free + ((now - at) / 1000) * rate.perSecond);
    const granted = Math.min(want, Math.floor(filled));
    this.#is.buckets[bucket] = { free: filled - granted, at: now };
    return { granted, waitMs: granted > 0 ? 0 : Math.ceil(((1 - filled) * 1000) / rate.perSecond) };
  }

  #setClaim(
    conversation: ConversationId,
    claim: { readonly token: number; readonly until: number } | null,
  ): void {
    this.#is.claims = this.#is.claims.filter((each) => each.conversation !== conversation);
    if (claim !== null) this.#is.claims.push({ conversation, ...claim });
  }
}
