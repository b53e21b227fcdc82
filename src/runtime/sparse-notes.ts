import type { Audited, Store } from '../model/index.js';

/** How often the same is noted: somebody who tries for hours fills no trail. */
const EVERY_MS = 60_000;

/** Notes what belongs to nobody in the audit trail: the same once a minute, for each worker. */
export function createSparseNotes(
  store: Pick<Store, 'appendAudit' | 'now'>,
  bundle: () => string,
): (what: Audited, outcome: string) => Promise<void> {
  const notedAt = new Map<string, number>();
  return async (what, outcome) => {
    const now = store.now();
    const name = `${what}:${outcome}`;
    const last = notedAt.get(name);
    if (last !== undefined && Math.abs(now - last) < EVERY_MS) return;
    notedAt.set(name, now);
    await store.appendAudit({ what, outcome, bundle: bundle(), person: null }, now);
  };
}
