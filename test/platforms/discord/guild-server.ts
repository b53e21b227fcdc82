import { type Gateway, INTENT } from './gateway.js';
import { guildObject } from './objects.js';
import type { Channel, Guild, World } from './world.js';

/** View channels, send messages, also in threads, read their history. */
const USUAL = (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 38n);
const MANAGE_MESSAGES = 1n << 13n;

/** A server with channels. The bot is in it, without the right to delete what others wrote. */
export class Server {
  readonly guild: Guild;
  /** The first channel. */
  readonly channel: Channel;
  private readonly world: World;
  private readonly gateway: Gateway;

  constructor(world: World, gateway: Gateway, name: string) {
    this.world = world;
    this.gateway = gateway;
    const id = world.nextId();
    this.guild = {
      id,
      name,
      members: new Set(),
      botManagesMessages: false,
      hasBot: true,
      botPermissions: USUAL,
    };
    world.guilds.set(id, this.guild);
    this.channel = this.openChannel('general');
    gateway.dispatch('GUILD_CREATE', INTENT.guilds, () => guildObject(world, this.guild));
  }

  get id(): string {
    return this.guild.id;
  }

  openChannel(name: string): Channel {
    return this.world.addChannel({ kind: 'text', guild: this.guild, recipient: null, parent: null, name });
  }

  /** Opens a thread in the first channel. */
  openThread(name: string): Channel {
    const { guild, channel } = this;
    return this.world.addChannel({ kind: 'thread', guild, recipient: null, parent: channel.id, name });
  }

  /** Gives the bot the right to delete what others wrote. */
  allowDeleting(): void {
    this.guild.botManagesMessages = true;
    this.guild.botPermissions |= MANAGE_MESSAGES;
  }

  removeBot(): void {
    this.guild.hasBot = false;
    this.gateway.dispatch('GUILD_DELETE', INTENT.guilds, () => ({ id: this.id }));
  }
}
