/** A button as the Bot API has it. */
export interface InlineButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

/** A message as the platform keeps it; `raw` is what the Bot API shows of it. */
export interface StoredMessage {
  readonly messageId: number;
  readonly author: 'bot' | number;
  readonly sentAt: number;
  readonly threadId: number | null;
  readonly text: string;
  readonly buttons: readonly (readonly InlineButton[])[];
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'supergroup';
  readonly title: string;
  readonly isForum: boolean;
  readonly topics: Set<number>;
  readonly members: Set<number>;
  /** In a private chat: `absent` before the person opened it, `kicked` while they block the bot. */
  botStatus: 'absent' | 'member' | 'administrator' | 'kicked';
  isDeactivated: boolean;
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
  answer: string | null;
}

/** Everything the platform knows, and whoever waits for a change of it. */
export class World {
  readonly bot: Bot;
  readonly now: () => number;
  readonly chats = new Map<number, Chat>();
  readonly taps = new Map<string, PendingTap>();
  /** Commands by language; `''` is the menu without language. */
  readonly commands = new Map<
    string,
    readonly { readonly command: string; readonly description: string }[]
  >();
  private readonly waiting = new Set<{ readonly isDone: () => boolean; readonly resolve: () => void }>();
  private lastMessageId = 0;
  private lastTapId = 4_382_900_000;

  constructor(bot: Bot, now: () => number) {
    this.bot = bot;
    this.now = now;
  }

  nextMessageId(): number {
    this.lastMessageId += 1;
    return this.lastMessageId;
  }

  nextTapId(): string {
    this.lastTapId += 1;
    return String(this.lastTapId);
  }

  addChat(chat: Pick<Chat, 'id' | 'type' | 'title' | 'isForum' | 'botStatus'>): Chat {
    const added: Chat = {
      ...chat,
      topics: new Set(),
      members: new Set(),
      isDeactivated: false,
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
    chat.messages = chat.messages.filter((message) => message.messageId !== messageId);
    this.changed();
  }

  replace(chat: Chat, messageId: number, by: StoredMessage): void {
    chat.messages = chat.messages.map((message) => (message.messageId === messageId ? by : message));
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

  /** A chat as the Bot API shows it. */
  chatObject(chat: Chat): Readonly<Record<string, unknown>> {
    return chat.type === 'private'
      ? { id: chat.id, type: 'private', first_name: chat.title }
      : { id: chat.id, type: 'supergroup', title: chat.title, ...(chat.isForum ? { is_forum: true } : {}) };
  }

  /** The bot as the Bot API shows it. */
  botObject(): Readonly<Record<string, unknown>> {
    return { id: this.bot.id, is_bot: true, first_name: 'Lifeline', username: this.bot.username };
  }
}
