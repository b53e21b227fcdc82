import { createDiscordAdapter } from '../../../adapters/discord/index.js';
import type { Gateway } from '../../platforms/discord/gateway.js';
import { type DiscordPlatform, startDiscordPlatform } from '../../platforms/discord/server.js';
import type { User } from '../../platforms/discord/user.js';
import type { Channel } from '../../platforms/discord/world.js';
import type { OpenPlatform, Person, PlatformFixture, Room, Seen, TapState } from './fixture.js';

/** Calls that show a message. */
const POSTS: readonly string[] = ['createMessage', 'createFollowup'];

const TROUBLES: Readonly<Record<string, (gateway: Gateway) => void>> = {
  'a connection that breaks without a word': (gateway) => gateway.cut(),
  'being asked to reconnect (opcode 7)': (gateway) => gateway.askToReconnect(),
  'a session that may be resumed (opcode 9)': (gateway) => gateway.invalidate(true),
  'a session that is lost (opcode 9)': (gateway) => gateway.invalidate(false),
  'a session that is lost while nobody is connected': (gateway) => {
    gateway.loseSessions();
    gateway.cut();
  },
  'close code 4000': (gateway) => gateway.close(4000),
  'close code 4007': (gateway) => gateway.close(4007),
  'an event that is cut off': (gateway) => gateway.cutOffNext(1),
  'an event that is cut off each time': (gateway) => gateway.cutOffNext(3),
  'a greeting that cannot be read': (gateway) => {
    gateway.greetBadly(1);
    gateway.cut();
  },
  'a frame with an opcode that nobody knows': (gateway) => gateway.sendRaw('{"op":99,"d":{"a":1}}'),
  'a frame of 32 MB': (gateway) => gateway.sendRaw(`{"op":0,"t":"X","s":9,"d":"${'x'.repeat(32_000_000)}"}`),
  'an invalid session that says nothing': (gateway) => gateway.sendRaw('{"op":9}'),
};

/** Discord: a gateway that is resumed, and calls by REST. */
export const discordFixture: PlatformFixture = {
  name: 'Discord',
  platform: 'discord',
  traits: {
    network: true,
    people: 'many',
    bringsAgain: true,
    lostTap: 'comes-again',
    lostAnswer: 'once',
    tellsBlock: false,
    tellsOutage: true,
    edits: true,
    rooms: { commands: 'alone', commandTtlMs: 15 * 60_000, tellsClosed: true },
  },
  troubles: Object.keys(TROUBLES),
  open: async (now) => openDiscord(await startDiscordPlatform({ now, mayReadContent: true })),
};

function openDiscord(discord: DiscordPlatform): OpenPlatform {
  const channels = new Map<Room, Channel>();
  const where = (room: Room | undefined): { in?: Channel } => {
    const channel = room === undefined ? undefined : channels.get(room);
    return channel === undefined ? {} : { in: channel };
  };
  const users = new Map<Person, User>();

  const personOf = (user: User): Person => {
    const newest = (): (() => TapState) => {
      const index = user.interactions().length - 1;
      return () => user.interactions()[index] ?? 'waiting';
    };
    const person: Person = {
      id: user.id,
      says: (text, room) => user.says(text, where(room)),
      mentions: (text, room) => user.mentions(text, where(room).in ?? user.direct),
      edits: (ref, text, room) => user.edits(ref, text, where(room)),
      deletes: (ref) => user.deletes(ref),
      command: (name, room) => {
        user.command(name, where(room));
        return newest();
      },
      taps: (label, room) => {
        user.taps(label, where(room));
        return newest();
      },
      tapsOf: (other, label) => {
        const theirs = users.get(other);
        const message = theirs?.direct.messages.at(-1);
        const button = message?.components
          .flatMap(({ components }) => components)
          .find((one) => one.label === label);
        if (message === undefined || button?.custom_id === undefined) throw new Error('no such button');
        user.tapsId(button.custom_id, message, user.direct);
        return newest();
      },
      reachable: (isReachable) => (isReachable ? user.opensDirect() : user.closesDirect()),
      sees: (room) =>
        user
          .sees(where(room))
          .filter(({ thinking }) => !thinking)
          .map(seenOf),
      notes: () => [],
    };
    users.set(person, user);
    return person;
  };

  return {
    adapter: () =>
      createDiscordAdapter({ token: discord.bot.token, apiUrl: discord.apiUrl, overhears: true }),
    ready: () => discord.online(),
    person: ({ name = 'ann' } = {}) => personOf(discord.user({ username: name })),
    room: (name = 'general') => {
      const room = { name };
      channels.set(room, discord.home.openChannel(name));
      return room;
    },
    allowDeleting: () => discord.home.allowDeleting(),
    limitAnswers: (afterS) => discord.faults.rateLimit('createFollowup', afterS),
    otherBotSays: (text, room) => {
      const bot = discord.user({ username: 'another-bot', isBot: true });
      bot.mentions(text, where(room).in ?? bot.direct);
      bot.says(text);
    },
    repeatNext: () => discord.gateway.repeatNext(),
    unacknowledged: null,
    redeliver: () => undefined,
    giveUp: () => discord.gateway.loseSessions(),
    faults: {
      limit: (afterS) => discord.faults.rateLimit('createMessage', afterS),
      loseAnswer: () => discord.faults.next('createMessage', { kind: 'lose-answer' }),
      drop: () => discord.faults.next('createMessage', { kind: 'drop' }),
      fail: () => discord.faults.next('createMessage', { kind: 'error', status: 502 }),
    },
    trouble: (name) => TROUBLES[name]?.(discord.gateway),
    posts: () => discord.calls.filter(({ name }) => POSTS.includes(name)).length,
    transcript: () => JSON.stringify(discord.calls),
    cut: () => discord.cut(),
    mend: () => discord.mend(),
    until: (isDone) => discord.until(isDone),
    close: () => discord.close(),
  };
}

function seenOf(message: ReturnType<User['sees']>[number]): Seen {
  return {
    from: message.from === 'bot' ? 'bot' : 'person',
    text: message.text,
    marks: message.marks,
    choices: [
      ...message.options.map(({ label }) => label),
      ...message.buttons.flatMap(({ label = '', url }) => (url === undefined ? [label] : [])),
    ],
    links: message.buttons.flatMap(({ url }) => url ?? []),
    alone: message.ephemeral,
  };
}
