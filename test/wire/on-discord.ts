import { createDiscordAdapter } from '../../adapters/discord/index.js';
import type { SentThing } from '../../src/simulate/deed.js';
import { hintFor } from '../../src/simulate/locale-hint.js';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import type { SeenMessage as Shown, User, Where } from '../platforms/discord/user.js';
import {
  type Ground,
  type GroundOptions,
  NEVER_MS,
  type Person,
  type SeenButton,
  type SeenMessage,
} from './ground.js';
import { createPerson } from './person.js';

/** Discord's client is told no longer time than an hour. */
const LONG_MS = 3_600_000;
const TIMING = { requestMs: NEVER_MS, deferMs: NEVER_MS, greetingMs: NEVER_MS, stopMs: NEVER_MS };

/** Discord, with nothing but the least rights in a server. */
export async function openDiscord({ now }: GroundOptions): Promise<Ground> {
  const discord = await startDiscordPlatform({ now, heartbeatMs: LONG_MS });
  const { token } = discord.bot;
  const adapter = createDiscordAdapter({
    token,
    apiUrl: discord.apiUrl,
    callsPerSecond: Number.POSITIVE_INFINITY,
    timing: TIMING,
  });
  return {
    adapter,
    start: async (host) => {
      await adapter.start(host);
      await discord.online();
    },
    person: (locale) => discordPerson(discord, locale),
    tellsOfBlocks: false,
    opensChat: ({ data }, flow) => data?.endsWith(`:${flow}`) === true,
    redeliver: async () => discord.gateway.repeatLast(),
    quiet: async () => undefined,
    pending: () => discord.unanswered(),
    close: () => discord.close(),
  };
}

function discordPerson(discord: DiscordPlatform, locale: string): Person {
  const user = discord.user({ locale: hintFor('discord', locale) });
  return createPerson<Where, string>({
    user,
    direct: {},
    group: { in: discord.home.openChannel('wallet-talk') },
    mention: `<@${discord.bot.id}>`,
    refOf: (id) => id,
    sends: (what, where) => sendThing(user, what, where),
    // Discord has no START button; the command does what it does.
    opens: (_flow, where) => user.command('start', where),
    command: (name, where) => user.command(name, where),
    blocks: () => user.closesDirect(),
    unblocks: () => user.opensDirect(),
    sees: (where) => user.sees(where).map(seen),
  });
}

function seen(message: Shown): SeenMessage {
  return {
    id: message.id,
    from: message.from,
    text: message.text,
    buttons: [
      ...message.options.map(({ label, value }) => ({ label, data: value, url: null, inMenu: true })),
      ...message.buttons.map(
        ({ label = '', custom_id: data, url }): SeenButton => ({
          label,
          data: data ?? null,
          url: url ?? null,
          inMenu: false,
        }),
      ),
    ],
    isEphemeral: message.ephemeral,
    isPending: message.thinking,
  };
}

function sendThing(user: User, what: SentThing, where: Where): void {
  switch (what) {
    case 'photo':
      user.sendsPhoto('', where);
      return;
    case 'document':
      user.sendsDocument('notes.pdf', '', where);
      return;
    case 'sticker':
      user.sticker(where);
      return;
    case 'voice':
      user.voice(where);
      return;
    case 'video':
      user.sendsFiles([{ filename: 'clip.mp4', content_type: 'video/mp4' }], '', where);
      return;
    case 'location':
    case 'contact':
      throw new Error(`nobody can send a ${what} on Discord`);
  }
}
