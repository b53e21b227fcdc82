import { createSlackAdapter } from '../../../adapters/slack/index.js';
import type { Adapter } from '../../../src/model/index.js';
import type { Delivery } from '../../platforms/slack/deliveries.js';
import type { PushFault } from '../../platforms/slack/pushes.js';
import { type SlackPlatform, startSlackPlatform } from '../../platforms/slack/server.js';
import type { Sockets } from '../../platforms/slack/sockets.js';
import type { SlackUser } from '../../platforms/slack/user.js';
import type { Channel } from '../../platforms/slack/world.js';
import { freePort } from '../../support/free-port.js';
import { behindHttp } from './behind-http.js';
import type { OpenPlatform, Person, PlatformFixture, Room, Seen, Traits } from './fixture.js';

const socketTraits: Traits = {
  network: true,
  people: 'many',
  bringsAgain: true,
  lostTap: 'fails',
  lostAnswer: 'once',
  tellsBlock: false,
  tellsOutage: true,
  edits: true,
  rooms: { commands: 'alone', commandTtlMs: 30 * 60_000, tellsClosed: false },
};
/**
 * More than the manifest asks for: what is written in channels is overheard, and is two events where it mentions us.
 */
const EVENTS = ['app_mention', 'message.im', 'message.channels'] as const;

/** Calls that show a message. */
const POSTS: readonly string[] = ['chat.postMessage', 'chat.postEphemeral', 'response_url'];

const TROUBLES: Readonly<Record<string, (sockets: Sockets) => void>> = {
  'connections that break without a word': (sockets) => sockets.break(),
  'being asked to connect anew (warning)': (sockets) => sockets.disconnect('warning'),
  'being asked to connect anew (refresh_requested)': (sockets) => sockets.disconnect('refresh_requested'),
  'being asked to connect anew (link_disabled)': (sockets) => sockets.disconnect('link_disabled'),
  'an envelope that is cut off': (sockets) =>
    sockets.sendRaw('{"type":"events_api","envelope_id":"e1","payl'),
  'a frame that is no object': (sockets) => sockets.sendRaw('null'),
  'an envelope without an event': (sockets) => sockets.sendRaw('{"type":"events_api","envelope_id":"e1"}'),
  'an event named like one of the client': (sockets) =>
    sockets.sendRaw('{"type":"events_api","envelope_id":"e1","payload":{"event":{"type":"ws_message"}}}'),
  'a frame of a type that nobody knows': (sockets) => sockets.sendRaw('{"type":"ws_message"}'),
  'a frame of 32 MB': (sockets) => sockets.sendRaw(`{"type":"hello","x":"${'x'.repeat(32_000_000)}"}`),
};

const PUSH_TROUBLES: Readonly<Record<string, PushFault>> = {
  'a post whose answer gets lost': 'lost-answer',
  'a post that is cut off': 'truncated',
  'a post with the signature of another secret': 'bad',
  'a post with a signature of long ago': 'stale',
  'a post with a signature of the future': 'future',
  'a post without a signature': 'missing',
};

/** Slack over Socket Mode. */
export const slackSocketFixture: PlatformFixture = {
  name: 'Slack over a socket',
  platform: 'slack',
  traits: socketTraits,
  troubles: Object.keys(TROUBLES),
  open: async (now) => {
    const slack = await startSlackPlatform({ now, events: EVENTS });
    const { token, appToken } = slack.bot;
    const intake = { kind: 'socket', appToken } as const;
    const adapter = () => createSlackAdapter({ token, apiUrl: slack.apiUrl, intake });
    return openSlack(slack, adapter, (name) => TROUBLES[name]?.(slack.sockets));
  },
};

/** Slack posting signed payloads. */
export const slackHttpFixture: PlatformFixture = {
  name: 'Slack over signed HTTP',
  platform: 'slack',
  // Whether Slack reaches us, we cannot know.
  traits: { ...socketTraits, tellsOutage: false },
  troubles: Object.keys(PUSH_TROUBLES),
  open: async (now) => {
    const slack = await startSlackPlatform({ now, events: EVENTS });
    const { token, signingSecret } = slack.bot;
    const port = await freePort();
    const pushes = slack.pushTo(`http://127.0.0.1:${port}/slack/events`);
    const adapter = () =>
      behindHttp(port, (routes) =>
        createSlackAdapter({
          token,
          apiUrl: slack.apiUrl,
          intake: { kind: 'webhook', signingSecret, routes },
        }),
      );
    return openSlack(slack, adapter, (name) => {
      const fault = PUSH_TROUBLES[name];
      if (fault !== undefined) pushes.faultNext(fault);
    });
  },
};

