import type { HttpRoutes } from '../model/index.js';

/** What a worker says of itself: numbers and states, nothing of any person. */
export interface HealthReport {
  /** Whether to send it updates: it does not stop, its store answers, it is not overloaded, and a platform runs. */
  readonly ready: boolean;
  /**
   * Everything that is not as it should be, in words: why it is not ready, and which of several platforms does not run.
   */
  readonly reasons: readonly string[];
  /** `overloaded`: it works and takes no more in. `unwell`: its store does not answer. */
  readonly status: 'ok' | 'overloaded' | 'unwell';
  readonly store: {
    readonly status: string;
    /** Operations in hand, and for how long the oldest of them (ms). */
    readonly operations: number;
    readonly oldestMs: number;
  };
  /** State of each platform by its name. */
  readonly platforms: Readonly<Record<string, PlatformState>>;
  /** Messages in hand. */
  readonly waiting: number;
  /** Hash of the live content. */
  readonly bundle: string;
}

/** `refused`: the platform will not have us as we are; it is asked again. */
export type PlatformState = 'starting' | 'running' | 'refused' | 'stopped';

/**
 * `GET /healthz`: 200 as long as the process can answer; a process that cannot should be started again. `GET /readyz`:
 * 200 when it may get updates, else 503 (a store that is away, an overload, no platform that runs): starting it again
 * mends none of these. `/readyz` says all of `report`.
 */
export function addHealthRoutes(routes: HttpRoutes, report: () => HealthReport): void {
  routes.add({
    method: 'GET',
    path: '/healthz',
    maxBodyBytes: 1,
    answer: () => ({ status: 200, json: { status: 'alive' } }),
  });
  routes.add({
    method: 'GET',
    path: '/readyz',
    maxBodyBytes: 1,
    answer: () => {
      const health = report();
      return { status: health.ready ? 200 : 503, json: health };
    },
  });
}
