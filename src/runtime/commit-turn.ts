import {
  type Commit,
  type ConversationId,
  type LaneClaim,
  LifelineError,
  type Loaded,
  type Received,
  type RefusedRecord,
  type Sender,
  type Store,
} from '../model/index.js';

/** How often an answer is computed again after another worker was faster. */
const MAX_CONFLICTS = 8;
/** Snapshots kept in memory, so that a talk in progress needs no read. */
const CACHED_CONVERSATIONS = 20_000;

export interface CommitterParts {
  readonly store: Store;
  /** Who sends the rows, where nobody else does already. */
  readonly sender: Sender;
  /** Told after each commit; with the claim of its lane where that was free. */
  readonly committed: (commit: Commit, claim: LaneClaim | null) => void;
}

/** Computes a commit from the stored state; `refused` is the guard that the last one broke, if one did. */
export type ComputeCommit = (loaded: Loaded, refused: RefusedRecord | null) => Commit | Promise<Commit>;

/** The station commit. */
export interface Committer {
  /**
   * Commits what `compute` makes of the stored state, anew as often as that changed meanwhile. Throws
   * `conversation-contended` when it never stops changing, and what `compute` and the store throw.
   */
  commit(conversation: ConversationId, compute: ComputeCommit): Promise<Received>;
  /** Commits an answer beside a conversation that cannot be read. Throws what the store throws. */
  commitBeside(answer: Commit): Promise<Received>;
  /** The next commit of the conversation starts from what the store has. */
  drop(conversation: ConversationId): void;
}

/** A committer that remembers what it committed: one read less for each turn of a talk in progress. */
export function createCommitter({ store, sender, committed }: CommitterParts): Committer {
  const cache = new Map<ConversationId, Loaded>();

  const remember = (commit: Commit, version: number, loaded: Loaded): void => {
    cache.delete(commit.conversation);
    if (commit.records.some((record) => record.kind === 'forget')) return;
    const person = commit.records.findLast((record) => record.kind === 'put-person')?.record ?? loaded.person;
    cache.set(commit.conversation, { version, snapshot: commit.snapshot, person });
    if (cache.size > CACHED_CONVERSATIONS) for (const [oldest] of cache) return void cache.delete(oldest);
  };

  return {
    commitBeside: async (answer) => {
      const commit: Commit = { ...answer, beside: true, sender };
      const result = await store.commit(commit);
      if (result.kind === 'ok') committed(commit, result.claim);
      return result.kind === 'ok' ? { kind: 'committed' } : { kind: 'duplicate' };
    },
    drop: (conversation) => void cache.delete(conversation),
    commit: async (conversation, compute) => {
      let loaded = cache.get(conversation) ?? (await store.load(conversation));
      let refused: RefusedRecord | null = null;
      for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
        const commit: Commit = { ...(await compute(loaded, refused)), sender };
        const result = await store.commit(commit);
        if (result.kind === 'duplicate') return { kind: 'duplicate' };
        if (result.kind === 'ok') {
          remember(commit, result.version, loaded);
          committed(commit, result.claim);
          return { kind: 'committed' };
        }
        cache.delete(conversation);
        loaded = result.kind === 'conflict' ? result.fresh : loaded;
        refused = result.kind === 'refused' ? result.reason : refused;
      }
      throw new LifelineError(
        'conversation-contended',
        'A conversation kept changing while a turn was computed. It is tried again when the update comes again.',
      );
    },
  };
}
