const EPOCH_MS = 1_420_070_400_000;
/** How long an interaction waits for its first answer (Discord, Receiving and Responding: 3 seconds). */
export const FIRST_ANSWER_MS = 3_000;

/** A component of a message, as Discord has it; rows hold buttons or one select menu. */
export interface SeenComponent {
  readonly type: number;
  readonly style?: number | undefined;
  readonly label?: string | undefined;
  readonly custom_id?: string | undefined;
  readonly url?: string | undefined;
  readonly options?: readonly { readonly label: string; readonly value: string }[] | undefined;
}
export interface SeenRow {
  readonly components: readonly SeenComponent[];
}

/** A message as the platform keeps it. `extra` is what else the API shows of it. */
export interface StoredMessage {
  readonly id: string;
  readonly author: 'bot' | string;
  readonly content: string;
  readonly components: readonly SeenRow[];
  readonly flags: number;
  /** Kinds of mention in it that call people. */
  readonly pings: readonly string[];
  readonly type: number;
  readonly nonce: string | null;
  readonly editedAt: number | null;
  /** The only person who sees it; `null` for everybody. */
  readonly onlyFor: string | null;
  /** "Thinking …": a deferred answer that has not come. */
  readonly thinking: boolean;
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface Channel {
  readonly id: string;
  readonly kind: 'direct' | 'text' | 'thread';
  readonly guild: Guild | null;
  /** The person of a direct channel. */
  readonly recipient: string | null;
  readonly parent: string | null;
  readonly name: string;
  /** Whether the bot lacks the right to write in it. */
  isReadOnly: boolean;
  messages: StoredMessage[];
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly members: Set<string>;
  /** Whether the bot may delete what others wrote. */
  botManagesMessages: boolean;
  /** Whether the bot is in it at all. */
  hasBot: boolean;
  /** The bot's rights as `GET /users/@me/guilds` shows them. */
  botPermissions: bigint;
}

export interface Bot {
  readonly id: string;
  readonly applicationId: string;
  readonly username: string;
  readonly token: string;
  /** Whether the privileged message-content intent is switched on in the developer portal. */
  readonly mayReadContent: boolean;
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly locale: string;
  /** Another bot. */
  readonly isBot: boolean;
  /** Closed their direct messages to servers, or blocked the bot. */
  isClosed: boolean;
}

/** A tap or command that the bot has to answer. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly channel: Channel;
  readonly user: string;
  readonly usedAt: number;
  /** The type of the first answer; `null` before it came. */
  answered: number | null;
  ephemeral: boolean;
  /** The deferred message, until a first follow-up fills it. */
  original: string | null;
}

/** Everything the platform knows, and whoever waits for a change of it. */
export class World {
  readonly bot: Bot;
  readonly now: () => number;
  readonly people = new Map<string, Person>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly interactions = new Map<string, Interaction>();
  /** What else the developer portal says of the app. */
  app: Readonly<Record<string, unknown>> = { flags: 0, bot_public: false, bot_require_code_grant: false };
  /** How often the bot may still connect. */
  sessionsLeft = 999;
  /** Those that wait for their first answer. */
  readonly unanswered = new Set<Interaction>();
  /** The registered slash commands. */
  commands: readonly Readonly<Record<string, unknown>>[] = [];
  private readonly waiting = new Set<{ readonly isDone: () => boolean; readonly resolve: () => void }>();
  private readonly directs = new Map<string, Channel>();
  private lastMs = 0;
  private increment = 0n;

  constructor(bot: Bot, now: () => number) {
    this.bot = bot;
    this.now = now;
  }

  /** A snowflake of this moment, higher than every one before. */
  nextId(): string {
    const ms = Math.max(this.now(), this.lastMs);
    this.increment = ms === this.lastMs ? this.increment + 1n : 0n;
    this.lastMs = ms;
    return String((BigInt(ms - EPOCH_MS) << 22n) | this.increment);
  }

  addChannel(channel: Omit<Channel, 'id' | 'messages' | 'isReadOnly'>): Channel {
    const added: Channel = { ...channel, id: this.nextId(), isReadOnly: false, messages: [] };
    this.channels.set(added.id, added);
    return added;
  }

  /** The direct channel of a person, opened where it is not yet. */
  directOf(user: string): Channel {
    const known = this.directs.get(user);
    if (known !== undefined) return known;
    const opened = this.addChannel({
      kind: 'direct',
      guild: null,
      recipient: user,
      parent: null,
      name: 'direct',
    });
    this.directs.set(user, opened);
    return opened;
  }

  post(channel: Channel, message: Omit<StoredMessage, 'id' | 'editedAt'>): StoredMessage {
    const stored = { ...message, id: this.nextId(), editedAt: null };
    channel.messages.push(stored);
    this.changed();
    return stored;
  }

  replace(channel: Channel, by: StoredMessage): void {
    channel.messages = channel.messages.map((message) => (message.id === by.id ? by : message));
    this.changed();
  }

  remove(channel: Channel, id: string): void {
    channel.messages = channel.messages.filter((message) => message.id !== id);
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
