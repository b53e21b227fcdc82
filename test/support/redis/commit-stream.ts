import { setTimeout as wait } from 'node:timers/promises';
import {
  type Commit,
  type CommitResult,
  type ConversationId,
  conversationId,
  inboundId,
  LifelineError,
  type RowId,
  type Store,
} from '../../../src/model/index.js';
import { row, turn } from '../../contract/store/fixture.js';

const PAUSE_MS = 20;
/** A failover takes a few seconds; a turn that is not taken for longer never will be. */
const PATIENCE_MS = 20_000;

/** People who write without a pause, and what was acknowledged to them. */
export interface CommitStream {
  /**
   * Resolves when everybody has had `count` more turns acknowledged than now; rejects with a fault that ended the
   * stream.
   */
  more(count: number): Promise<void>;
  /** Ends it after the turns in hand; resolves with the rows of all acknowledged turns, in order. */
  stop(): Promise<ReadonlyMap<ConversationId, readonly RowId[]>>;
}

/**
 * Commits turns with a row each for `people` persons side by side. A turn the store could not take for the moment is
 * committed again, the same, until there is an answer; a `duplicate` then means that its first try had come through.
 */
export function streamCommits(store: Store, people: number, replicated: boolean): CommitStream {
  const written = new Map<ConversationId, RowId[]>();
  let going = true;
  let fault: unknown = null;
  const lives = Array.from({ length: people }, (_, index) => live(index));

  async function live(index: number): Promise<void> {
    const user = String(5_000 + index);
    const conversation = conversationId('telegram', { channel: user }, user);
    const rows: RowId[] = [];
    written.set(conversation, rows);
    let version = 0;
    while (going) {
      const next = row(conversation, rows.length);
      const seen = inboundId('telegram', user, String(rows.length));
      version = await untilTaken(
        turn(conversation, { expectedVersion: version, seen, outbox: [next], replicated }),
      );
      rows.push(next.id);
    }
  }

  /** The version after the commit. Throws what can not be tried again, and an answer there is no reason for. */
  async function untilTaken(commit: Commit): Promise<number> {
    const end = performance.now() + PATIENCE_MS;
    for (let tries = 1; ; tries += 1) {
      try {
        const result = await store.commit(commit);
        return await versionAfter(commit, result, tries);
      } catch (error) {
        if (!(error instanceof LifelineError && error.retryable)) throw error;
        if (performance.now() > end)
          throw new Error('a turn was not taken in all this time', { cause: error });
        await wait(PAUSE_MS);
      }
    }
  }

  async function versionAfter(commit: Commit, result: CommitResult, tries: number): Promise<number> {
    if (result.kind === 'ok') return result.version;
    if (result.kind === 'duplicate' && tries > 1) return (await store.load(commit.conversation)).version;
    throw new Error(`try ${tries} of a turn nobody else knew of was answered with ${result.kind}`);
  }

  const all = Promise.all(lives).catch((error: unknown) => {
    going = false;
    fault = error;
  });
  const least = () => Math.min(...[...written.values()].map((rows) => rows.length));
  return {
    more: async (count) => {
      const goal = least() + count;
      while (least() < goal && fault === null) await wait(PAUSE_MS);
      if (fault !== null) throw fault;
    },
    stop: async () => {
      going = false;
      await all;
      if (fault !== null) throw fault;
      return written;
    },
  };
}

/** Takes every row out of a lane; their ids in the order of the lane. */
export async function emptyLane(store: Store, conversation: ConversationId): Promise<readonly RowId[]> {
  const ids: RowId[] = [];
  for (;;) {
    const first = await store.nextRow(conversation, Number.MAX_SAFE_INTEGER);
    if (first === null) return ids;
    ids.push(first.id);
    await store.settleRow(first.id, { kind: 'sent' });
  }
}
