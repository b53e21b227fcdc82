import { type Gateway, intentOf } from './gateway.js';
import type { Server } from './guild-server.js';
import { shown } from './markdown-view.js';
import { interactionObject, messageObject } from './objects.js';
import {
  type Channel,
  FIRST_ANSWER_MS,
  type Interaction,
  type Person,
  type SeenComponent,
  type StoredMessage,
  type World,
} from './world.js';

/** Where something is said or seen: in the direct chat with the bot unless a channel is named. */
export interface Where {
  readonly in?: Channel;
}

export interface Tapping extends Where {
  /** The message below which the button is; the newest with such a button without it. */
  readonly below?: string;
}

export interface Saying extends Where {
  /** The message that is replied to. */
  readonly replyTo?: string;
}

/** A message as the person sees it: plain words, without the escapes of Markdown. */
export interface SeenMessage {
  readonly id: string;
  readonly from: 'bot' | 'user';
  readonly text: string;
  /** What in it is more than words: links, mentions, formatting. */
  readonly marks: readonly string[];
  readonly buttons: readonly SeenComponent[];
  /** Options of its select menus. */
  readonly options: readonly { readonly label: string; readonly value: string }[];
  /** Whether only this person sees it. */
  readonly ephemeral: boolean;
  /** Whether it only says "thinking …". */
  readonly thinking: boolean;
  /** Whether its links show a preview. */
  readonly showsPreviews: boolean;
}

/** A file as Discord describes it. */
export interface SentFile {
  readonly filename: string;
  readonly content_type?: string;
  readonly title?: string;
  readonly description?: string;
}

/** A person with a Discord client. What they do returns once Discord has it; the bot may not have seen it yet. */
export class User {
  readonly id: string;
  private readonly world: World;
  private readonly gateway: Gateway;
  private readonly person: Person;

  constructor(world: World, gateway: Gateway, person: Person) {
    this.world = world;
    this.gateway = gateway;
    this.person = person;
    this.id = person.id;
  }

  /** The direct channel with the bot. */
  get direct(): Channel {
    return this.world.directOf(this.id);
  }

  /** Writes a text; returns its message id. */
  says(text: string, where: Saying = {}): string {
    return this.writes({ content: text, extra: {} }, where);
  }

  /** Writes a text that mentions the bot first. */
  mentions(text: string, channel: Channel): string {
    return this.says(`<@${this.world.bot.id}> ${text}`, { in: channel });
  }

  sendsPhoto(caption = '', where: Saying = {}): string {
    return this.sendsFiles([{ filename: 'image.png', content_type: 'image/png' }], caption, where);
  }

  sendsDocument(filename: string, caption = '', where: Saying = {}): string {
    return this.sendsFiles([{ filename, content_type: 'application/octet-stream' }], caption, where);
  }

  sendsFiles(files: readonly SentFile[], caption = '', where: Saying = {}): string {
    const attachments = files.map((file, index) => ({
      ...{
        id: String(index + 1),
        size: 10,
        url: 'https://cdn.invalid/1',
        proxy_url: 'https://cdn.invalid/1',
      },
      ...file,
    }));
    return this.writes({ content: caption, extra: { attachments } }, where);
  }

  sticker(where: Saying = {}): string {
    const sticker_items = [{ id: '749054660769218631', name: 'Wave', format_type: 3 }];
    return this.writes({ content: '', extra: { sticker_items } }, where);
  }

  voice(where: Saying = {}): string {
    const attachments = [{ id: '1', filename: 'voice-message.ogg', content_type: 'audio/ogg', size: 10 }];
    return this.writes({ content: '', extra: { attachments }, flags: 1 << 13 }, where);
  }

  /** Forwards a text from elsewhere; Discord does not say who wrote it. */
  forwards(text: string, where: Saying = {}): string {
    const copy = {
      ...{ content: text, type: 0, flags: 0, attachments: [], embeds: [], mentions: [], components: [] },
      ...{ timestamp: new Date(this.world.now()).toISOString(), edited_timestamp: null },
    };
    const message_reference = { type: 1, channel_id: '1', message_id: '2' };
    return this.writes(
      { content: '', extra: { message_reference, message_snapshots: [{ message: copy }] } },
      where,
    );
  }

  /** Changes a text of one's own. Throws when there is no such message. */
  edits(id: string, text: string, where: Where = {}): void {
    const channel = where.in ?? this.direct;
    const message = channel.messages.find((one) => one.id === id && one.author === this.id);
    if (message === undefined) throw new Error('no message of this person');
    const edited = { ...message, content: text, editedAt: this.world.now() };
    this.world.replace(channel, edited);
    this.tell('MESSAGE_UPDATE', channel, edited);
  }

  /** Deletes a message of one's own. */
  deletes(id: string, where: Where = {}): void {
    const channel = where.in ?? this.direct;
    this.world.remove(channel, id);
    const guild = channel.guild === null ? {} : { guild_id: channel.guild.id };
    this.gateway.dispatch('MESSAGE_DELETE', intentOf(channel), () => ({
      id,
      channel_id: channel.id,
      ...guild,
    }));
  }

  /** Gives a slash command. */
  command(name: string, where: Where = {}, options: readonly { name: string; value: string }[] = []): void {
    const data = {
      ...{ id: '1', name, type: 1 },
      options: options.map((option) => ({ type: 3, ...option })),
    };
    this.interacts(where.in ?? this.direct, { type: 2, data });
  }

