import { createTelegramAdapter } from '../../../adapters/telegram/index.js';
import type { PushFault } from '../../platforms/telegram/faults.js';
import type { Group } from '../../platforms/telegram/group.js';
import { startTelegramPlatform, type TelegramPlatform } from '../../platforms/telegram/server.js';
import type { User } from '../../platforms/telegram/user.js';
import type { Chat } from '../../platforms/telegram/world.js';
import { freePort } from '../../support/free-port.js';
import { startProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { behindHttp } from './behind-http.js';
import type { OpenPlatform, Person, PlatformFixture, Room, Seen, TapState, Traits } from './fixture.js';

const traits: Traits = {
  network: true,
  people: 'many',
  bringsAgain: true,
  lostTap: 'comes-again',
  lostAnswer: 'at-most-twice',
  tellsBlock: true,
  tellsOutage: true,
  edits: true,
  rooms: { commands: 'alone', commandTtlMs: null, tellsClosed: false },
};
/** As the registry of the tests names the bot. */
const BOT = 'ExampleLifelineBot';

type Bad = (telegram: TelegramPlatform, way: TcpProxy) => void;
const answering =
  (status: number): Bad =>
  ({ faults }) =>
    faults.next('getUpdates', { kind: 'error', status, description: 'Bad Gateway' }, 2);

const POLL_TROUBLES: Readonly<Record<string, Bad>> = {
  'a poll that breaks without a word': (_telegram, way) => way.resetAll(),
  'another poller': ({ faults }) => faults.conflict(2),
  'status 500': answering(500),
  'status 502': answering(502),
  'status 429': ({ faults }) => faults.rateLimit('getUpdates', 7),
  'an answer that gets lost': ({ faults }) => faults.next('getUpdates', { kind: 'lose-answer' }),
  'a page that is no answer': ({ faults }) => faults.next('getUpdates', { kind: 'garbage' }),
  // The poll under way is answered as ever: a second poller ends it.
  'updates in reverse order': ({ faults }) => {
    faults.conflict();
    faults.next('getUpdates', { kind: 'reverse' }, 3);
  },
  'updates that come twice in one answer': ({ faults }) => faults.next('getUpdates', { kind: 'repeat' }, 3),
};

const pushing =
  (fault: PushFault): Bad =>
  ({ faults }) =>
    faults.nextPush(fault);

const PUSH_TROUBLES: Readonly<Record<string, Bad>> = {
  'a push that breaks without a word': (_telegram, back) => back.resetAll(),
  'a push that comes twice': pushing('twice'),
  'a push that is cut off': pushing('truncated'),
  'a push with another secret': pushing('wrong-secret'),
  'a push without the secret': pushing('no-secret'),
};

/** Telegram, asked for updates. */
export const telegramPollFixture: PlatformFixture = {
  name: 'Telegram, polled',
  platform: 'telegram',
  traits,
  troubles: Object.keys(POLL_TROUBLES),
  open: async (now) => {
    const telegram = await startTelegramPlatform({ now, username: BOT });
    const way = await startProxy(portOf(telegram.apiUrl));
    const apiUrl = `http://127.0.0.1:${way.port}`;
    const adapter = () => createTelegramAdapter({ token: telegram.bot.token, apiUrl });
    // The poll under way is answered as ever: what comes after it comes twice.
    const repeatNext = () => telegram.faults.next('getUpdates', { kind: 'repeat' });
    return openTelegram(telegram, [way], {
      adapter,
      repeatNext,
      trouble: (name) => POLL_TROUBLES[name]?.(telegram, way),
    });
  },
};

/** Telegram, posting updates. */
export const telegramWebhookFixture: PlatformFixture = {
  name: 'Telegram over a webhook',
  platform: 'telegram',
  // Whether Telegram reaches us, we cannot know.
  traits: { ...traits, tellsOutage: false },
  troubles: Object.keys(PUSH_TROUBLES),
  open: async (now) => {
    const telegram = await startTelegramPlatform({ now, username: BOT });
    const way = await startProxy(portOf(telegram.apiUrl));
    const apiUrl = `http://127.0.0.1:${way.port}`;
    const port = await freePort();
    const back = await startProxy(port);
    const webhook = {
      ...{ url: `http://127.0.0.1:${back.port}/updates`, path: '/updates' },
      secret: 'made-up-for-this-test',
    };
    const { token } = telegram.bot;
    const adapter = () =>
      behindHttp(port, (routes) => createTelegramAdapter({ token, apiUrl, webhook: { ...webhook, routes } }));
    const repeatNext = () => void back.dropNextAnswer();
    const trouble = (name: string) => PUSH_TROUBLES[name]?.(telegram, back);
    return openTelegram(telegram, [way, back], { adapter, repeatNext, trouble });
  },
};

function openTelegram(
  telegram: TelegramPlatform,
  ways: readonly TcpProxy[],
  { adapter, repeatNext, trouble }: Pick<OpenPlatform, 'adapter' | 'repeatNext' | 'trouble'>,
): OpenPlatform {
  const groups = new Map<Room, Group>();
  const users = new Map<Person, User>();
  const where = (room: Room | undefined): { in?: Group } => {
    const group = room === undefined ? undefined : groups.get(room);
    return group === undefined ? {} : { in: group };
  };

  const personOf = (user: User): Person => {
    let taps = 0;
    const tapped = (): (() => TapState) => {
      taps += 1;
      const number = taps;
      return () => (user.toasts().length < number ? 'waiting' : 'answered');
    };
    const person: Person = {
      id: String(user.id),
      says: (text, room) => String(user.says(text, where(room))),
      mentions: (text, room) => String(user.says(`@${BOT} ${text}`, where(room))),
      edits: (ref, text, room) => user.edits(Number(ref), text, where(room)),
      deletes: (ref) => user.deletes(Number(ref)),
      command: (name, room) => {
        user.command(name, '', where(room));
        return () => 'answered';
      },
      taps: (label, room) => {
        const address = user.taps(label, where(room));
        return address === null ? tapped() : () => 'answered';
      },
      tapsOf: (other, label) => {
        const buttons = users.get(other)?.sees().at(-1)?.buttons ?? [];
        const data = buttons.find(({ text }) => text === label)?.callback_data;
        const chat = chatOf(user);
        const message = chat.messages.at(-1);
        if (data === undefined || message === undefined) throw new Error('no such button');
        user.tapsData(data, message, chat);
        return tapped();
      },
      reachable: (isReachable) => (isReachable ? user.unblocks() : user.blocks()),
      sees: (room) => user.sees(where(room)).map(seenOf),
      notes: () => user.toasts().filter((note) => note !== '' && note !== 'en common tap done'),
    };
    users.set(person, user);
    return person;
  };

  return {
    adapter,
    ready: () => Promise.resolve(),
    person: ({ name = 'Ann' } = {}) => personOf(telegram.user({ firstName: name, languageCode: 'en' })),
    room: (name = 'Wallet talk') => {
      const room = { name };
      const group = telegram.group({ title: name });
      group.addBot({ id: 1 });
      groups.set(room, group);
      return room;
    },
    allowDeleting: (room) => groups.get(room)?.addBot({ id: 1 }, 'administrator'),
    limitAnswers: (afterS) => telegram.faults.rateLimit('sendMessage', afterS),
    otherBotSays: (text, room) => {
      const group = where(room).in;
      const chat = { id: group?.id ?? 0, type: 'supergroup', title: room.name };
      const from = { id: 77, is_bot: true, first_name: 'Another bot', username: 'another_bot' };
      const entities = [{ type: 'mention', offset: 0, length: BOT.length + 1 }];
      const message = { message_id: 900_001, from, chat, date: 1, text: `@${BOT} ${text}`, entities };
      telegram.inject('message', chat.id, message);
      telegram.inject('message', 77, { ...message, chat: { id: 77, type: 'private' } });
    },
    repeatNext,
    unacknowledged: () => telegram.unconfirmed().length,
    redeliver: () => undefined,
    // It keeps updates for a day.
    giveUp: () => undefined,
    faults: {
      limit: (afterS) => telegram.faults.rateLimit('sendMessage', afterS),
      loseAnswer: () => telegram.faults.next('sendMessage', { kind: 'lose-answer' }),
      drop: () => telegram.faults.next('sendMessage', { kind: 'drop' }),
      fail: () =>
        telegram.faults.next('sendMessage', {
          kind: 'error',
          status: 500,
          description: 'Internal Server Error',
        }),
    },
    trouble,
    posts: () => telegram.calls.filter(({ method }) => method === 'sendMessage').length,
    transcript: () => JSON.stringify(telegram.calls.filter(({ method }) => method !== 'getUpdates')),
    cut: async () => {
      await Promise.all(ways.map((way) => way.refuse()));
    },
    mend: async () => {
      await Promise.all(ways.map((way) => way.heal()));
    },
    until: (isDone) => telegram.until(isDone),
    close: async () => {
      await telegram.close();
      await Promise.all(ways.map((way) => way.close()));
    },
  };
}

/** What Telegram makes a link of in a text without markup: addresses, names, mail addresses. */
const MARKED =
  /https?:\/\/\S+|tg:\/\/\S+|(?<![\w@./])@[A-Za-z]\w{3,}|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|example|internal)(?:\/\S*)?/giu;

function seenOf(message: ReturnType<User['sees']>[number]): Seen {
  const own = new RegExp(`^https://t\\.me/${BOT}\\?start=`);
  const isChoice = (url: string | undefined): boolean => url === undefined || own.test(url);
  return {
    from: message.from === 'bot' ? 'bot' : 'person',
    text: message.text,
    marks: message.text.match(MARKED) ?? [],
    choices: message.buttons.flatMap(({ text, url }) => (isChoice(url) ? [text] : [])),
    links: message.buttons.flatMap(({ url }) => (url === undefined || own.test(url) ? [] : [url])),
    alone: message.ephemeral,
  };
}

/** The person's chat with the bot, which only a changed app would touch. */
function chatOf(user: User): Chat {
  return (user as unknown as { readonly direct: Chat }).direct;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
