import type { Commit, Loaded, TimerChange } from '../model/index.js';
import { commitOf } from './consequences.js';
import type { ShortRequest } from './turn-request.js';

/** Marks the codes that say the person cannot be reached at all. */
export const UNREACHABLE = 'unreachable: ';

/**
 * What a person is still to be told who has blocked us is given up with their timers. It stands beside their
 * conversation, which stays where it is, and is not even read. Pure.
 */
export function computeSilence(request: ShortRequest): Commit {
  return commitOf(
    request,
    { version: 0, snapshot: null, person: null },
    {
      snapshot: null,
      outbox: [],
      timers: [],
      records: [{ kind: 'silence', code: `${UNREACHABLE}blocked` }],
    },
  );
}

/**
 * Somebody who has unblocked us waits on. A wait that is over meanwhile ends with their next words: they have not said
 * any yet. Pure.
 */
export function computeReturn(request: ShortRequest, loaded: Loaded): Commit {
  const { snapshot } = loaded;
  const dueAt = snapshot?.dueAt ?? null;
  const timers: readonly TimerChange[] =
    snapshot === null || dueAt === null || dueAt <= request.now
      ? []
      : [{ kind: 'set', timer: `${snapshot.flow}.${snapshot.step}`, dueAt }];
  return commitOf(request, loaded, { snapshot, outbox: [], timers, records: [] });
}
