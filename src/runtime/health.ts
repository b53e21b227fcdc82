import type { HealthReport } from '../infra/health-server.js';
import type { Platform } from '../model/index.js';
import { MAX_WAITING_TURNS } from './overload.js';
import type { StoreHealth } from './watch-store.js';

export interface HealthParts {
  readonly platforms: Iterable<Platform>;
  readonly store: () => StoreHealth;
  /** Messages in hand. */
  readonly waiting: () => number;
  /** Messages in hand above which no more are read; 2,000 by default. */
  readonly maxWaitingTurns?: number;
  /** Hash of the live content. */
  readonly bundle: () => string;
}

/** How this worker does. */
export interface Health {
  /** Notes that a platform runs, waits for its connection, or has stopped. */
  mark(platform: Platform, state: 'starting' | 'running' | 'stopped'): void;
  /** From now on it is not ready: it takes no new work. */
  stopping(): void;
  report(): HealthReport;
}

/** Health from what the parts say at the moment they are asked; it costs them nothing. */
export function createHealth(parts: HealthParts): Health {
  const { maxWaitingTurns = MAX_WAITING_TURNS } = parts;
  const platforms = new Map<Platform, 'starting' | 'running' | 'stopped'>();
  for (const platform of parts.platforms) platforms.set(platform, 'starting');
  let isStopping = false;
  return {
    mark: (platform, state) => void platforms.set(platform, state),
    stopping: () => {
      isStopping = true;
    },
    report: () => {
      const store = parts.store();
      const waiting = parts.waiting();
      const overloaded = waiting >= maxWaitingTurns ? 'overloaded' : 'ok';
      const status = store.status === 'ok' ? overloaded : 'unwell';
      const isRunning = [...platforms.values()].every((state) => state === 'running');
      return {
        status,
        ready: status === 'ok' && isRunning && !isStopping,
        store,
        platforms: Object.fromEntries(platforms),
        waiting,
        bundle: parts.bundle(),
      };
    },
  };
}
