import { createGuard } from '../../src/guard/index.js';
import type {
  Adapter,
  Commit,
  Entropy,
  Guard,
  LaneClaim,
  Platform,
  Store,
  WatchGroup,
} from '../../src/model/index.js';
import type { HandOffs } from '../../src/runtime/hand-offs.js';
import { createReceiver, type Receiver } from '../../src/runtime/receive.js';
import type { Engine } from '../../src/runtime/turn-request.js';
import { createFakeClock, type FakeClock } from '../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { keptLog, openStage, plainEngine } from './engine.js';
import { bundleOf, smallContent } from './small-content.js';
import { START } from './talk.js';

const plain = plainEngine(bundleOf(smallContent()));

export interface ReceptionParts {
  readonly engine?: Engine;
  readonly guard?: Guard;
  /** A store that others use too. */
  readonly memory?: Store;
  /** What the receiver's store does otherwise. */
  readonly store?: (memory: Store) => Partial<Store>;
  readonly maxWaitingTurns?: number;
  readonly adapter?: Adapter;
  readonly worker?: string;
  /** `telegram` by default. */
  readonly platform?: Platform;
  /** Verified hand-offs; none by default. */
  readonly handOffs?: (store: Store) => HandOffs;
  readonly watch?: WatchGroup;
  /** The same each time, but for a count, by default. */
  readonly entropy?: Entropy;
  /** Another time than that of the fake clock: one that goes back, too. */
  readonly now?: () => number;
  /** Resolves when models are there that were being trained. */
  readonly learned?: () => Promise<void>;
}

/** A receiver on a memory store, with what it committed and logged. */
export interface Reception {
  readonly receiver: Receiver;
  readonly memory: Store;
  readonly commits: Commit[];
  readonly claims: (LaneClaim | null)[];
  readonly log: ReturnType<typeof keptLog>;
  readonly clock: FakeClock;
  /** The text keys of a commit's messages. */
  keys(commit: Commit | undefined): readonly string[];
}

/** Opens a receiver of the small content, on Telegram. */
export function openReception(parts: ReceptionParts = {}): Reception {
  const clock = createFakeClock(START);
  const memory = parts.memory ?? createMemoryStore({ clock: () => clock.now() });
  const commits: Commit[] = [];
  const claims: (LaneClaim | null)[] = [];
  const log = keptLog();
  let draws = 0;
  const { maxWaitingTurns, worker = 'one', watch } = parts;
  const receiver = createReceiver({
    ...(parts.learned === undefined ? {} : { learned: parts.learned }),
    engine: () => parts.engine ?? plain,
    guard: parts.guard ?? createGuard(),
    store: { ...memory, ...parts.store?.(memory) },
    clock: parts.now === undefined ? clock : { ...clock, now: parts.now },
    entropy:
      parts.entropy ??
      (() => {
        draws += 1;
        return new Uint8Array(32).fill(draws);
      }),
    log,
    adapters: new Map([[parts.platform ?? 'telegram', parts.adapter ?? openStage()]]),
    worker,
    ...(parts.handOffs === undefined ? {} : { handOffs: parts.handOffs(memory) }),
    ...(maxWaitingTurns === undefined ? {} : { maxWaitingTurns }),
    ...(watch === undefined ? {} : { watch: () => watch }),
    committed: (commit, claim) => {
      commits.push(commit);
      claims.push(claim);
    },
  });
  const keys = (commit: Commit | undefined): readonly string[] =>
    commit?.outbox.flatMap((row) => row.shown.keys) ?? [];
  return { receiver, memory, commits, claims, log, clock, keys };
}

/** The engine of the small content, whose understanding faults on one text. */
export function faultyOn(words: string, fault: () => Error): Engine {
  const { understanding } = plain;
  return {
    ...plain,
    understanding: {
      ...understanding,
      understand: (said, locale, expectation) => {
        if (said === words) throw fault();
        return understanding.understand(said, locale, expectation);
      },
    },
  };
}
