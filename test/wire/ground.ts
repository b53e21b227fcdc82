import type { Adapter, AdapterHost, CommandMenu } from '../../src/model/index.js';
import type { Deed, Where } from '../../src/simulate/deed.js';

/** A button on a person's screen. */
export interface SeenButton {
  readonly label: string;
  /** What a tap would send to the bot, or `null`. */
  readonly data: string | null;
  /** Where it leads, or `null`. */
  readonly url: string | null;
  /** Whether it is an option of a menu. */
  readonly inMenu: boolean;
}

/** A message on a person's screen. */
export interface SeenMessage {
  readonly id: string;
  readonly from: 'bot' | 'user';
  readonly text: string;
  readonly buttons: readonly SeenButton[];
  /** Whether nobody else sees it. */
  readonly isEphemeral: boolean;
  /** Whether an answer is only announced ("thinking …"). */
  readonly isPending: boolean;
}

/** A person with a client of the platform. */
export interface Person {
  /** Does it in the client. `below` is the message of the button that is tapped. */
  does(deed: Deed, where: Where, below: string | null): void;
  /** What is on the screen, oldest first. */
  sees(where: Where): readonly SeenMessage[];
}

/** A platform on a real socket, with the real adapter on it, and how things are done there. */
export interface Ground {
  readonly adapter: Adapter;
  /** Resolves when the adapter takes in what people do. */
  start(host: AdapterHost): Promise<void>;
  /** A new person, whose app speaks `locale`. */
  person(locale: string): Person;
  /** Whether the bot is told of it when somebody blocks it. */
  readonly tellsOfBlocks: boolean;
  /** What is behind a button that opens the direct chat at a flow. */
  opensChat(button: SeenButton, flow: string): boolean;
  /** Sends the last update again. */
  redeliver(): Promise<void>;
  /** Resolves when the platform has no more to do. */
  quiet(): Promise<void>;
  /** Taps and commands that the platform still shows as pending. */
  pending(): number;
  close(): Promise<void>;
}

/** What a ground is made with. */
export interface GroundOptions {
  /** The bot's name, as the registry has it. */
  readonly handle: string;
  readonly commands: readonly CommandMenu[];
  /** The platform's time (epoch ms). */
  readonly now: () => number;
}

/** Longer than any machine stands still: on loopback nothing is given up. */
export const NEVER_MS = 86_400_000;
