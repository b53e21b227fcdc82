import type { Group } from './group.js';
import type { UpdateQueue } from './update-queue.js';
import { captioned, type HiddenLink, isForBot, marked } from './words.js';
import type { Chat, InlineButton, StoredMessage, World } from './world.js';

export interface UserOptions {
  readonly firstName?: string;
  readonly username?: string;
  readonly languageCode?: string;
}

/** Where something is written: in the chat with the bot unless a group is named. */
export interface Where {
  readonly in?: Group;
  readonly topic?: number;
  /** The message that is replied to. */
  readonly replyTo?: number;
}

export interface Tapping extends Where {
  /** The message below which the button is; the newest with such a button without it. */
  readonly below?: number;
}

export interface Saying extends Where {
  readonly hiddenLinks?: readonly HiddenLink[];
}

/** A message as the person sees it. */
export interface SeenMessage {
  readonly messageId: number;
  readonly from: 'bot' | 'user';
  readonly text: string;
  readonly buttons: readonly InlineButton[];
  readonly threadId: number | null;
  /** Epoch ms. */
  readonly sentAt: number;
}

/** A person with a Telegram client. What they do returns once Telegram has it; the bot may not have seen it yet. */
export class User {
  readonly id: number;
  private readonly world: World;
  private readonly queue: UpdateQueue;
  private readonly options: UserOptions;
  private readonly direct: Chat;

  constructor(world: World, queue: UpdateQueue, id: number, options: UserOptions) {
    this.world = world;
    this.queue = queue;
    this.id = id;
    this.options = options;
    const title = options.firstName ?? 'Ann';
    this.direct = world.addChat({ id, type: 'private', title, isForum: false, botStatus: 'absent' });
  }

  /** Presses START, below a deep link when there is a payload. */
  starts(payload = ''): number {
    if (this.direct.botStatus === 'kicked') this.unblocks();
    return this.says(payload === '' ? '/start' : `/start ${payload}`);
  }

  /** Writes a text; returns its message id. The first one opens the chat. */
  says(text: string, where: Saying = {}): number {
    return this.writes({ text }, text, where);
  }

  command(name: string, rest = '', where: Where = {}): number {
    return this.says(`/${name}${rest === '' ? '' : ` ${rest}`}`, where);
  }

  sendsPhoto(caption = '', where: Where = {}): number {
    const photo = [{ file_id: 'AgACAgQAAx', file_unique_id: 'AQADx', width: 1280, height: 960 }];
    return this.writes({ photo, ...captioned(caption) }, caption, where);
  }

  sendsDocument(fileName: string, caption = '', where: Where = {}): number {
    const document = { file_id: 'BQACAgQAAx', file_unique_id: 'AgADx', file_name: fileName };
    return this.writes({ document, ...captioned(caption) }, caption, where);
  }

  sticker(where: Where = {}): number {
    return this.writes(
      { sticker: { file_id: 'CAACAgQAAx', file_unique_id: 'AgADy', emoji: '👍' } },
      '',
      where,
    );
  }

  voice(where: Where = {}): number {
    return this.writes({ voice: { file_id: 'AwACAgQAAx', file_unique_id: 'AgADz', duration: 3 } }, '', where);
  }

  sendsVideo(where: Where = {}): number {
    const video = { file_id: 'BAACAgQAAx', file_unique_id: 'AgADv', width: 640, height: 480, duration: 3 };
    return this.writes({ video }, '', where);
  }

  sendsLocation(where: Where = {}): number {
    return this.writes({ location: { latitude: 52.5, longitude: 13.4 } }, '', where);
  }

  sharesContact(phone: string): number {
    return this.writes({ contact: { phone_number: phone, first_name: 'Ann', user_id: this.id } }, '', {});
  }

  /** Forwards a text of somebody else, by handle or, where that account hides itself, by name. */
  forwards(
    text: string,
    from: { readonly username: string } | { readonly name: string },
    saying: Saying = {},
  ): number {
    const date = Math.floor(this.world.now() / 1000);
    const origin =
      'username' in from
        ? {
            type: 'user',
            date,
            sender_user: { id: 42, is_bot: false, first_name: 'X', username: from.username },
          }
        : { type: 'hidden_user', date, sender_user_name: from.name };
    return this.writes({ forward_origin: origin, text }, text, saying);
  }

  /** Changes a text of one's own. Throws when there is no such message. */
  edits(messageId: number, text: string, where: Where = {}): void {
    const chat = this.chatOf(where);
    const message = chat.messages.find((candidate) => candidate.messageId === messageId);
    if (message === undefined || message.author !== this.id) throw new Error('no message of this person');
    const raw = { ...message.raw, text, edit_date: Math.floor(this.world.now() / 1000), ...marked(text, []) };
    this.world.replace(chat, messageId, { ...message, text, raw });
    if (this.isShown(chat, text, where)) this.queue.add('edited_message', chat.id, raw);
  }

  /** Deletes a message of one's own; bots are told nothing. */
  deletes(messageId: number): void {
    this.world.remove(this.direct, messageId);
  }

  blocks(): void {
    this.setDirect('kicked');
  }

  unblocks(): void {
    this.setDirect('member');
  }

  /** The account is deleted. */
  leavesTelegram(): void {
    this.direct.isDeactivated = true;
  }

