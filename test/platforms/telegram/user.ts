import type { Channel } from './channel.js';
import type { Group } from './group.js';
import { checkRights, enterQuietly, isEphemeral, senderIn } from './member-rules.js';
import { botMember, botObject, chatObject } from './objects.js';
import { changeWords, type Posting, postInto } from './posting.js';
import type { UpdateQueue } from './update-queue.js';
import { isSeenBy, type SeenMessage, seenBy } from './view.js';
import type { HiddenLink } from './words.js';
import { type Chat, messageIn, type StoredMessage, type World } from './world.js';

export interface UserOptions {
  readonly firstName?: string;
  readonly username?: string;
  readonly languageCode?: string;
}

/** Where something is written, and as whom: in the chat with the bot unless a group is named. */
export interface Where {
  readonly in?: Group;
  readonly topic?: number;
  /** The message that is replied to. */
  readonly replyTo?: number;
  /** An administrator who hides who they are, or one of the person's channels. */
  readonly as?: 'anonymous' | Channel;
}

export interface Tapping extends Where {
  /** The message below which the button is; the newest with such a button without it. */
  readonly below?: number;
}

export interface Saying extends Where {
  readonly hiddenLinks?: readonly HiddenLink[];
  /** Words that mention the bot by its id. */
  readonly mentionsBotAs?: string;
}

/** A person with a Telegram client. What they do returns once Telegram has it; the bot may not have seen it yet. */
export class User {
  readonly id: number;
  /** The chat with the bot. */
  readonly direct: Chat;
  private readonly world: World;
  private readonly queue: UpdateQueue;

  constructor(world: World, queue: UpdateQueue, id: number, options: UserOptions) {
    this.world = world;
    this.queue = queue;
    this.id = id;
    const { firstName: name = 'Ann', username, languageCode } = options;
    world.people.set(id, {
      ...{ id, is_bot: false, first_name: name },
      ...(username === undefined ? {} : { username }),
      ...(languageCode === undefined ? {} : { language_code: languageCode }),
    });
    this.direct = world.addChat({ id, type: 'private', title: name });
  }

  /** Presses START, below a deep link when there is a payload. */
  starts(payload = ''): number {
    if (this.direct.botStatus === 'kicked') this.unblocks();
    return this.says(payload === '' ? '/start' : `/start ${payload}`);
  }

  /** Opens a link: one to the bot's own chat presses START there, any other leads out of Telegram. */
  opens(url: string): void {
    const name = this.world.bot.username;
    const start = new RegExp(`^https://t\\.me/${name}\\?start=([A-Za-z0-9_-]{1,64})$`, 'i');
    const payload = start.exec(url)?.[1];
    if (payload !== undefined) this.starts(payload);
  }

  /** Writes a text; returns its message id. The first one opens the chat. */
  says(text: string, where: Saying = {}): number {
    return this.writes({}, 'text', text, where);
  }

  /** Gives a command; in a group it is for the bot's eyes only where the bot's menu says so. */
  command(name: string, rest = '', where: Where = {}): number {
    const text = `/${name}${rest === '' ? '' : ` ${rest}`}`;
    if (
      where.in === undefined ||
      where.as !== undefined ||
      !isEphemeral(this.world, name, this.object().language_code)
    )
      return this.says(text, where);
    return this.whispers(text, where.in, where);
  }

  /** Writes what only the bot sees in a group: a command of its menu, or a reply to what only this person sees. */
  whispers(text: string, group: Group, where: Pick<Where, 'topic'> = {}): number {
    enterQuietly(group.chat, this.id);
    return postInto(this.world, this.queue, group.chat, {
      ...{ author: this.id, sender: { from: this.object() }, words: text },
      ephemeral: { userId: this.id },
      ...(where.topic === undefined ? {} : { topic: where.topic }),
    });
  }

  sendsPhoto(caption = '', where: Saying = {}): number {
    const photo = [{ file_id: 'AgACAgQAAx', file_unique_id: 'AQADx', width: 1280, height: 960 }];
    return this.writes({ photo }, 'caption', caption, where);
  }

  sendsDocument(fileName: string, caption = '', where: Saying = {}): number {
    const document = { file_id: 'BQACAgQAAx', file_unique_id: 'AgADx', file_name: fileName };
    return this.writes({ document }, 'caption', caption, where);
  }

  sticker(where: Where = {}): number {
    const sticker = { file_id: 'CAACAgQAAx', file_unique_id: 'AgADy', emoji: '👍' };
    return this.writes({ sticker }, 'caption', '', where);
  }

  voice(where: Where = {}): number {
    const voice = { file_id: 'AwACAgQAAx', file_unique_id: 'AgADz', duration: 3 };
    return this.writes({ voice }, 'caption', '', where);
  }

