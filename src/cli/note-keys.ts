import { LifelineError, type Store } from '../model/index.js';
import { withStore } from './tool-store.js';

/** Notes in the audit trail what was done to the keys. */
export function noteKeys(store: Store, outcome: string): Promise<void> {
  return store.appendAudit({ what: 'keys', outcome, bundle: null, person: null }, store.now());
}

/**
 * As `noteKeys`, for what stands outside the store: it is done already, and holds whether the store can be told or not.
 * Says so on standard error when it cannot.
 */
export async function noteKeysApart(outcome: string): Promise<void> {
  try {
    await withStore((store) => noteKeys(store, outcome));
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    process.stderr.write(
      `It is done, but the audit trail does not say so (${error.code}): ${error.message}\n`,
    );
  }
}
