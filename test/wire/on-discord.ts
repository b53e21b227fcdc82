import { createDiscordAdapter } from '../../adapters/discord/index.js';
import type { Deed, Where as Place, SentThing } from '../../src/simulate/deed.js';
import { hintFor } from '../../src/simulate/locale-hint.js';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import type { User, Where } from '../platforms/discord/user.js';
import type { Channel } from '../platforms/discord/world.js';
import {
  type Ground,
  type GroundOptions,
  NEVER_MS,
  type Person,
  type SeenButton,
  type SeenMessage,
} from './ground.js';

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
    person: (locale) => new DiscordPerson(discord, locale),
    tellsOfBlocks: false,
    opensChat: ({ data }, flow) => data?.endsWith(`:${flow}`) === true,
    redeliver: async () => discord.gateway.repeatLast(),
    quiet: async () => undefined,
    pending: () => discord.unanswered(),
    close: () => discord.close(),
  };
}

class DiscordPerson implements Person {
  readonly #user: User;
  readonly #channel: Channel;
  readonly #bot: string;
  #lastText = '';

  constructor(discord: DiscordPlatform, locale: string) {
    this.#user = discord.user({ locale: hintFor('discord', locale) });
    this.#bot = discord.bot.id;
    this.#channel = discord.home.openChannel('wallet-talk');
  }

  does(deed: Deed, place: Place, below: string | null): void {
    const user = this.#user;
    const where = this.#where(place);
    switch (deed.kind) {
      case 'says':
        this.#lastText = user.says(this.#addressed(deed.text, place), where);
        return;
      case 'edits':
        user.edits(this.#lastText, this.#addressed(deed.text, place), where);
        return;
      case 'sends':
        sendThing(user, deed.what, where);
        return;
      case 'taps':
        user.taps(deed.button.label, { ...where, ...(below === null ? {} : { below }) });
        return;
      case 'opens':
        // Discord has no START button; the command does what it does.
        user.command('start', where);
        return;
      case 'command':
        user.command(deed.name, where);
        return;
      case 'blocks':
        user.closesDirect();
        return;
      case 'unblocks':
        user.opensDirect();
        return;
    }
  }

  sees(place: Place): readonly SeenMessage[] {
    return this.#user.sees(this.#where(place)).map((message) => ({
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
    }));
  }

  #addressed(text: string, place: Place): string {
    return place === 'group' ? `<@${this.#bot}> ${text}` : text;
  }

  #where(place: Place): Where {
    return place === 'group' ? { in: this.#channel } : {};
  }
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
