import type { Claims } from './claims.js';
import type { LmdbDatabase } from './lmdb-database.js';

/** What the parts of the store share. */
export interface LmdbParts {
  readonly database: LmdbDatabase;
  /** Lanes are claimed, settled and dropped inside transactions, so in the order in which what is stored changes. */
  readonly claims: Claims;
  readonly now: () => number;
}
