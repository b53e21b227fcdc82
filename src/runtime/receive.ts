import type { Verifies } from '../conversation/index.js';
import {
  type Adapter,
  type Clock,
  type Commit,
  type ConversationId,
  type Entropy,
  type Guard,
  type InboundContent,
  type InboundId,
  type InboundMessage,
  inboundId,
  type LaneClaim,
  LifelineError,
  type Loaded,
  type Log,
  type PageAnswer,
  type PageRequest,
  type Platform,
  parseConversationId,
  personOf,
  type Received,
  type Store,
  type Watched,
  type WatchGroup,
} from '../model/index.js';
import { createCommitter } from './commit-turn.js';
import { LANE_LEASE_MS } from './deliver.js';
import { codeOf, createFailures, isTransient, isUnreadable } from './failures.js';
import { computeTakeAway, computeWarning, overheardWords, warningId } from './group-watch.js';
import { provesReturn, repeatedAnswer } from './hand-off.js';
import { type HandOffs, isReturn, type ReturnOwner } from './hand-offs.js';
import { type Inspection, inspectContent } from './inspect-content.js';
import { createLanes } from './lanes.js';
import { createWaitingRoom, type Treatment } from './overload.js';
import { computeReturn, computeSilence } from './reachability.js';
import { computeSafeReply, computeUnread } from './short-answers.js';
import { isToldInParts } from './told-in-parts.js';
import { computePage, computeTurn } from './turn.js';
import type { Engine, Envelope, ReturnPlace, ShortRequest } from './turn-request.js';

/** After this many failures of one inbound the person gets a safe reply instead. */
const MAX_FAILURES = 3;

/** What an answer is made from where nothing can be read. */
const NOTHING_KEPT: Loaded = { version: 0, snapshot: null, person: null };

export interface ReceiverParts {
  /** The live engine; read anew for each turn, so that a reload takes effect between two. */
  readonly engine: () => Engine;
  readonly guard: Guard;
  readonly store: Store;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly adapters: ReadonlyMap<Platform, Adapter>;
  /** Verified hand-offs; absent where none is set up. */
  readonly handOffs?: HandOffs;
  /** A name no other process has. */
  readonly worker: string;
  /** Messages in hand above which no more are read; 2,000 by default. */
  readonly maxWaitingTurns?: number;
  /** Looks at what was overheard in groups; without it, that is left alone. */
  readonly watch?: () => WatchGroup;
  /** Resolves when what was still being learned is known; for turns that cannot do without. */
  readonly learned?: () => Promise<void>;
  /** Told after each commit; with the claim of its lane where that was free. */
  readonly committed: (commit: Commit, claim: LaneClaim | null) => void;
}

/** Takes messages and due timers through their turns, in order for each conversation. */
export interface Receiver {
  receive(message: InboundMessage): Promise<Received>;
  timerDue(conversation: ConversationId, timer: string, dueAt: number): Promise<Received>;
  /** Answers the official page's server after the commit; asked twice with one `seen`, it is done once. */
  pageAsks(conversation: ConversationId, request: PageRequest, seen: InboundId): Promise<PageAnswer>;
  idle(): Promise<void>;
  /** Messages in hand: waiting for their turn or in it. */
  readonly waiting: number;
}

type Request = Omit<ShortRequest, 'now'>;
type Compute = (
  engine: Engine,
  adapter: Adapter,
  loaded: Loaded,
  turn: { readonly now: number; readonly verifies: Verifies },
) => Commit;

/**
 * Stations receive to commit. A promise resolves only after the commit: then the update may be acknowledged. It rejects
 * with `overloaded` when too much waits already, and with what the store throws.
 */
