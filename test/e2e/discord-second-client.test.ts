import { once } from 'node:events';
import { Client as DiscordJs, Events, GatewayIntentBits, MessageFlags, Partials } from 'discord.js';
import { Intents, InteractionTypes, Client as Oceanic } from 'oceanic.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';

let discord: DiscordPlatform;
let leave: () => Promise<void> | void = () => undefined;

beforeEach(async () => {
  discord = await startDiscordPlatform({ mayReadContent: true });
});

afterEach(async () => {
  await leave();
  await discord.close();
});

const button = (label: string, customId: string) =>
  ({
    type: 1,
    components: [{ type: 2, style: 2, label, custom_id: customId }],
  }) as const;

describe('discord.js, unmodified', () => {
  it('talks with people on the emulator: a text, a tap, a command, a resumed session', async () => {
    const client = new DiscordJs({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
      partials: [Partials.Channel],
      rest: { api: discord.apiUrl },
    });
    leave = () => client.destroy();
    client.on(Events.MessageCreate, (message) => {
      if (message.author.bot) return;
      void message.reply({ content: `you said ${message.content}`, components: [button('More', 'more')] });
    });
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isButton()) void interaction.reply({ content: 'more', flags: MessageFlags.Ephemeral });
      if (!interaction.isChatInputCommand()) return;
      void interaction
        .deferReply({ flags: MessageFlags.Ephemeral })
        .then(() => interaction.followUp('help is here'));
    });
    const ready = once(client, Events.ClientReady);
    await client.login(discord.bot.token);
    await ready;
    expect(client.guilds.cache.get(discord.home.id)?.name).toBe('Harbor Wallet');

    const ann = discord.user();
    ann.says('hello');
    await discord.until(() => ann.hears().includes('you said hello'));
    const { channel } = discord.home;
    ann.mentions('hello', channel);
    await discord.until(() => ann.hears({ in: channel }).length === 1);
    ann.taps('More', { in: channel });
    await discord.until(() => ann.sees({ in: channel }).at(-1)?.text === 'more');
    ann.command('help', { in: channel });
    await discord.until(() => ann.sees({ in: channel }).at(-1)?.text === 'help is here');
    expect(ann.sees({ in: channel }).filter(({ ephemeral }) => ephemeral)).toHaveLength(2);

    discord.gateway.cut();
    ann.says('again');
    await discord.until(() => ann.hears().includes('you said again'));
    expect(discord.gateway.resumes).toHaveLength(1);
  });
});

describe('oceanic.js, which shares no code with it', () => {
  it('talks with people on the emulator: a text, a tap, a resumed session', async () => {
    const client = new Oceanic({
      auth: `Bot ${discord.bot.token}`,
      rest: { baseURL: `${discord.apiUrl}/v10` },
      gateway: { intents: Intents.GUILDS | Intents.GUILD_MESSAGES | Intents.DIRECT_MESSAGES, maxShards: 1 },
    });
    leave = () => client.disconnect(false);
    client.on('messageCreate', (message) => {
      if (message.author.bot) return;
      const content = `you said ${message.content}`;
      const components = [
        { type: 1 as const, components: [{ type: 2 as const, style: 2, label: 'More', customID: 'more' }] },
      ];
      void client.rest.channels.createMessage(message.channelID, { content, components } as never);
    });
    client.on('interactionCreate', (interaction) => {
      if (interaction.type !== InteractionTypes.MESSAGE_COMPONENT) return;
      void interaction.deferUpdate().then(() => interaction.createFollowup({ content: 'more' }));
    });
    const ready = once(client, 'ready');
    await client.connect();
    await ready;

    const ann = discord.user();
    ann.says('hello');
    await discord.until(() => ann.hears().includes('you said hello'));
    ann.taps('More');
    await discord.until(() => ann.hears().includes('more'));

    discord.gateway.askToReconnect();
    await discord.until(() => discord.gateway.resumes.length === 1);
    ann.says('again');
    await discord.until(() => ann.hears().includes('you said again'));
  });
});
