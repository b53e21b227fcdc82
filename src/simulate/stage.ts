import type { Adapter, Button, ConversationId } from '../model/index.js';
import type { Deed, Where } from './deed.js';
import type { FakeClock } from './fake-clock.js';
import type { World } from './world.js';

/** Something new on a person's screen. */
export type Sight =
  | {
      readonly kind: 'message';
      /** As they read it. */
      readonly text: string;
      /** As they see them; a tap button keeps the value and the data it stands for. */
      readonly buttons: readonly Button[];
      /** The text keys it was made of. */
      readonly keys: readonly string[];
      /** How the platform shows it, for transcripts, where that is more than text and buttons. */
      readonly looks?: string;
    }
  /** A message of their own is gone. */
  | { readonly kind: 'removed' };

/** A person with a client of the platform. */
export interface Client {
  /** Does it, and resolves when all that comes of it is on the screen; a sentence when it did not come through. */
  act(deed: Deed, where: Where): Promise<string | null>;
  /** The platform sends the last update again; as `act`. */
  redeliver(): Promise<string | null>;
  /** What came onto the screen since the last look; a sentence when it is not what was sent. */
  look(): readonly Sight[] | string;
  /** Where the person last did something. */
  readonly conversation: ConversationId;
}

/** Whom a stage is entered by. */
export interface Visitor {
  readonly world: World;
  /** Language of their app. */
  readonly locale: string;
}

/** A platform, ready for one conversation. */
export interface Stage {
  /** Its time, which is the world's too. */
  readonly clock: FakeClock;
  /** Stands in the world for the platform. */
  readonly adapter: Adapter;
  /** A new person. */
  enter(visitor: Visitor): Client;
}

/**
 * Makes a stage whose time is `at` (epoch ms), or the same hour of the same weekday in a later week, where its time has
 * gone on already.
 */
export type OpenStage = (at: number) => Stage;
