import type { Entity } from './words.js';

/** A button as the Bot API has it. */
export interface InlineButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

/** A message as the platform keeps it; `raw` is what the Bot API shows of it. */
export interface StoredMessage {
  /** 0 for a message that only one member sees. */
  readonly messageId: number;
  /** `service`: the platform itself tells of something. */
  readonly author: 'bot' | 'service' | number;
  readonly sentAt: number;
  readonly threadId: number | null;
  readonly text: string;
  readonly marks: readonly Entity[];
  readonly buttons: readonly (readonly InlineButton[])[];
  readonly raw: Readonly<Record<string, unknown>>;
  readonly isEdited?: boolean;
  /** Only this member and the bot see it. */
  readonly ephemeral?: { readonly id: number; readonly userId: number };
}

/** What an administrator may do, as far as it matters here. */
export interface Rights {
  readonly canDelete: boolean;
  readonly canManageTopics: boolean;
  readonly isAnonymous: boolean;
}

export type Status = 'creator' | 'administrator' | 'member' | 'left' | 'kicked';

export interface Topic {
  readonly name: string;
  isClosed: boolean;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title: string;
  readonly isForum: boolean;
  /** By thread id; a deleted topic is gone. */
  readonly topics: Map<number, Topic>;
  /** People by user id. */
  readonly members: Map<number, { readonly status: Status; readonly rights: Rights }>;
  /** In a private chat: `absent` before the person opened it, `kicked` while they block the bot. */
  botStatus: 'absent' | 'member' | 'administrator' | 'left' | 'kicked';
  botRights: Rights;
  isDeactivated: boolean;
  /** Members who are no administrators may not write. */
  isMuted: boolean;
  isGeneralClosed: boolean;
  /** The supergroup this basic group became. */
  migratedTo: number | null;
  messages: StoredMessage[];
}

export interface Bot {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  /** Group privacy: shown only what is addressed to it. */
  readonly hasPrivacy: boolean;
}

/** A tap that the bot has to answer. */
export interface PendingTap {
  readonly userId: number;
  readonly chatId: number;
  readonly at: number;
  answer: string | null;
}

export type Commands = readonly {
  readonly command: string;
  readonly description: string;
  readonly is_ephemeral?: boolean | undefined;
}[];

export const NO_RIGHTS: Rights = { canDelete: false, canManageTopics: false, isAnonymous: false };

/** Everything the platform knows, and whoever waits for a change of it. */
export class World {
  readonly bot: Bot;
  readonly now: () => number;
  readonly chats = new Map<number, Chat>();
  /** People as the Bot API shows them. */
  readonly people = new Map<number, Readonly<Record<string, unknown>>>();
  readonly taps = new Map<string, PendingTap>();
  /** Commands by language; `''` is the menu without language. */
  readonly commands = new Map<string, Commands>();
  /** The same for all groups, which take precedence there. */
  readonly groupCommands = new Map<string, Commands>();
  private readonly waiting = new Set<{ readonly isDone: () => boolean; readonly resolve: () => void }>();
  private lastMessageId = 0;
  private lastTapId = 4_382_900_000;
  private lastEphemeralId = 29_341_000;

  constructor(bot: Bot, now: () => number) {
    this.bot = bot;
    this.now = now;
  }

  nextMessageId(): number {
    this.lastMessageId += 1;
    return this.lastMessageId;
  }

  nextEphemeralId(): number {
    this.lastEphemeralId += 1;
    return this.lastEphemeralId;
  }

  nextTapId(): string {
    this.lastTapId += 1;
    return String(this.lastTapId);
  }

  addChat(chat: Pick<Chat, 'id' | 'type' | 'title'> & Partial<Pick<Chat, 'isForum' | 'botStatus'>>): Chat {
    const added: Chat = {
      isForum: false,
      botStatus: 'absent',
      ...chat,
      botRights: NO_RIGHTS,
      topics: new Map(),
      members: new Map(),
      isDeactivated: false,
      isMuted: false,
      isGeneralClosed: false,
      migratedTo: null,
      messages: [],
    };
    this.chats.set(chat.id, added);
    return added;
  }

  /** Puts a message into a chat and returns what was stored. */
  post(chat: Chat, message: Omit<StoredMessage, 'sentAt'>): StoredMessage {
    const stored = { ...message, sentAt: this.now() };
    chat.messages.push(stored);
    this.changed();
    return stored;
  }

  remove(chat: Chat, messageId: number): void {
    chat.messages = chat.messages.filter(
      (message) => message.messageId !== messageId || message.ephemeral !== undefined,
    );
    this.changed();
  }

  removeEphemeral(chat: Chat, message: StoredMessage): void {
    chat.messages = chat.messages.filter((candidate) => candidate !== message);
    this.changed();
  }

  replace(chat: Chat, message: StoredMessage, by: StoredMessage): void {
    chat.messages = chat.messages.map((candidate) => (candidate === message ? by : candidate));
    this.changed();
  }

  /** Something happened: conditions that are waited for are looked at again. */
  changed(): void {
    for (const waiter of [...this.waiting]) {
      if (!waiter.isDone()) continue;
      this.waiting.delete(waiter);
      waiter.resolve();
    }
  }

  /** Resolves when the condition holds; it is looked at after every change. */
  until(isDone: () => boolean): Promise<void> {
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => this.waiting.add({ isDone, resolve }));
  }

  /** The seconds since 1970 that the Bot API dates things with. */
  date(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** Whether the bot takes part in a chat now. */
export function isIn(chat: Chat): boolean {
  return chat.botStatus === 'member' || chat.botStatus === 'administrator';
}

/** A message that is there under its number; `undefined` for none. */
export function messageIn(chat: Chat, messageId: number | undefined): StoredMessage | undefined {
  if (messageId === undefined || messageId === 0) return undefined;
  return chat.messages.find((message) => message.messageId === messageId);
}
