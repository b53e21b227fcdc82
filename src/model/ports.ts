import type { ConversationEvent, Found, SecretKind } from './event.js';
import type { ConversationId, Place, Platform } from './ids.js';
import type { InboundMessage, ReplyVia, ShownAuthor } from './inbound.js';
import type { Capabilities, OutboundMessage, PlatformCall, SendResult } from './outbound.js';
import type { Rate } from './sharing.js';
import type { Loggable, Written } from './written.js';

/** Time as the runtime sees it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** 32 random bytes for one turn. */
export type Entropy = () => Uint8Array;

/** Takes one decoded message through its turn; resolves once it is committed and may be acknowledged. */
export type Receive = (message: InboundMessage) => Promise<Received>;

export type Received =
  | { readonly kind: 'committed' }
  | { readonly kind: 'duplicate' }
  /** Nothing to do and nothing to repeat (a blocked bot, a button of a forgotten talk). */
  | { readonly kind: 'ignored'; readonly why: string };

/** What an adapter gets from the composition root. */
export interface AdapterHost {
  readonly receive: Receive;
  /** Resolves when everything committed so far has been sent or waits for a later try. */
  readonly delivered: () => Promise<void>;
  readonly log: Log;
  readonly clock: Clock;
  /** Small values kept for the adapter between runs (an offset, the hash of registered commands). */
  readonly values: {
    get(name: string): Promise<string | null>;
    /** `false`, and nothing kept, when the intake has gone to another worker. */
    set(name: string, value: string): Promise<boolean>;
  };
  /**
   * Runs `work` while this process alone may take messages in with a token (`name` is its public part): starts it once
   * the intake is ours, aborts its signal when it is lost, and begins again. `work` resolves after the abort.
   */
  readonly intake: (name: string, work: (lost: AbortSignal) => Promise<void>) => Intake;
  /** Told when the connection to the platform is lost (`false`) and when it is there again. */
  readonly connected?: (isConnected: boolean) => void;
  /** Commands for the platform's menu, with their description in every locale. */
  readonly commands: readonly CommandMenu[];
}

/** The command menu of one locale. */
export interface CommandMenu {
  readonly locale: string;
  /** Whether this is the menu for people whose locale has none. */
  readonly source: boolean;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
}

/** An intake that is held, or waited for. */
export interface Intake {
  /** Ends the work and gives the intake to whoever waits for it. */
  stop(): Promise<void>;
}

/** How fast a platform may be called; the deliverer keeps to it. */
export interface SendRates {
  /** All calls of a token. */
  readonly platform: Rate;
  /** Messages into one direct chat. */
  readonly direct: Rate;
  /** Messages into one public place, over all people in it. */
  readonly public: Rate;
}

/** What an adapter may need to know to send a call safely a second time. */
export interface SendContext {
  /** The same for every try of a row and for no other row; 22 characters of `[A-Za-z0-9_-]`. */
  readonly nonce: string;
  /** Since when it is unclear whether the platform has it (epoch ms); `null` when no answer was lost. */
  readonly unclearSince: number | null;
  /** Epoch ms. */
  readonly now: number;
}

/** A platform: the same things for every one of them. */
export interface Adapter {
  readonly capabilities: Capabilities;
  readonly rates: SendRates;
  /** Starts intake; resolves when messages are being received. Faults after that are logged and retried. */
  start(host: AdapterHost): Promise<void>;
  /** Stops intake and waits for the updates in hand. */
  stop(): Promise<void>;
  /** Pure: one outbound message to the calls that show it, in order. Never an empty list for a `message`. */
  encode(message: OutboundMessage, to: EncodeTarget): readonly PlatformCall[];
  /** Makes one call. Never throws for what a platform can answer. */
  send(call: PlatformCall, context: SendContext): Promise<SendResult>;
}

/** Where an encoded message goes. */
export interface EncodeTarget {
  readonly place: Place;
  readonly userId: string;
  readonly visibility: 'direct' | 'public';
  /** The bot's own handle from the registry, for deep links. */
  readonly botHandle: string;
  /** How the platform wants it answered, where the person tapped or gave a command. */
  readonly replyVia?: ReplyVia;
  /** The words that open a talk in public; they are not true in what goes into the direct chat instead. */
  readonly publicWarning?: string;
  /** Says how to open the direct chat, for a person who asked for it elsewhere and has it closed. */
  readonly closedNote?: string;
}

