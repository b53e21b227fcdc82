import type { Capabilities, Challenge, Platform } from '../model/index.js';
import type { Bundle } from './bundle.js';

/** Circumstances of the words: who reads them, where, and what the buttons are signed with. */
export interface RenderContext {
  readonly bundle: Bundle;
  readonly locale: string;
  readonly platform: Platform;
  readonly public: boolean;
  readonly capabilities: Capabilities;
  readonly slots: Readonly<Record<string, string>>;
  readonly turn: number;
  /** The payload of a button: `<turn>.<index>.<MAC>`. */
  readonly sign: (turn: number, index: number) => string;
  /** The inbound message, where it can be deleted. */
  readonly messageRef: string | null;
  /** The person took their message back before it was read: nothing is left to delete. */
  readonly isWithdrawn?: boolean;
  readonly caseNumber: string | null;
  /** The verified hand-off under way. */
  readonly handOff?: HandOffView | null;
  /** The code for the official site's "is this bot genuine?", where this turn shows one. */
  readonly session?: string | null;
}

/** What a turn shows of a verified hand-off. */
export interface HandOffView {
  readonly challenge: Challenge;
  /** The link number, where this turn shows one. */
  readonly number: string | null;
  /** Address of the page with what stands for the token, and the page for a link number. */
  readonly pageUrl: string;
  readonly startUrl: string;
}
