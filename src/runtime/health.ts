import type { HealthReport, PlatformState } from '../infra/health-routes.js';
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
  /** What keeps saved content from going live, in a few words; `null` when nothing does. */
  readonly refusedContent?: () => string | null;
}

/** How this worker does. */
export interface Health {
  /** Notes that a platform runs, waits for its connection, was refused (`why` in a few words) or has stopped. */
  mark(platform: Platform, state: PlatformState, why?: string): void;
  /** From now on it is not ready: it takes no new work. */
  stopping(): void;
  report(): HealthReport;
}

/** Health from what the parts say at the moment they are asked; it costs them nothing. */
export function createHealth(parts: HealthParts): Health {
  const { maxWaitingTurns = MAX_WAITING_TURNS } = parts;
  const platforms = new Map<Platform, { readonly state: PlatformState; readonly why: string }>();
  for (const platform of parts.platforms) platforms.set(platform, { state: 'starting', why: '' });
  let isStopping = false;
  return {
    mark: (platform, state, why = '') => void platforms.set(platform, { state, why }),
    stopping: () => {
      isStopping = true;
    },
    report: () => {
      const store = parts.store();
      const waiting = parts.waiting();
      const isOverloaded = waiting >= maxWaitingTurns;
      const status = store.status !== 'ok' ? 'unwell' : isOverloaded ? 'overloaded' : 'ok';
      // One platform that is away must not keep the updates of the others from us.
      const isRunning = [...platforms.values()].some(({ state }) => state === 'running');
      const reasons = [
        ...(isStopping ? ['it stops'] : []),
        ...(store.status === 'ok' ? [] : [`the store is ${store.status}`]),
        ...(isOverloaded ? [`${waiting} messages are in hand`] : []),
        ...[parts.refusedContent?.() ?? []].flat(),
        ...[...platforms].flatMap(([platform, { state, why }]) => {
          if (state === 'running') return [];
          return [why === '' ? `${platform} is ${state}` : `${platform} is ${state}: ${why}`];
        }),
      ];
      return {
        ready: status === 'ok' && isRunning && !isStopping,
        reasons,
        status,
        store,
        platforms: Object.fromEntries([...platforms].map(([platform, { state }]) => [platform, state])),
        waiting,
        bundle: parts.bundle(),
      };
    },
  };
}
