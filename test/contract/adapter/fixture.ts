import type { Adapter, Platform } from '../../../src/model/index.js';

/** A platform with its emulator, as the contract is run on it. */
export interface PlatformFixture {
  /** Title of the suite. */
  readonly name: string;
  readonly platform: Platform;
  readonly traits: Traits;
  /** What may happen to the connection, or come over it, by name; empty where there is none. */
  readonly troubles: readonly string[];
  /** Starts the emulator; `now` is its time (epoch ms). */
  open(now: () => number): Promise<OpenPlatform>;
}

/** What a platform is like, where platforms differ: what does not apply is said here. */
export interface Traits {
  /** Whether there is a network in between, which can break. */
  readonly network: boolean;
  /** Whether several people can talk at once; in a terminal there is one. */
  readonly people: 'many' | 'one';
  /** Whether an update that was not committed is brought again, by the platform or by catching up. */
  readonly bringsAgain: boolean;
  /** What becomes of a tap whose process died before the commit. `fails`: the app says so, and one taps again. */
  readonly lostTap: 'comes-again' | 'fails' | 'is-lost';
  /** How often a message is to be seen whose answer was lost once. */
  readonly lostAnswer: 'once' | 'at-most-twice';
  /** Whether the bot is told when a person blocks it. */
  readonly tellsBlock: boolean;
  /** Whether the health report shows that the platform cannot be heard. */
  readonly tellsOutage: boolean;
  /** Whether a person can change and delete what they have written. */
  readonly edits: boolean;
  /** Public places; `null` where there are none. */
  readonly rooms: RoomTraits | null;
}

export interface RoomTraits {
  /** Who sees the answer to a command there. */
  readonly commands: 'alone' | 'aloud';
  /** How long (ms) a command can be answered there; later the answer goes into the direct chat. `null`: always. */
  readonly commandTtlMs: number | null;
  /** Whether a person with a closed direct chat is told there how to open it. */
  readonly tellsClosed: boolean;
}

/** A public place of a platform: a group, a channel of a server. */
export interface Room {
  readonly name: string;
}

/** What became of a tap or command, as its person sees it. */
export type TapState = 'waiting' | 'answered' | 'failed';

/** A message as a person sees it. */
export interface Seen {
  readonly from: 'bot' | 'person';
  readonly text: string;
  /** What in it is more than words, as the platform shows it: links, mentions, formatting. */
  readonly marks: readonly string[];
  /** Labels of what can be tapped or chosen, in order; links are not among them. */
  readonly choices: readonly string[];
  /** Addresses of its link buttons. */
  readonly links: readonly string[];
  /** Whether nobody else sees it. */
  readonly alone: boolean;
}

/**
 * A person with an app of the platform. What they do returns once the platform has it. Without a room: the direct chat.
 */
export interface Person {
  readonly id: string;
  /** Writes a text; returns what the platform calls it. */
  says(text: string, room?: Room): string;
  /** Writes a text that mentions the bot. */
  mentions(text: string, room: Room): string;
  /** Changes a text of one's own. */
  edits(ref: string, text: string, room?: Room): void;
  /** Deletes a text of one's own in the direct chat. */
  deletes(ref: string): void;
  command(name: string, room?: Room): () => TapState;
  /** Taps the newest button with this label, or chooses the option. Throws when there is none. */
  taps(label: string, room?: Room): () => TapState;
  /** Taps a button of another person's newest message, as a changed app could. */
  tapsOf(other: Person, label: string): () => TapState;
  /** The bot cannot write to them any more; with `true` it can again. */
  reachable(isReachable: boolean): void;
  /** What they see, oldest first; deleted messages are gone. */
  sees(room?: Room): readonly Seen[];
  /** What popped up for them alone beside the messages, oldest first. */
  notes(): readonly string[];
}

/** What goes wrong with the next message that the bot sends into a direct chat. */
export interface SendFaults {
  /** It is refused: too many calls, try again in so many seconds. */
  limit(afterS: number): void;
  /** It is done, but the answer gets lost. */
  loseAnswer(): void;
  /** The connection breaks before it is done. */
  drop(): void;
  /** The platform has an error of its own, and does nothing. */
  fail(): void;
}

/** A platform that runs. */
export interface OpenPlatform {
  /** The adapter of a new process. */
  adapter(): Adapter;
  /** Resolves when the running adapter gets what people do. */
  ready(): Promise<void>;
  person(options?: { readonly name?: string }): Person;
  room(name?: string): Room;
  /** Gives the bot the right to delete what people write in a room. */
  allowDeleting(room: Room): void;
  /** The next answer to a command in a room is refused: too many calls, try again in so many seconds. */
  limitAnswers(afterS: number): void;
  /** Another bot writes, where it can: in a room, and to the bot directly. */
  otherBotSays(text: string, room: Room): void;
  /** One of the next two things that people do is told to the bot twice; `null` where that cannot be. */
  readonly repeatNext: (() => void) | null;
  /** How many updates wait for their acknowledgement; `null` where there is none. */
  readonly unacknowledged: (() => number) | null;
  /** The time has come to repeat what was not acknowledged. */
  redeliver(): void;
  /** So long nothing runs that the platform repeats nothing by itself any more. */
  giveUp(): void;
  /** `null` where sending cannot fail. */
  readonly faults: SendFaults | null;
  /** Lets one of the fixture's troubles happen. */
  trouble(name: string): void;
  /** How many calls so far would show a message. */
  posts(): number;
  /** Everything that was told to the platform, for looking whether a word is in it. */
  transcript(): string;
  /** Breaks every connection of the bot, and lets none be opened before `mend`. */
  cut(): Promise<void> | void;
  mend(): Promise<void> | void;
  /** Resolves when the condition holds; it is looked at whenever something happens on the platform. */
  until(isDone: () => boolean): Promise<void>;
  close(): Promise<void>;
}
