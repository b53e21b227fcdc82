import type { ChallengeState, Frame, Platform } from '../model/index.js';

/** What the machine knows between two transitions; plain data. */
export interface MachineContext {
  /** Where the conversation rests; `idle`/`idle` when nothing is asked. */
  readonly flow: string;
  readonly step: string;
  readonly stack: readonly Frame[];
  readonly slots: Readonly<Record<string, string>>;
  readonly tries: number;
  /** When the wait or timeout of the present step is due (epoch ms). */
  readonly dueAt: number | null;
  /** Due time to take over by the next step that rests: a wait that was interrupted keeps its end. */
  readonly resumeDueAt: number | null;
  readonly later: string | null;
  readonly asked: readonly string[];
  readonly misses: number;
  /** Circumstances of this turn. */
  readonly now: number;
  readonly platform: Platform;
  readonly locale: string;
  readonly public: boolean;
  /** How far the verified hand-off has come, if there is one. */
  readonly challenge: ChallengeState | null;
  /** When that ends (epoch ms), if there is one. */
  readonly deadline: number | null;
  /** Whether a hand-off may be verified now. */
  readonly verifies: Verifies;
}

/** `limit`: not any more for a while; `no`: it cannot be done at the moment. */
export type Verifies = 'yes' | 'limit' | 'no';

/** Longest stack of flows to come back to; the oldest is dropped beyond it. */
export const MAX_STACK = 8;

/** Slots of a message which may hold a secret: what kind, whether a question was interrupted, and its reference. */
export const HELD_KIND = 'held-kind';
export const HELD_IN = 'held-in';
export const HELD_REF = 'held-ref';

/** The resting place when nothing is asked. */
export const IDLE = 'idle';
/** Name of the built-in flow that asks about switching, waiting wishes and unclear wishes. */
export const SYSTEM = 'system';

/** Name of the built-in flow of a verified hand-off. */
export const HAND_OFF = 'hand-off';
/** Slot with the registry's name of the hand-off under way. */
export const HAND_OFF_NAME = 'hand-off';

/** Step of the built-in flow that ends the present flow without a word: back to what was interrupted, else to rest. */
export const LEAVE = 'leave';
/** The same for a flow that pushed everything else aside: what was interrupted is dropped. */
export const DROP = 'drop';

/** Id of the machine: the first part of every state's id. */
export const MACHINE_ID = 'lifeline';
