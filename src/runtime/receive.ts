import {
  type Adapter,
  type Clock,
  type Commit,
  type ConversationId,
  type Entropy,
  type Guard,
  type InboundMessage,
  inboundId,
  LifelineError,
  type Loaded,
  type Log,
  type Platform,
  parseConversationId,
  personOf,
  type Received,
  type Store,
} from '../model/index.js';
import { createLanes, type Lanes } from './lanes.js';
import { type Inspection, inspectContent } from './read-content.js';
import { computeSafeReply, computeTurn } from './turn.js';
import type { Engine, TurnRequest } from './turn-request.js';

/** How often a turn is computed again after another worker was faster. */
const MAX_CONFLICTS = 8;
/** After this many failures of one inbound the person gets a safe reply instead. */
const MAX_FAILURES = 3;
/** Safe replies of this process that are remembered. */
const REMEMBERED_FAILURES = 1_000;
/** Snapshots kept in memory, so that a talk in progress needs no read. */
const CACHED_CONVERSATIONS = 20_000;

export interface ReceiverParts {
  /** The live engine; read anew for each turn, so that a reload takes effect between two. */
  readonly engine: () => Engine;
  readonly guard: Guard;
  readonly store: Store;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  /** Told after each commit that left rows or timers. */
  readonly committed: (commit: Commit) => void;
}

/** Takes messages and due timers through their turns, in order for each conversation. */
export interface Receiver {
  receive(message: InboundMessage): Promise<Received>;
  timerDue(conversation: ConversationId, timer: string, dueAt: number): Promise<Received>;
  idle(): Promise<void>;
}

/** Stations receive to commit. A promise resolves only after the commit: then the update may be acknowledged. */
export function createReceiver(parts: ReceiverParts): Receiver {
  const { store, guard, clock, entropy, log } = parts;
  const lanes: Lanes = createLanes();
  const cache = new Map<ConversationId, Loaded>();
  const failures = new Map<string, number>();
  /** Inbounds that had their safe reply: their turn would only fail again. */
  const settled = new Set<string>();

  const adapterOf = (platform: Platform): Adapter => {
    const adapter = parts.adapters.get(platform);
    if (adapter === undefined)
      throw new LifelineError('platform-refused', `No adapter runs for ${platform}.`);
    return adapter;
  };
  const remember = (commit: Commit, version: number, loaded: Loaded): void => {
    cache.delete(commit.conversation);
    if (commit.records.some((record) => record.kind === 'forget')) return;
    const person = commit.records.findLast((record) => record.kind === 'put-person')?.record ?? loaded.person;
    cache.set(commit.conversation, { version, snapshot: commit.snapshot, person });
    if (cache.size > CACHED_CONVERSATIONS) for (const [oldest] of cache) return void cache.delete(oldest);
  };

  const run = async (request: Omit<TurnRequest, 'now' | 'entropy'>): Promise<Received> => {
    const adapter = adapterOf(request.platform);
    let loaded = cache.get(request.conversation) ?? (await store.load(request.conversation));
    for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
      const commit = computeTurn(
        parts.engine(),
        adapter,
        { ...request, now: clock.now(), entropy: entropy() },
        loaded,
      );
      const result = await store.commit(commit);
      if (result.kind === 'duplicate') return { kind: 'duplicate' };
      if (result.kind === 'ok') {
        remember(commit, result.version, loaded);
        parts.committed(commit);
        return { kind: 'committed' };
      }
      cache.delete(request.conversation);
      loaded = result.kind === 'conflict' ? result.fresh : loaded;
    }
    throw new LifelineError(
      'conversation-contended',
      'A conversation kept changing while a turn was computed.',
    );
  };

  /** The same message has failed again and again: say so, keep the place, and let the next one through. */
  const safeReply = async (request: Omit<TurnRequest, 'now' | 'entropy'>): Promise<Received> => {
    cache.delete(request.conversation);
    const loaded = await store.load(request.conversation);
    const commit = computeSafeReply(
      parts.engine(),
      adapterOf(request.platform),
      request,
      loaded,
      clock.now(),
    );
    const result = await store.commit(commit);
    if (result.kind === 'conflict' || result.kind === 'refused') {
      throw new LifelineError(
        'conversation-contended',
        'A conversation changed while a safe reply was committed.',
      );
    }
    if (result.kind === 'ok') parts.committed(commit);
    settled.add(request.seen);
    const oldest = settled.values().next().value;
    if (settled.size > REMEMBERED_FAILURES && oldest !== undefined) settled.delete(oldest);
    return result.kind === 'duplicate' ? { kind: 'duplicate' } : { kind: 'committed' };
  };

  const guarded = async (request: Omit<TurnRequest, 'now' | 'entropy'>): Promise<Received> => {
    if (settled.has(request.seen)) return { kind: 'duplicate' };
    try {
      const received = await run(request);
      failures.delete(request.seen);
      return received;
    } catch (error) {
      cache.delete(request.conversation);
      const count = (failures.get(request.seen) ?? 0) + 1;
      failures.set(request.seen, count);
      const code = error instanceof LifelineError ? error.code : 'turn-failed';
      log.error({
        event: 'turn-failed',
        code,
        conversation: request.conversation,
        platform: request.platform,
        count,
      });
      const ours = !(error instanceof LifelineError && error.retryable);
      if (!ours || count < MAX_FAILURES) throw error;
      failures.delete(request.seen);
      return safeReply(request);
    }
  };

  /** The guard fails closed: what it cannot judge counts as a secret, and nothing of it goes on. */
  const inspect = (message: InboundMessage): Inspection => {
    try {
      return inspectContent(guard, message.conversation, message.content, clock.now());
    } catch (error) {
      const code = error instanceof Error ? error.name : 'unknown';
      log.error({
        event: 'guard-failed',
        code,
        platform: message.platform,
        conversation: message.conversation,
      });
      return { content: { kind: 'text', text: '' }, secrets: ['phrase'], cut: false };
    }
  };

  return {
    receive: (message) => {
      if (message.content.kind === 'reachable')
        return Promise.resolve({ kind: 'ignored', why: 'reachability' });
      return lanes.run(message.conversation, () => {
        const inspection = inspect(message);
        if (inspection.secrets.length > 0)
          log.warn({
            event: 'secret-removed',
            platform: message.platform,
            conversation: message.conversation,
            secretKinds: inspection.secrets,
          });
        const { content: _removed, ...rest } = message;
        const { conversation, person, platform, id: seen } = message;
        return guarded({
          conversation,
          person,
          platform,
          seen,
          input: { kind: 'message', message: rest, inspection },
        });
      });
    },
    timerDue: (conversation, timer, dueAt) => {
      const { platform } = parseConversationId(conversation);
      const seen = inboundId(platform, 'timer', conversation, timer, String(dueAt));
      return lanes.run(conversation, () =>
        guarded({
          conversation,
          person: personOf(conversation),
          platform,
          seen,
          input: { kind: 'timer', timer, dueAt },
        }),
      );
    },
    idle: () => lanes.idle(),
  };
}
