/** Refused requests of one address within a minute. */
const MAX_REFUSED = 60;
const WINDOW_MS = 60_000;
/** Addresses that are remembered; when there are more, all begin anew. */
const REMEMBERED = 10_000;

/** Keeps an address whose requests are refused from making us check one signature after the other. */
export interface AddressLimit {
  /** `false` when there were too many. */
  take(address: string): boolean;
  /** The last one was rightful. */
  giveBack(address: string): void;
  readonly retryAfterS: number;
}

/** Counts for this process alone. `now`: epoch ms. */
export function createAddressLimit(now: () => number): AddressLimit {
  let counts = new Map<string, number>();
  let since = Number.NEGATIVE_INFINITY;
  return {
    retryAfterS: WINDOW_MS / 1000,
    take: (address) => {
      const at = now();
      if (Math.abs(at - since) >= WINDOW_MS || counts.size > REMEMBERED) {
        counts = new Map();
        since = at;
      }
      const count = counts.get(address) ?? 0;
      if (count >= MAX_REFUSED) return false;
      counts.set(address, count + 1);
      return true;
    },
    giveBack: (address) => void counts.set(address, Math.max(0, (counts.get(address) ?? 0) - 1)),
  };
}
