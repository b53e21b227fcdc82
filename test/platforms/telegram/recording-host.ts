import type {
  AdapterHost,
  CommandMenu,
  InboundMessage,
  LogFields,
  Received,
} from '../../../src/model/index.js';
import { heldIntake } from '../../support/held-intake.js';

/** Timers longer than this wait for `passLongTimers`; shorter ones (back-off) fire at once. */
const LONG_MS = 3_600_000;

/** A host that remembers what an adapter did with it. */
export interface RecordingHost extends AdapterHost {
  /** What was handed over, repetitions included, oldest first. */
  readonly received: readonly InboundMessage[];
  /** Ids of what was committed, oldest first. */
  readonly committed: readonly string[];
  readonly logged: readonly (LogFields & { readonly level: string })[];
  /** Delays that the adapter asked the clock for, in milliseconds. */
  readonly delays: readonly number[];
  readonly stored: Map<string, string>;
  /** Resolves when the condition holds; it is looked at after every hand-over, commit, timer and log line. */
  until(isDone: () => boolean): Promise<void>;
  passLongTimers(): void;
}

/** `receive` is the core: what it resolves to is committed, what it rejects with is not. */
export function createRecordingHost(
  options: {
    readonly receive?: (message: InboundMessage) => Promise<Received>;
    readonly commands?: readonly CommandMenu[];
    readonly stored?: Map<string, string>;
  } = {},
): RecordingHost {
  const received: InboundMessage[] = [];
  const committed: string[] = [];
  const logged: (LogFields & { level: string })[] = [];
  const delays: number[] = [];
  const stored = options.stored ?? new Map<string, string>();
  const waiting = new Set<{ isDone: () => boolean; resolve: () => void }>();
  const longTimers = new Set<() => void>();

  const changed = (): void => {
    for (const waiter of [...waiting]) {
      if (!waiter.isDone()) continue;
      waiting.delete(waiter);
      waiter.resolve();
    }
  };
  const write = (level: string) => (fields: LogFields) => {
    logged.push({ level, ...fields });
    changed();
  };

  return {
    received,
    committed,
    logged,
    delays,
    stored,
    commands: options.commands ?? [],
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    async receive(message) {
      received.push(message);
      changed();
      const result = await (options.receive?.(message) ?? Promise.resolve({ kind: 'committed' } as const));
      committed.push(message.id);
      changed();
      return result;
    },
    delivered: () => Promise.resolve(),
    clock: {
      now: () => Date.now(),
      after(delayMs, callback) {
        delays.push(delayMs);
        changed();
        if (delayMs >= LONG_MS) {
          longTimers.add(callback);
          return () => longTimers.delete(callback);
        }
        const timer = setImmediate(callback);
        return () => clearImmediate(timer);
      },
    },
    values: {
      get: async (name) => stored.get(name) ?? null,
      set: async (name, value) => {
        stored.set(name, value);
        changed();
        return true;
      },
    },
    intake: heldIntake,
    until(isDone) {
      if (isDone()) return Promise.resolve();
      return new Promise((resolve) => waiting.add({ isDone, resolve }));
    },
    passLongTimers() {
      for (const callback of [...longTimers]) {
        longTimers.delete(callback);
        callback();
      }
    },
  };
}

/** What a message says, for short comparisons. */
export function wordsOf(message: InboundMessage): string {
  const { content } = message;
  switch (content.kind) {
    case 'text':
    case 'edit':
      return content.text;
    case 'tap':
      return content.data;
    default:
      return content.kind;
  }
}
