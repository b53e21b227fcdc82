/** What stands behind the adapters of a worker. */
export type Depth = 'adapter alone' | 'memory' | 'lmdb';

/** The same in words. */
export const BEHIND: Readonly<Record<Depth, string>> = {
  'adapter alone': 'adapter alone',
  memory: 'with turn, memory store',
  lmdb: 'with turn, LMDB store',
};