  joins(group: Group): void {
    group.chat.members.add(this.id);
    const message = { new_chat_members: [this.object()] };
    this.writes(message, '', { in: group });
  }

  /**
   * Taps the newest button with this label. A callback goes to the bot; a link to the bot's own chat presses START
   * there; any other link is only returned. Throws when no such button is to be seen.
   */
  taps(label: string, where: Tapping = {}): string | null {
    const chat = this.chatOf(where);
    for (const message of chat.messages.toReversed()) {
      if (where.below !== undefined && message.messageId !== where.below) continue;
      const button = message.buttons.flat().find((candidate) => candidate.text === label);
      if (button === undefined) continue;
      if (button.callback_data !== undefined) this.tapsData(button.callback_data, message, chat);
      else this.opens(button.url ?? '');
      return button.url ?? null;
    }
    throw new Error(`no button "${label}" to be seen`);
  }

  /** What the person sees in a chat, oldest first; deleted messages are gone. */
  sees(where: Where = {}): readonly SeenMessage[] {
    return this.seesFrom(0, where);
  }

  /** As `sees`, without the first `from` messages of the chat: for whoever looks again and again. */
  seesFrom(from: number, where: Where = {}): readonly SeenMessage[] {
    return this.chatOf(where)
      .messages.slice(from)
      .filter(({ threadId }) => where.topic === undefined || threadId === where.topic)
      .map((message) => ({
        messageId: message.messageId,
        from: message.author === 'bot' ? 'bot' : 'user',
        text: message.text,
        buttons: message.buttons.flat(),
        threadId: message.threadId,
        sentAt: message.sentAt,
      }));
  }

  /** The bot's texts in a chat, oldest first. */
  hears(where: Where = {}): readonly string[] {
    return this.sees(where)
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text);
  }

  /** What popped up after taps; `''` for an answer without words. */
  toasts(): readonly string[] {
    const own = [...this.world.taps.values()].filter(({ userId }) => userId === this.id);
    return own.map(({ answer }) => answer).filter((answer) => answer !== null);
  }

  /** Sends any callback data, as a changed client could. */
  tapsData(data: string, message: StoredMessage, chat: Chat): void {
    const id = this.world.nextTapId();
    this.world.taps.set(id, { userId: this.id, answer: null });
    this.queue.add('callback_query', chat.id, {
      id,
      from: this.object(),
      message: message.raw,
      chat_instance: '-3456789012345678901',
      data,
    });
  }

  private opens(url: string): void {
    const start = new RegExp(
      `^https://t\\.me/${this.world.bot.username}\\?start=([A-Za-z0-9_-]{1,64})$`,
      'i',
    );
    const payload = start.exec(url)?.[1];
    if (payload !== undefined) this.starts(payload);
  }

  private writes(content: Readonly<Record<string, unknown>>, words: string, where: Saying): number {
    const chat = this.chatOf(where);
    if (chat === this.direct && chat.botStatus === 'kicked') throw new Error('the chat is blocked');
    if (chat === this.direct) chat.botStatus = 'member';
    const messageId = this.world.nextMessageId();
    const repliedTo = chat.messages.find((candidate) => candidate.messageId === where.replyTo);
    const raw = {
      message_id: messageId,
      from: this.object(),
      chat: this.world.chatObject(chat),
      date: Math.floor(this.world.now() / 1000),
      ...(where.topic === undefined ? {} : { message_thread_id: where.topic, is_topic_message: true }),
      ...(repliedTo === undefined ? {} : { reply_to_message: repliedTo.raw }),
      ...content,
      ...('text' in content ? marked(words, where.hiddenLinks ?? []) : {}),
    };
    const threadId = where.topic ?? null;
    this.world.post(chat, { messageId, author: this.id, threadId, text: words, buttons: [], raw });
    if (this.isShown(chat, words, where) || 'new_chat_members' in content)
      this.queue.add('message', chat.id, raw);
    return messageId;
  }

  /** Group privacy: commands, mentions and replies to the bot only. */
  private isShown(chat: Chat, words: string, where: Where): boolean {
    if (chat.type === 'private') return true;
    if (chat.botStatus === 'absent' || chat.botStatus === 'kicked') return false;
    if (!this.world.bot.hasPrivacy || chat.botStatus === 'administrator') return true;
    const repliedTo = chat.messages.find((candidate) => candidate.messageId === where.replyTo);
    return repliedTo?.author === 'bot' || isForBot(words, this.world.bot.username);
  }

  private setDirect(status: 'member' | 'kicked'): void {
    this.direct.botStatus = status;
    const user = this.world.botObject();
    this.queue.add('my_chat_member', this.id, {
      chat: this.world.chatObject(this.direct),
      from: this.object(),
      date: Math.floor(this.world.now() / 1000),
      old_chat_member: { user, status: status === 'member' ? 'kicked' : 'member' },
      new_chat_member: { user, status },
    });
  }

  private chatOf(where: Where): Chat {
    return where.in?.chat ?? this.direct;
  }

  private object(): Readonly<Record<string, unknown>> {
    const { username, languageCode } = this.options;
    return {
      id: this.id,
      is_bot: false,
      first_name: this.direct.title,
      ...(username === undefined ? {} : { username }),
      ...(languageCode === undefined ? {} : { language_code: languageCode }),
    };
  }
}