/** Fields a log line may carry; what a person wrote does not fit into any of them. */
export interface LogFields {
  readonly event: Loggable;
  readonly code?: Loggable;
  readonly platform?: Loggable;
  /** Keyed hash of a conversation, made by the logger from `conversation`. */
  readonly conversation?: ConversationId;
  readonly flow?: Loggable;
  readonly step?: Loggable;
  readonly intent?: Loggable;
  readonly secretKinds?: readonly SecretKind[];
  readonly count?: number;
  readonly durationMs?: number;
  readonly status?: number;
  readonly bundle?: Loggable;
  readonly locale?: Loggable;
  readonly method?: Loggable;
  readonly path?: Loggable;
  readonly port?: number;
}

export interface Log {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
}

/** What the guard makes of a text. */
export interface Inspected {
  /** The text without what was removed; safe to keep, match and pass on. */
  readonly clean: Written;
  /** Kinds found, without content; empty when nothing was found. */
  readonly secrets: readonly SecretKind[];
  /** What may be a secret or not, and was taken out all the same; absent when there is no doubt. */
  readonly held?: SecretKind;
  /** Nothing was found, but it may be a part of a phrase that is spread over several messages: not to be kept. */
  readonly mayBePart?: true;
  /** Nothing was found, and it is nothing but words of a list: so many of them that were not said before. */
  readonly listWords?: number;
  /** References of earlier messages that hold a part of what was found. */
  readonly earlier?: readonly string[];
}

/**
 * The inbound guard. What may be a part of a secret is remembered, in this process only, with the message's reference.
 */
export interface Guard {
  inspect(conversation: ConversationId, text: string, at: number, ref?: string): Inspected;
}

/** What is thought of a message in a group. */
export interface Watched {
  readonly scam: boolean;
  /** Code of the strongest sign. */
  readonly why: string;
  /** Whether one clear sign says so, rather than many small ones: only then a message is taken away. */
  readonly isClear: boolean;
}

/** Watches groups for fake support; `hidden` are targets of links under other words. */
export type WatchGroup = (text: string, author: ShownAuthor, hidden: readonly string[]) => Watched;

/** What a step expects, for understanding. */
export interface Expectation {
  /** Choices in order, with their label in the present locale and the intents that mean the same. */
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly means: readonly string[];
  }[];
  /** Kinds of free answer; empty when the step takes none. */
  readonly expects: readonly (FreeAnswer | Found['kind'])[];
}

export type FreeAnswer = 'text' | 'words';

/** One event and the language of a text. */
export interface Understood {
  readonly event: ConversationEvent;
  /** The locale the text is written in, or `null` when it does not tell. */
  readonly locale: string | null;
  /** The best intents with their scores (0 to 1), best first, for `lifeline understand`. */
  readonly top: readonly { readonly intent: string; readonly score: number }[];
}

/** The port of understanding; what stands behind it may change. Pure, no network. */
export interface Understanding {
  understand(text: string, locale: string, expectation: Expectation): Understood;
  /** The locale a text is written in among the shipped ones, or `null` when it does not tell. */
  localeOf(text: string): string | null;
  /** Whether a text is surely in a language that is not shipped: it is answered with the choice of language. */
  isForeign(text: string): boolean;
}

/** Where trained models are kept between runs, by a key that tells apart what they were trained from. */
export interface ModelShelf {
  /** `null` when there is none or it cannot be read. */
  get(key: string): Uint8Array | null;
  /** Nothing depends on it: what cannot be kept is made again. */
  put(key: string, model: Uint8Array): void;
}

/**
 * Compares a value with the registry. A bare name says nothing of where it was seen: it is taken for an account of the
 * platform it is asked on, and is `elsewhere` when ours of that name is on others only.
 */
export type LookUp = (value: string, platform: Platform) => LookedUp;

export type LookedUp = 'ours' | 'not-ours' | 'look-alike' | 'elsewhere';
