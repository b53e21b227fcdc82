import {
  type Adapter,
  type OutboxRow,
  parseConversationId,
  type Rate,
  type RowId,
  type Store,
  UNLIMITED,
} from '../model/index.js';

/** Share of a platform's burst that a worker may take from the common bucket at once. */
const BATCH_SHARE = 0.25;
/** Tokens that were taken and not used lapse after this: they may be missing elsewhere. */
const KEPT_MS = 1_000;

/** Rows whose turn in a public place is remembered, at most; the one remembered longest goes first. */
const MAX_TURNS = 1_000;

/** Tokens of a platform that a worker has in hand. */
interface Batch {
  readonly left: number;
  readonly until: number;
  /** How many were asked for. */
  readonly size: number;
}

/** Whether a row may go now, and what to remember for its lane. */
export type Pace =
  | { readonly kind: 'go'; readonly paceAt: number }
  | { readonly kind: 'wait'; readonly ms: number };

/** Keeps to how fast a platform may be called. */
export interface RateLimits {
  /** `paceAt` is the state of the lane's own limit (epoch ms), as the claim gave it. */
  pace(adapter: Pick<Adapter, 'rates'>, row: OutboxRow, paceAt: number): Promise<Pace>;
}

/**
 * Three limits, the narrowest first. A direct chat has one lane, so its bucket travels with the claim and costs
 * nothing; a public place is shared by the lanes of all people in it, so its bucket is in the store; the platform's
 * bucket is too, and a worker takes a few tokens of it at a time: the more, the faster it used up the last ones. Only
 * messages count for a chat.
 */
export function createRateLimits(store: Pick<Store, 'takeTokens' | 'now'>): RateLimits {
  const kept = new Map<string, Batch>();
  /** Until when a row that waits for the platform has its turn in a public place. */
  const turns = new Map<RowId, number>();

  const keepTurn = (id: RowId, until: number): void => {
    turns.set(id, until);
    const oldest = turns.keys().next().value;
    if (turns.size > MAX_TURNS && oldest !== undefined) turns.delete(oldest);
  };

  const takePlatform = async (platform: string, rate: Rate): Promise<number> => {
    if (rate === UNLIMITED) return 0;
    const now = store.now();
    const mine = kept.get(platform);
    const isFresh = mine !== undefined && mine.until > now;
    if (isFresh && mine.left > 0) {
      kept.set(platform, { ...mine, left: mine.left - 1 });
      return 0;
    }
    const most = Math.max(1, Math.floor(rate.burst * BATCH_SHARE));
    const size = isFresh ? Math.min(most, 2 * mine.size) : 1;
    const { granted, waitMs } = await store.takeTokens(`platform:${platform}`, size, rate, now);
    if (granted > 0) kept.set(platform, { left: granted - 1, until: now + KEPT_MS, size });
    return waitMs;
  };

  return {
    async pace(adapter, row, paceAt) {
      const { rates } = adapter;
      const now = store.now();
      const { platform, place, userId } = parseConversationId(row.conversation);
      const isMessage = row.shown.kind === 'message';
      const isDirect = isMessage && place.channel === userId && rates.direct !== UNLIMITED;
      const isPublic = isMessage && place.channel !== userId && rates.public !== UNLIMITED;
      const eachMs = 1000 / rates.direct.perSecond;
      const arrival = Math.max(paceAt, now);
      if (isDirect) {
        const early = arrival - now - (rates.direct.burst - 1) * eachMs;
        if (early > 0) return { kind: 'wait', ms: Math.ceil(early) };
      } else if (isPublic && (turns.get(row.id) ?? 0) <= now) {
        const bucket = `place:${platform}:${place.channel}`;
        const { granted, waitMs } = await store.takeTokens(bucket, 1, rates.public, now);
        if (granted === 0) return { kind: 'wait', ms: waitMs };
        keepTurn(row.id, now + KEPT_MS);
      }
      const waitMs = await takePlatform(platform, rates.platform);
      if (waitMs > 0) return { kind: 'wait', ms: waitMs };
      turns.delete(row.id);
      return { kind: 'go', paceAt: isDirect ? arrival + eachMs : paceAt };
    },
  };
}