function openSlack(
  slack: SlackPlatform,
  adapter: () => Adapter,
  trouble: (name: string) => void,
): OpenPlatform {
  const channels = new Map<Room, Channel>();
  const users = new Map<Person, SlackUser>();
  const inRoom = (user: SlackUser, room: Room | undefined): { in?: Channel } => {
    const channel = room === undefined ? undefined : channels.get(room);
    if (channel === undefined) return {};
    user.joins(channel);
    return { in: channel };
  };

  const personOf = (user: SlackUser): Person => {
    const stateOf = (delivery: Delivery) => () => slack.deliveries.stateOf(delivery);
    const person: Person = {
      id: user.id,
      says: (text, room) => user.says(text, inRoom(user, room)),
      mentions: (text, room) => user.says(`@${slack.bot.handle} ${text}`, inRoom(user, room)),
      edits: (ref, text, room) => user.edits(ref, text, inRoom(user, room)),
      deletes: (ref) => user.deletes(ref),
      command: (name, room) => stateOf(user.slash(name, inRoom(user, room))),
      taps: (label, room) => stateOf(user.taps(label, inRoom(user, room))),
      tapsOf: (other, label) => {
        const button = users
          .get(other)
          ?.sees()
          .flatMap(({ buttons }) => buttons)
          .findLast((one) => one.label === label);
        if (button === undefined) throw new Error('no such button');
        return stateOf(user.tapsForeign(button));
      },
      reachable: (isReachable) => (isReachable ? user.opensDirect() : user.closesDirect()),
      sees: (room) => user.sees(inRoom(user, room)).map(seenOf),
      notes: () => [],
    };
    users.set(person, user);
    return person;
  };

  return {
    adapter,
    ready: () => Promise.resolve(),
    person: ({ name = 'ann' } = {}) => personOf(slack.user({ name })),
    room: (name = 'wallet-talk') => {
      const room = { name };
      const channel = slack.channel(name);
      channel.members.add(slack.bot.userId);
      channels.set(room, channel);
      return room;
    },
    allowDeleting: () => undefined,
    limitAnswers: (afterS) => slack.faults.rateLimit('response_url', afterS),
    otherBotSays: (text, room) => {
      const bot = slack.user({ name: 'another-bot', isBot: true });
      bot.says(`@${slack.bot.handle} ${text}`, inRoom(bot, room));
      bot.says(text);
    },
    repeatNext: () => slack.deliveries.repeatNext(),
    unacknowledged: () => slack.deliveries.unacknowledged().length,
    redeliver: () => slack.deliveries.redeliver(),
    giveUp: () => slack.deliveries.giveUp(),
    faults: {
      limit: (afterS) => slack.faults.rateLimit('chat.postMessage', afterS),
      loseAnswer: () => slack.faults.next('chat.postMessage', { kind: 'lose-answer' }),
      drop: () => slack.faults.next('chat.postMessage', { kind: 'drop' }),
      fail: () => slack.faults.next('chat.postMessage', { kind: 'status', status: 503 }),
    },
    trouble,
    posts: () => slack.calls.filter(({ method }) => POSTS.includes(method)).length,
    transcript: () => JSON.stringify(slack.calls),
    cut: () => slack.cut(),
    mend: () => slack.mend(),
    until: (isDone) => slack.until(isDone),
    close: () => slack.close(),
  };
}

function seenOf(message: ReturnType<SlackUser['sees']>[number]): Seen {
  return {
    from: message.from === 'bot' ? 'bot' : 'person',
    text: message.text,
    marks: message.marks,
    choices: message.buttons.flatMap(({ label, url }) => (url === undefined ? [label] : [])),
    links: message.buttons.flatMap(({ url }) => url ?? []),
    alone: message.isEphemeral,
  };
}