  sendsVideo(where: Where = {}): number {
    const video = { file_id: 'BAACAgQAAx', file_unique_id: 'AgADv', width: 640, height: 480, duration: 3 };
    return this.writes({ video }, 'caption', '', where);
  }

  sendsLocation(where: Where = {}): number {
    return this.writes({ location: { latitude: 52.5, longitude: 13.4 } }, 'caption', '', where);
  }

  sharesContact(phone: string): number {
    const contact = { phone_number: phone, first_name: 'Ann', user_id: this.id };
    return this.writes({ contact }, 'caption', '', {});
  }

  /** Forwards a text of somebody else, by handle or, where that account hides itself, by name. */
  forwards(
    text: string,
    from: { readonly username: string } | { readonly name: string },
    saying: Saying = {},
  ): number {
    const date = this.world.date();
    const origin =
      'username' in from
        ? {
            type: 'user',
            date,
            sender_user: { id: 42, is_bot: false, first_name: 'X', username: from.username },
          }
        : { type: 'hidden_user', date, sender_user_name: from.name };
    return this.writes({ forward_origin: origin }, 'text', text, saying);
  }

  /** Changes the text or caption of a message of one's own. Throws when there is no such message. */
  edits(messageId: number, text: string, where: Where = {}): void {
    const chat = this.chatOf(where);
    const message = messageIn(chat, messageId);
    if (message === undefined || message.author !== this.id) throw new Error('no message of this person');
    changeWords(this.world, this.queue, chat, message, text);
  }

  /** Deletes a message of one's own; bots are told nothing. */
  deletes(messageId: number, where: Where = {}): void {
    this.world.remove(this.chatOf(where), messageId);
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
    group.lets(this, 'join');
  }

  leaves(group: Group): void {
    group.lets(this, 'leave');
  }

  /**
   * Taps the newest button with this label, or the one below a certain message. A callback goes to the bot; a link to
   * the bot's own chat presses START there; any other link is only returned. Throws when no such button is to be seen.
   */
  taps(label: string, where: Tapping = {}): string | null {
    const chat = this.chatOf(where);
    for (const message of chat.messages.toReversed()) {
      if (!isSeenBy(this.id, message) || message.messageId !== (where.below ?? message.messageId)) continue;
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
    return seenBy(this.id, this.chatOf(where), from, where.topic);
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

  /** Sends any callback data, as a changed client could: below a message, or the newest one of the bot. */
  tapsData(data: string, message?: StoredMessage, chat: Chat = this.direct): void {
    const below = message ?? chat.messages.findLast(({ author }) => author === 'bot');
    if (below === undefined) throw new Error('the bot has said nothing');
    const id = this.world.nextTapId();
    this.world.taps.set(id, { userId: this.id, chatId: chat.id, at: this.world.now(), answer: null });
    this.queue.add('callback_query', chat.id, {
      id,
      from: this.object(),
      message: below.raw,
      chat_instance: '-3456789012345678901',
      data,
    });
  }

  private writes(
    content: Posting['content'] & object,
    field: 'text' | 'caption',
    words: string,
    where: Saying,
  ): number {
    const chat = this.chatOf(where);
    if (chat === this.direct && chat.botStatus === 'kicked') throw new Error('the chat is blocked');
    if (chat === this.direct) chat.botStatus = 'member';
    else enterQuietly(chat, this.id);
    checkRights(chat, this.id, where.topic);
    const { topic, replyTo, hiddenLinks = [], mentionsBotAs } = where;
    return postInto(this.world, this.queue, chat, {
      ...{ author: this.id, sender: senderIn(chat, this.object(), where.as), content, field, words },
      marking: {
        hiddenLinks,
        mentions: mentionsBotAs === undefined ? [] : [{ words: mentionsBotAs, user: botObject(this.world) }],
      },
      ...(topic === undefined ? {} : { topic }),
      ...(replyTo === undefined ? {} : { replyTo }),
    });
  }

  private setDirect(status: 'member' | 'kicked'): void {
    const before = botMember(this.world, {
      ...this.direct,
      botStatus: status === 'member' ? 'kicked' : 'member',
    });
    this.direct.botStatus = status;
    this.queue.add('my_chat_member', this.id, {
      chat: chatObject(this.direct),
      from: this.object(),
      date: this.world.date(),
      old_chat_member: before,
      new_chat_member: botMember(this.world, this.direct),
    });
  }

  private chatOf(where: Where): Chat {
    return where.in?.chat ?? this.direct;
  }

  private object(): Readonly<Record<string, unknown>> {
    return this.world.people.get(this.id) ?? {};
  }
}