export function createReceiver(parts: ReceiverParts): Receiver {
  const { store, guard, clock, entropy, log } = parts;
  const lanes = createLanes();
  const room = createWaitingRoom<Inspection>(parts.maxWaitingTurns);
  const failures = createFailures(store, log);
  const committer = createCommitter({
    store,
    sender: { worker: parts.worker, leaseMs: LANE_LEASE_MS },
    committed: parts.committed,
  });

  const adapterOf = (platform: Platform): Adapter => {
    const adapter = parts.adapters.get(platform);
    if (adapter === undefined)
      throw new LifelineError('platform-refused', `No adapter runs for ${platform}.`);
    return adapter;
  };

  const run = (request: Request, compute: Compute): Promise<Received> =>
    committer.commit(request.conversation, (loaded, refused) => {
      const verifies =
        refused === 'limit-reached'
          ? 'limit'
          : parts.handOffs?.isReady() === true && canMatch(request)
            ? 'yes'
            : 'no';
      const turn = { now: clock.now(), verifies } as const;
      const commit = compute(parts.engine(), adapterOf(request.platform), loaded, turn);
      const isNamed = commit.handOff !== undefined || commit.session !== undefined;
      return isNamed ? (parts.handOffs?.prepare(commit) ?? commit) : commit;
    });

  /** A free text right after the first start waits for its model; buttons and labels need none. */
  const runOnceLearned = async (request: Request, compute: Compute): Promise<Received> => {
    try {
      return await run(request, compute);
    } catch (error) {
      if (codeOf(error) !== 'still-learning' || parts.learned === undefined) throw error;
      await parts.learned();
      return run(request, compute);
    }
  };

  /** What fails again and again gets a safe reply: its place is kept, and the next one comes through. */
  const answer = async (request: Request, what: string, compute: Compute): Promise<Received> => {
    const { conversation, platform, seen } = request;
    try {
      return await runOnceLearned(request, compute);
    } catch (error) {
      committer.drop(conversation);
      const code = codeOf(error);
      const failed = { event: 'turn-failed', code, conversation, platform };
      if (isTransient(error)) {
        log.warn(failed);
        throw error;
      }
      const count = await failures.count(conversation, seen, clock.now());
      log.error({ ...failed, count });
      if (count < MAX_FAILURES) throw error;
      const computeSafe: Compute = (engine, adapter, loaded, { now }) =>
        computeSafeReply(engine, adapter, { ...request, now }, loaded, { what, code });
      if (!isUnreadable(error)) return run(request, computeSafe);
      // Nothing of it is overwritten, and nobody has to wait for the day it is mended.
      const turn = { now: clock.now(), verifies: 'no' } as const;
      const beside = computeSafe(parts.engine(), adapterOf(platform), NOTHING_KEPT, turn);
      return committer.commitBeside(beside);
    }
  };

  /** Another worker may have seen the first words of a phrase: of those, only how many there were is known here. */
  const withPartsElsewhere = async (message: Envelope, inspection: Inspection): Promise<Inspection> => {
    const { listWords } = inspection;
    const { platform, conversation } = message;
    if (listWords === undefined || !(await isToldInParts(store, conversation, listWords))) return inspection;
    log.warn({ event: 'secret-removed', platform, conversation, secretKinds: ['phrase'] });
    return { ...withoutWords(inspection), secrets: ['phrase'], held: null };
  };

  const answerMessage = async (
    message: Envelope,
    what: string,
    treatment: Treatment<Inspection>,
    returns: ReturnPlace | null,
  ): Promise<Received> => {
    const { conversation, person, platform, id: seen } = message;
    const request: Request = { conversation, person, platform, seen, input: { kind: 'message', message } };
    switch (treatment.kind) {
      case 'turn': {
        const inspection = await withPartsElsewhere(message, treatment.content);
        const input = { kind: 'message', message, inspection } as const;
        return answer(request, what, (engine, adapter, loaded, turn) =>
          computeTurn(engine, adapter, { ...request, ...turn, input, returns, entropy: entropy() }, loaded),
        );
      }
      case 'shortened': {
        const { burst } = treatment;
        const text = burst.told ? null : 'common.too-many-waiting';
        const received = await answer(request, what, (engine, adapter, loaded, { now }) =>
          computeUnread(engine, adapter, { ...request, now }, loaded, text),
        );
        if (text !== null && received.kind === 'committed') {
          burst.told = true;
          log.warn({ event: 'burst-shortened', platform, conversation });
        }
        return received;
      }
      case 'busy':
        log.warn({ event: 'turn-shed', platform, conversation, count: room.size });
        return answer(request, what, (engine, adapter, loaded, { now }) =>
          computeUnread(engine, adapter, { ...request, now }, loaded, 'common.busy'),
        );
    }
  };

  /** Somebody else came back by the link of this person: whatever stands between them is told of by both ends. */
  const warnOwner = async ({ conversation, nonce }: ReturnOwner, cause: InboundId): Promise<void> => {
    const seen = inboundId(parseConversationId(conversation).platform, 'relayed', cause);
    await receiver.pageAsks(conversation, { kind: 'returned-elsewhere', nonce }, seen);
  };

  /** The guard fails closed: what it cannot judge counts as a secret, and nothing of it goes on. */
  const inspect = (message: InboundMessage): Inspection => {
    const { platform, conversation } = message;
    try {
      const inspection = inspectContent(guard, message, clock.now());
      const { secrets: secretKinds } = inspection;
      if (secretKinds.length > 0) log.warn({ event: 'secret-removed', platform, conversation, secretKinds });
      return inspection;
    } catch (error) {
      log.error({ event: 'guard-failed', code: codeOf(error), platform, conversation });
      const content = { kind: 'text', text: '' } as const;
      return { content, secrets: ['phrase'], held: null, earlier: [], cut: false, script: null };
    }
  };

  /** What was written in a group and is not for us: never answered, but fake support is taken away and warned of. */
  const watchOver = async (message: Envelope, content: InboundContent): Promise<Received> => {
    const words = overheardWords(content);
    const { overheard, conversation, person, platform } = message;
    if (words === null || overheard === undefined || parts.watch === undefined)
      return { kind: 'ignored', why: 'overheard' };
    const watched = parts.watch()(words.text, { ...overheard, platform }, words.hidden);
    if (!watched.scam) return { kind: 'ignored', why: 'overheard' };
    log.warn({ event: 'fake-support', code: watched.why, platform, conversation });
    const input = { kind: 'message', message } as const;
    const request = { conversation, person, platform, input };
    return lanes.run(conversation, () => takeAwayAndWarn(request, words.text, watched));
  };

  const takeAwayAndWarn = async (
    request: Omit<Request, 'seen'> & {
      readonly input: { readonly kind: 'message'; readonly message: Envelope };
    },
    text: string,
    watched: Watched,
  ): Promise<Received> => {
    const { message } = request.input;
    // The message first: a crash in between, and it comes again for the warning.
    const taken = await run({ ...request, seen: message.id }, (engine, adapter, loaded, { now }) =>
      computeTakeAway(engine, adapter, { ...request, seen: message.id, now }, loaded, watched),
    );
    const seen = warningId(message, clock.now());
    await run({ ...request, seen }, (engine, adapter, loaded, { now }) => {
      const locale = engine.understanding.localeOf(text) ?? message.localeHint ?? null;
      return computeWarning(engine, adapter, { ...request, seen, now, entropy: entropy(), locale }, loaded);
    });
    return taken;
  };

  /** Somebody blocked or unblocked us: no turn, and not a word. */
  const noteReachable = (message: InboundMessage, isReachable: boolean): Promise<Received> => {
    const { conversation, person, platform, id: seen } = message;
    const input = { kind: 'message', message: envelopeOf(message, false) } as const;
    const request = { conversation, person, platform, seen, input };
    return lanes.run(conversation, async () => {
      log.info({ event: isReachable ? 'unblocked' : 'blocked', platform, conversation });
      if (!isReachable) return committer.commitBeside(computeSilence({ ...request, now: clock.now() }));
      try {
        return await committer.commit(conversation, (loaded) =>
          computeReturn({ ...request, now: clock.now() }, loaded),
        );
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        // Whether they wait for anything cannot be known, and nothing else is lost by it.
        log.warn({ event: 'return-failed', code: codeOf(error), platform, conversation });
        return { kind: 'ignored', why: 'unreadable' };
      }
    });
  };

  const receiver: Receiver = {
    get waiting() {
      return room.size;
    },
    receive: async (message) => {
      const { content } = message;
      if (content.kind === 'reachable') return noteReachable(message, content.reachable);
      const { kind: what } = content;
      const { conversation } = message;
      // Before it waits: what waits holds no secret, and the room has to know whether there was one.
      const inspection = inspect(message);
      const hasSecret = inspection.secrets.length > 0;
      const envelope = envelopeOf(message, hasSecret);
      // A secret is everybody's emergency: it is answered as if it had been said to us, and nothing else of it is.
      if (message.overheard !== undefined && !hasSecret) return watchOver(envelope, inspection.content);
      const read = message.overheard === undefined ? inspection : withoutWords(inspection);
      const place = room.enter(read, { conversation, hasSecret, now: clock.now() });
      let isAnswered = false;
      try {
        const { received, owner } = await lanes.run(conversation, async () => {
          // Asked for in turn, so that what was written first is answered first.
          const whose = isReturn(content) ? ((await parts.handOffs?.ownerOfReturn(content)) ?? null) : null;
          const returns = whose === null ? null : returnPlace(whose, message);
          const answered = await answerMessage(envelope, what, place.begin(), returns);
          return { received: answered, owner: returns === 'relayed' ? whose : null };
        });
        // Outside of its own lane: two who came back by each other's links would wait for one another.
        if (owner !== null) await warnOwner(owner, message.id);
        isAnswered = true;
        return received;
      } finally {
        place.leave(isAnswered);
      }
    },
    timerDue: (conversation, timer, dueAt) => {
      const { platform } = parseConversationId(conversation);
      const seen = inboundId(platform, 'timer', conversation, timer, String(dueAt));
      const input = { kind: 'timer', timer, dueAt } as const;
      const request = { conversation, person: personOf(conversation), platform, seen, input };
      return lanes.run(conversation, () =>
        answer(request, 'timer', (engine, adapter, loaded, turn) =>
          computeTurn(engine, adapter, { ...request, ...turn, entropy: entropy() }, loaded),
        ),
      );
    },
    pageAsks: (conversation, asked, seen) => {
      const { platform } = parseConversationId(conversation);
      const input = { kind: 'page', request: asked } as const;
      const request = { conversation, person: personOf(conversation), platform, seen, input };
      return lanes.run(conversation, async () => {
        let told: PageAnswer = { kind: 'refused', why: 'unknown' };
        // Read each time: whether somebody was there lately is not to be told by how long an answer takes.
        committer.drop(conversation);
        const compute = (loaded: Loaded, turn: { readonly now: number }): Commit => {
          const adapter = adapterOf(platform);
          const page = computePage(
            parts.engine(),
            adapter,
            { ...request, ...turn, entropy: entropy() },
            loaded,
          );
          told = page.answer;
          return page.commit;
        };
        const received = await run(request, (_engine, _adapter, loaded, turn) => compute(loaded, turn));
        if (received.kind !== 'duplicate') return told;
        // Asked again after a lost answer, or under the name of something else: only what was done is told.
        const { snapshot } = await store.load(conversation);
        return repeatedAnswer(snapshot?.challenge, asked, clock.now());
      });
    },
    idle: () => lanes.idle(),
  };
  return receiver;
}

/** Both ends can be compared where the platform proves who returns, or tells the name that its person is to choose. */
function canMatch({ platform, input }: Request): boolean {
  return provesReturn(platform) || (input.kind === 'message' && input.message.handle !== undefined);
}

/** Whose a way back is, where it is none of this conversation; who comes back to a group is still who they are. */
function returnPlace(
  whose: ReturnOwner,
  { conversation, person }: Pick<InboundMessage, 'conversation' | 'person'>,
): ReturnPlace | null {
  if (personOf(whose.conversation) !== person) return 'relayed';
  return whose.conversation === conversation ? null : 'elsewhere';
}

/** A message without its words. An answer must not lead eyes to a message that held a secret. */
function envelopeOf({ content: _, ...envelope }: InboundMessage, hasSecret: boolean): Envelope {
  if (!hasSecret || envelope.replyVia?.kind !== 'telegram-message') return envelope;
  const { replyVia: __, ...rest } = envelope;
  return rest;
}

/** Of what was overheard, only that there was a secret goes on. */
function withoutWords(inspection: Inspection): Inspection {
  return { ...inspection, content: { kind: 'text', text: '' }, cut: false };
}
