import type { ConversationId } from './ids.js';

/** A change to the timers of a conversation; a timer is named within its conversation. */
export type TimerChange =
  | { readonly kind: 'set'; readonly timer: string; readonly dueAt: number }
  /** With `dueAt`, only the one that is due then (epoch ms): one that was set anew meanwhile stays. */
  | { readonly kind: 'cancel'; readonly timer: string; readonly dueAt?: number };

export interface DueTimer {
  readonly conversation: ConversationId;
  readonly timer: string;
  /** Epoch ms. */
  readonly dueAt: number;
}
