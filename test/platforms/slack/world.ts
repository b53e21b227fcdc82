/** A button as Block Kit has it. */
export interface SlackButton {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string;
  readonly value?: string;
  readonly url?: string;
}

/** A message as the platform keeps it. */
export interface StoredMessage {
  readonly ts: string;
  /** `bot`, or the id of a person. */
  readonly author: string;
  readonly threadTs: string | null;
  /** As it stands in events: escaped, with references between `<` and `>`. */
  readonly text: string;
  readonly blocks: readonly unknown[];
  /** Whether references in `text` count, when there are no blocks. */
  readonly isMarkup: boolean;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** The one person who sees it, for an ephemeral message. */
  readonly onlyFor: string | null;
  readonly files: readonly Readonly<Record<string, unknown>>[];
  /** When it was changed last; `null` for never. */
  readonly editedTs: string | null;
}

export interface Channel {
  readonly id: string;
  readonly kind: 'im' | 'channel';
  readonly name: string;
  readonly members: Set<string>;
  isArchived: boolean;
  messages: StoredMessage[];
}

export interface Bot {
  readonly userId: string;
  readonly botId: string;
  readonly appId: string;
  readonly teamId: string;
  readonly handle: string;
  readonly token: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** OAuth scopes of the bot's token. */
  readonly scopes: ReadonlySet<string>;
}

/** What the platform knows of a person. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  /** Another bot. */
  readonly isBot: boolean;
  /** Whether the bot may write to them. */
  takesDirect: boolean;
}

/** An address that answers to a tap or command can be sent to. */
interface ResponseUrl {
  readonly channel: Channel;
  readonly userId: string;
  readonly madeAt: number;
  uses: number;
}

/** Everything the platform knows, and whoever waits for a change of it. */
export class World {
  readonly bot: Bot;
  readonly now: () => number;
  readonly channels = new Map<string, Channel>();
  readonly people = new Map<string, Person>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  private readonly waiting = new Set<{ readonly isDone: () => boolean; readonly resolve: () => void }>();
  private counter = 0;

  constructor(bot: Bot, now: () => number) {
    this.bot = bot;
    this.now = now;
  }

  /** A number never given before, for ids. */
  nextNumber(): number {
    this.counter += 1;
    return this.counter;
  }

  /** A time stamp: seconds since 1970, and a counter that makes it unique. */
  nextTs(): string {
    return `${Math.floor(this.now() / 1000)}.${String(this.nextNumber()).padStart(6, '0')}`;
  }

  addChannel(id: string, kind: Channel['kind'], name: string, members: readonly string[]): Channel {
    const channel: Channel = { id, kind, name, members: new Set(members), isArchived: false, messages: [] };
    this.channels.set(id, channel);
    return channel;
  }

  /** The direct channel of a person and the bot, made when there is none. */
  directOf(userId: string): Channel {
    const id = `D${userId.slice(1)}`;
    return this.channels.get(id) ?? this.addChannel(id, 'im', 'directmessage', [userId, this.bot.userId]);
  }

  post(channel: Channel, message: Omit<StoredMessage, 'ts' | 'editedTs'>): StoredMessage {
    const stored = { ...message, ts: this.nextTs(), editedTs: null };
    channel.messages.push(stored);
    this.changed();
    return stored;
  }

  replace(channel: Channel, ts: string, by: StoredMessage): void {
    channel.messages = channel.messages.map((message) => (message.ts === ts ? by : message));
    this.changed();
  }

  remove(channel: Channel, ts: string): void {
    channel.messages = channel.messages.filter((message) => message.ts !== ts);
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
}
