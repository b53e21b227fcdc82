import type { Delivery } from './deliveries.js';
import { messageObject } from './methods.js';
import { type Notify, tell } from './tell.js';
import { type SeenMessage, seen } from './view.js';
import { escaped, type HiddenLink, typed } from './words.js';
import type { Channel, Person, SlackButton, StoredMessage, World } from './world.js';

export interface UserOptions {
  readonly name?: string;
  /** As Slack has it, such as `zh-CN`. */
  readonly locale?: string;
  /** Another bot. */
  readonly isBot?: boolean;
}

/** Where something is done: in the chat with the bot unless a channel is named. */
export interface Where {
  readonly in?: Channel;
  readonly thread?: string;
}

export interface Tapping extends Where {
  /** The message below which the button is; the newest with such a button without it. */
  readonly below?: string;
}

export interface Saying extends Where {
  readonly hiddenLinks?: readonly HiddenLink[];
}

/** A person with a Slack client. What they do returns once Slack has it; the bot may not have seen it yet. */
export class SlackUser {
  readonly id: string;
  private readonly world: World;
  private readonly notify: Notify;
  private readonly person: Person;

  constructor(world: World, notify: Notify, id: string, options: UserOptions) {
    this.world = world;
    this.notify = notify;
    this.id = id;
    const { name = 'ann', locale = 'en-US', isBot = false } = options;
    this.person = { id, name, locale, isBot, takesDirect: true };
    world.people.set(id, this.person);
  }

  /** Writes a text; returns its time stamp. `@lifeline` in a channel mentions the bot. */
  says(text: string, where: Saying = {}): string {
    const wire = typed(text, this.world.bot, where.hiddenLinks ?? []);
    return this.writes(wire, where, {});
  }

  sharesFile(name: string, mimetype: string, caption = '', where: Where = {}): string {
    const file = { id: `F${this.world.nextNumber()}`, name, title: name, mimetype, user: this.id };
    return this.writes(typed(caption, this.world.bot, []), where, { subtype: 'file_share', files: [file] });
  }

  /** Records a voice message. */
  voice(where: Where = {}): string {
    const name = 'audio_message.m4a';
    const file = {
      id: `F${this.world.nextNumber()}`,
      name,
      title: name,
      mimetype: 'audio/mp4',
      user: this.id,
    };
    const files = [{ ...file, subtype: 'slack_audio' }];
    return this.writes('', where, { subtype: 'file_share', files });
  }

  /** Shares a message of somebody else. */
  shares(text: string, author: string, where: Where = {}): string {
    return this.writes('', where, {
      attachments: [{ is_share: true, text: escaped(text), author_name: author, fallback: escaped(text) }],
    });
  }

  /** Changes a text of one's own. */
  edits(ts: string, text: string, where: Where = {}): void {
    const channel = this.channelOf(where);
    const before = this.own(channel, ts);
    const at = this.world.nextTs();
    const edited = { ...before, text: typed(text, this.world.bot, []), editedTs: at };
    this.world.replace(channel, ts, edited);
    this.tell(channel, edited.text, {
      subtype: 'message_changed',
      hidden: true,
      message: messageObject(this.world, edited),
      previous_message: messageObject(this.world, before),
      ts: at,
    });
  }

  deletes(ts: string, where: Where = {}): void {
    const channel = this.channelOf(where);
    const before = this.own(channel, ts);
    this.world.remove(channel, ts);
    const at = this.world.nextTs();
    this.tell(channel, before.text, {
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: ts,
      previous_message: messageObject(this.world, before),
      ts: at,
    });
  }

  joins(channel: Channel): void {
    channel.members.add(this.id);
  }

  leaves(channel: Channel): void {
    channel.members.delete(this.id);
  }

  /** Types `/lifeline` and what is behind it. */
  slash(text: string, where: Where = {}): Delivery {
    const channel = this.channelOf(where);
    const { bot } = this.world;
    return this.notify.interaction('slash_commands', {
      token: 'verification-token',
      team_id: bot.teamId,
      team_domain: 'harbor',
      channel_id: channel.id,
      channel_name: channel.name,
      user_id: this.id,
      user_name: this.person.name,
      command: '/lifeline',
      text: escaped(text),
      api_app_id: bot.appId,
      is_enterprise_install: 'false',
      response_url: this.notify.responseUrl(channel, this.id),
      trigger_id: `${this.world.nextNumber()}.900.abcdef`,
    });
  }

  /** Taps the newest button with this label that is to be seen. Throws when there is none. */
  taps(label: string, where: Tapping = {}): Delivery {
    const channel = this.channelOf(where);
    for (const message of this.visible(channel).toReversed()) {
      if (where.below !== undefined && message.ts !== where.below) continue;
      const button = seen(message).buttons.find((candidate) => candidate.label === label);
      if (button !== undefined) return this.tapsButton(button, message, channel);
    }
    throw new Error(`no button "${label}" to be seen`);
  }

