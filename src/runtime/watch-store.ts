import { LifelineError, type Store } from '../model/index.js';

/** Operations in hand above which no more are begun. */
const MAX_OPERATIONS = 5_000;
/** An operation that takes longer than this counts as stalled. */
const STALLED_MS = 5_000;
/** So many failures without a success between them count as failing. */
const FAILING_AFTER = 3;

/** How the store does. */
export interface StoreHealth {
  readonly status: 'ok' | 'stalled' | 'failing';
  /** Operations in hand. */
  readonly operations: number;
  /** For how long the oldest of them has been in hand (ms); 0 for none. */
  readonly oldestMs: number;
}

export interface WatchedStore {
  /** The same store; throws `store-unavailable` too when too many operations are in hand already. */
  readonly store: Store;
  health(): StoreHealth;
}

/** Methods that neither wait for anything nor tell how the store does. */
const NOT_WATCHED: ReadonlySet<string | symbol> = new Set(['now', 'close', 'exportItems']);

interface Operation {
  readonly since: number;
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * Watches a store: what is in hand stays bounded (`maxOperations`, 5,000) while it answers nothing, and its health can
 * be told without asking it. Outages show once somebody uses it; the scheduler does so every second.
 */
export function watchStore(store: Store, maxOperations: number = MAX_OPERATIONS): WatchedStore {
  /** In the order they began. */
  const inHand = new Set<Operation>();
  const watched = new Map<string | symbol, Method>();
  let failures = 0;

  const watch =
    (method: Method): Method =>
    async (...args) => {
      if (inHand.size >= maxOperations) {
        throw new LifelineError(
          'store-unavailable',
          'Too many store operations are in hand already. See why the store does not answer.',
        );
      }
      const operation: Operation = { since: store.now() };
      inHand.add(operation);
      try {
        const answer = await Reflect.apply(method, store, args);
        failures = 0;
        return answer;
      } catch (error) {
        if (error instanceof LifelineError && error.code.startsWith('store-')) failures += 1;
        throw error;
      } finally {
        inHand.delete(operation);
      }
    };

  return {
    store: new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (NOT_WATCHED.has(name)) return value.bind(target);
        const known = watched.get(name) ?? watch(value as Method);
        watched.set(name, known);
        return known;
      },
    }),
    health: () => {
      const [oldest] = inHand;
      const oldestMs = oldest === undefined ? 0 : Math.max(0, store.now() - oldest.since);
      const status = failures >= FAILING_AFTER ? 'failing' : oldestMs > STALLED_MS ? 'stalled' : 'ok';
      return { status, operations: inHand.size, oldestMs };
    },
  };
}