  /**
   * Taps the newest button with this label, or chooses the option of a menu. A link is only returned. Throws when
   * nothing of that label is to be seen.
   */
  taps(label: string, where: Tapping = {}): string | null {
    const channel = where.in ?? this.direct;
    for (const message of this.visible(channel).toReversed()) {
      if (where.below !== undefined && message.id !== where.below) continue;
      for (const component of message.components.flatMap((row) => row.components)) {
        if (component.label === label) {
          if (component.custom_id !== undefined) this.tapsId(component.custom_id, message, channel);
          return component.url ?? null;
        }
        const option = component.options?.find((one) => one.label === label);
        if (option === undefined) continue;
        const data = { custom_id: component.custom_id, component_type: 3, values: [option.value] };
        this.tapsData(data, message, channel);
        return null;
      }
    }
    throw new Error(`no button "${label}" to be seen`);
  }

  /** Sends any button payload, as a changed client could. */
  tapsId(id: string, message: StoredMessage, channel: Channel): void {
    this.tapsData({ custom_id: id, component_type: 2 }, message, channel);
  }

  /** Closes the direct chat, or blocks the bot: Discord treats both alike. */
  closesDirect(): void {
    this.person.isClosed = true;
  }

  opensDirect(): void {
    this.person.isClosed = false;
  }

  joins(server: Server): void {
    server.guild.members.add(this.id);
  }

  leaves(server: Server): void {
    server.guild.members.delete(this.id);
  }

  /** What became of what the person tapped and the commands they gave, oldest first. */
  interactions(): readonly ('waiting' | 'answered' | 'failed')[] {
    const own = [...this.world.interactions.values()].filter(({ user }) => user === this.id);
    return own.map((interaction) => stateOf(interaction, this.world.now()));
  }

  /** What the person sees in a channel, oldest first; deleted messages are gone. */
  sees(where: Where = {}): readonly SeenMessage[] {
    return this.visible(where.in ?? this.direct).map((message) => {
      const components = message.components.flatMap((row) => row.components);
      return {
        id: message.id,
        from: message.author === 'bot' ? 'bot' : 'user',
        ...shown(message.content, message.pings),
        buttons: components.filter(({ type }) => type === 2),
        options: components.flatMap(({ options }) => options ?? []),
        ephemeral: message.onlyFor !== null,
        thinking: message.thinking,
        showsPreviews: (message.flags & (1 << 2)) === 0,
      };
    });
  }

  /** The bot's texts in a channel, oldest first. */
  hears(where: Where = {}): readonly string[] {
    return this.sees(where)
      .filter(({ from, thinking }) => from === 'bot' && !thinking)
      .map(({ text }) => text);
  }

  private tapsData(data: Readonly<Record<string, unknown>>, message: StoredMessage, channel: Channel): void {
    const shown = messageObject(this.world, channel, message, { readsContent: true, forGateway: false });
    this.interacts(channel, { type: 3, data, message: shown });
  }

  private interacts(
    channel: Channel,
    content: {
      readonly type: number;
      readonly data: Readonly<Record<string, unknown>>;
      readonly message?: Readonly<Record<string, unknown>>;
    },
  ): void {
    const id = this.world.nextId();
    const interaction = {
      ...{ id, token: `interaction-token-${id}-made-up`, channel, user: this.id, usedAt: this.world.now() },
      ...{ answered: null, ephemeral: false, original: null },
    };
    this.world.interactions.set(interaction.token, interaction);
    this.world.unanswered.add(interaction);
    this.gateway.dispatch('INTERACTION_CREATE', null, () =>
      interactionObject(this.world, interaction, content),
    );
  }

  private writes(
    content: {
      readonly content: string;
      readonly flags?: number;
      readonly extra: Readonly<Record<string, unknown>>;
    },
    where: Saying,
  ): string {
    const channel = where.in ?? this.direct;
    const reply = where.replyTo === undefined ? {} : { replyTo: where.replyTo };
    const message = this.world.post(channel, {
      ...{ author: this.id, content: content.content, components: [], flags: content.flags ?? 0 },
      ...{ type: where.replyTo === undefined ? 0 : 19, nonce: null, onlyFor: null, thinking: false },
      pings: ['users', 'roles'],
      extra: { ...content.extra, ...reply },
    });
    this.tell('MESSAGE_CREATE', channel, message);
    return message.id;
  }

  private tell(event: string, channel: Channel, message: StoredMessage): void {
    if (channel.guild?.hasBot === false) return;
    this.gateway.dispatch(event, intentOf(channel), (readsContent) =>
      messageObject(this.world, channel, message, { readsContent, forGateway: true }),
    );
  }

  private visible(channel: Channel): readonly StoredMessage[] {
    return channel.messages.filter(({ onlyFor }) => onlyFor === null || onlyFor === this.id);
  }
}

/** The app says "This interaction failed" when the first answer has not come in time. */
function stateOf({ answered, usedAt }: Interaction, now: number): 'waiting' | 'answered' | 'failed' {
  if (answered !== null) return 'answered';
  return now - usedAt > FIRST_ANSWER_MS ? 'failed' : 'waiting';
}