  /** Taps a button of somebody else in one's own direct chat, as a changed client could. */
  tapsForeign(button: SlackButton): Delivery {
    const direct = this.world.directOf(this.id);
    const message = direct.messages.at(-1);
    if (message === undefined) throw new Error('nothing to be seen');
    return this.tapsButton(button, message, direct);
  }

  /** Taps any button, as a changed client could. */
  tapsButton(button: SlackButton, message: StoredMessage, channel: Channel): Delivery {
    const { bot } = this.world;
    return this.notify.interaction('interactive', {
      type: 'block_actions',
      user: { id: this.id, username: this.person.name, team_id: bot.teamId },
      api_app_id: bot.appId,
      token: 'verification-token',
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: message.onlyFor !== null,
        // Of a message that one person sees it is not said in which thread it stands.
        ...(message.threadTs === null || message.onlyFor !== null ? {} : { thread_ts: message.threadTs }),
      },
      trigger_id: `${this.world.nextNumber()}.900.abcdef`,
      team: { id: bot.teamId, domain: 'harbor' },
      channel: { id: channel.id, name: channel.name },
      // Nothing is shown again of a message that only one person sees.
      ...(message.onlyFor === null ? { message: messageObject(this.world, message) } : {}),
      response_url: this.notify.responseUrl(channel, this.id),
      actions: [
        {
          type: 'button',
          action_id: button.actionId,
          block_id: button.blockId,
          ...(button.value === undefined ? {} : { value: button.value }),
          text: { type: 'plain_text', text: button.label },
          action_ts: this.world.nextTs(),
        },
      ],
    });
  }

  /** Opens the assistant beside what one works on; returns the thread it opened. */
  opensAssistant(): string {
    const thread = this.world.nextTs();
    const title = { subtype: 'assistant_app_thread', user: this.id, thread_ts: thread, ts: thread };
    const direct = this.world.directOf(this.id);
    this.tell(direct, '', { ...title, text: 'New chat' });
    this.tell(direct, '', {
      subtype: 'message_changed',
      message: { ...title, text: 'A title', edited: { user: this.id, ts: this.world.nextTs() } },
      previous_message: { ...title, text: 'New chat' },
      ts: this.world.nextTs(),
    });
    this.notify.event('assistant_thread_started', {
      type: 'assistant_thread_started',
      assistant_thread: {
        user_id: this.id,
        context: {},
        channel_id: direct.id,
        thread_ts: thread,
      },
      event_ts: thread,
    });
    return thread;
  }

  /** From now on the bot cannot write to this person. */
  closesDirect(): void {
    this.person.takesDirect = false;
  }

  opensDirect(): void {
    this.person.takesDirect = true;
  }

  /** What the person sees, oldest first; in a channel only as a member, and nothing that is for somebody else. */
  sees(where: Where = {}): readonly SeenMessage[] {
    return this.visible(this.channelOf(where))
      .filter(({ threadTs }) => where.thread === undefined || threadTs === where.thread)
      .map(seen);
  }

  /** The bot's texts, oldest first. */
  hears(where: Where = {}): readonly string[] {
    return this.sees(where)
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text);
  }

  private writes(wire: string, where: Where, more: Readonly<Record<string, unknown>>): string {
    const channel = this.channelOf(where);
    if (channel.kind === 'channel' && !channel.members.has(this.id)) throw new Error('not a member');
    const stored = this.world.post(channel, {
      author: this.id,
      threadTs: where.thread ?? null,
      text: wire,
      blocks: [],
      isMarkup: true,
      metadata: null,
      onlyFor: null,
      files: Array.isArray(more.files) ? more.files : [],
    });
    this.tell(channel, wire, { ...messageObject(this.world, stored), ...more });
    return stored.ts;
  }

  private tell(channel: Channel, wire: string, content: Readonly<Record<string, unknown>>): void {
    tell(this.world, this.notify, channel, { ...content, wire });
  }

  private own(channel: Channel, ts: string): StoredMessage {
    const message = channel.messages.find((candidate) => candidate.ts === ts);
    if (message?.author !== this.id) throw new Error('no message of this person');
    return message;
  }

  private visible(channel: Channel): readonly StoredMessage[] {
    if (!channel.members.has(this.id)) return [];
    return channel.messages.filter(({ onlyFor }) => onlyFor === null || onlyFor === this.id);
  }

  private channelOf(where: Where): Channel {
    return where.in ?? this.world.directOf(this.id);
  }
}
