import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../adapters/discord/index.js';
import type { Timing } from '../../adapters/discord/limits.js';
import type { Adapter, AdapterHost, Received } from '../../src/model/index.js';
import {
  type DiscordPlatform,
  type PlatformOptions,
  startDiscordPlatform,
} from '../platforms/discord/server.js';
import { createRecordingHost, type RecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;

let discord: DiscordPlatform;
let adapters: Adapter[] = [];

beforeEach(async () => {
  discord = await startDiscordPlatform();
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await discord.close();
});

async function restartPlatform(options: PlatformOptions): Promise<void> {
  await discord.close();
  discord = await startDiscordPlatform(options);
}

function makeAdapter(
  token = discord.bot.token,
  timing: Partial<Timing> = {},
  bounds: { readonly maxInHand?: number } = {},
): Adapter {
  const { apiUrl } = discord;
  const adapter = createDiscordAdapter({ token, apiUrl, timing: { stopMs: NEVER_MS, ...timing }, ...bounds });
  adapters.push(adapter);
  return adapter;
}

async function startAdapter(
  host: AdapterHost,
  bounds: { readonly maxInHand?: number } = {},
): Promise<Adapter> {
  const adapter = makeAdapter(undefined, {}, bounds);
  await adapter.start(host);
  await discord.online();
  return adapter;
}

async function stopAdapter(adapter: Adapter): Promise<void> {
  await adapter.stop();
  adapters = adapters.filter((other) => other !== adapter);
}

/** A host whose core never comes to an end. */
function createStuckHost(stored: Map<string, string>): RecordingHost {
  return createRecordingHost({ stored, receive: () => new Promise<Received>(() => undefined) });
}

/** Stops an adapter whose update in hand never ends. */
async function stopStuck(adapter: Adapter, host: RecordingHost): Promise<void> {
  const stopped = stopAdapter(adapter);
  await host.until(() => host.delays.includes(NEVER_MS));
  host.passLongTimers();
  await stopped;
}

const gateway = () => discord.gateway;

describe('a connection that breaks', () => {
  it('is noticed when heartbeats get no answer', async () => {
    await restartPlatform({ heartbeatMs: 40 });
    const host = createRecordingHost();
    await startAdapter(host);
    gateway().isSilent = true;
    await discord.until(() => gateway().resumes.length === 1);
    gateway().isSilent = false;
    await discord.online();
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
  });
});

describe('a session that is lost', () => {
  it('is caught up over many pages, oldest first, before anything newer is read', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = discord.user();
    ann.says('0');
    await host.until(() => host.committed.length === 1);
    discord.faults.next('getMessages', { kind: 'error', status: 502 });
    discord.faults.next('getMessages', { kind: 'drop' });
    gateway().loseSessions();
    gateway().cut();
    for (let index = 1; index <= 230; index += 1) ann.says(String(index));
    await discord.online();
    ann.says('231');
    await host.until(() => host.committed.length === 232);
    expect(host.received.map(wordsOf)).toEqual(Array.from({ length: 232 }, (_, index) => String(index)));
  });

  it('is caught up for who had only given a command, though nothing was sent to them yet', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = discord.user();
    ann.command('help');
    await host.until(() => host.committed.length === 1);
    gateway().loseSessions();
    gateway().cut();
    ann.says('missed');
    await host.until(() => host.committed.length === 2);
    expect(host.received.map(wordsOf)).toEqual(['command', 'missed']);
  });

  it('forgets a channel that is closed to us', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = discord.user();
    ann.mentions('1', discord.home.channel);
    ann.says('2');
    await host.until(() => host.committed.length === 2);
    discord.home.removeBot();
    gateway().loseSessions();
    gateway().cut();
    ann.says('3');
    await host.until(() => host.committed.length === 3);
    const asked = (): number => discord.calls.filter(({ name }) => name === 'getMessages').length;
    const before = asked();
    expect(before).toBe(2);
    gateway().loseSessions();
    gateway().cut();
    ann.says('4');
    await host.until(() => host.committed.length === 4);
    expect(asked()).toBe(before + 1);
  });
});

describe('a restart', () => {
  it('resumes the session, and reads what was written meanwhile, first words too', async () => {
    const stored = new Map<string, string>();
    const first = createRecordingHost({ stored });
    const adapter = await startAdapter(first);
    discord.user().says('1');
    await first.until(() => first.committed.length === 1);
    await stopAdapter(adapter);
    discord.user().says('2');

    const next = createRecordingHost({ stored });
    await startAdapter(next);
    await next.until(() => next.committed.length === 1);
    expect(next.received.map(wordsOf)).toEqual(['2']);
    expect(gateway().identifies).toBe(1);
  });

  it('in the middle of catching up begins that anew', async () => {
    const stored = new Map<string, string>();
    const first = createRecordingHost({ stored });
    const adapter = await startAdapter(first);
    const ann = discord.user();
    ann.says('1');
    await first.until(() => first.committed.length === 1);
    await stopAdapter(adapter);
    ann.says('2');
    ann.says('3');
    gateway().loseSessions();
    const stuck = createStuckHost(stored);
    const second = await startAdapter(stuck);
    await stuck.until(() => stuck.received.length === 1);
    await stopStuck(second, stuck);

    const next = createRecordingHost({ stored });
    await startAdapter(next);
    await next.until(() => next.committed.length === 2);
    expect(next.received.map(wordsOf)).toEqual(['2', '3']);
  });

  it('begins anew where nothing readable was kept', async () => {
    const stored = new Map([[`discord-progress-${discord.bot.id}`, '{"session":']]);
    const host = createRecordingHost({ stored });
    await startAdapter(host);
    discord.user().says('1');
    await host.until(() => host.committed.length === 1);
  });
});

describe('the intake', () => {
  it('is kept at once with a new session and a new channel, so that a crash loses nobody', async () => {
    const host = createRecordingHost();
    await makeAdapter(discord.bot.token, { saveEveryMs: NEVER_MS }).start(host);
    const kept = () => host.stored.get(`discord-progress-${discord.bot.id}`) ?? '';
    await host.until(() => kept().includes('"resumeUrl"'));
    const ann = discord.user();
    ann.says('1');
    await host.until(() => /"channels":\[\["\d+",null,"\d+"\]\]/.test(kept()));
    expect(host.committed).toHaveLength(1);
  });

  it('that is lost ends the connection and is resumed by whoever takes it', async () => {
    const host = createRecordingHost();
    let lose = (): void => undefined;
    let written = 0;
    const shared: AdapterHost = {
      ...host,
      values: {
        ...host.values,
        set: (name, value) => {
          written += 1;
          return host.values.set(name, value);
        },
      },
      intake: (_name, work) => {
        const lost = new AbortController();
        lose = () => lost.abort();
        const done = work(lost.signal);
        return {
          stop: async () => {
            lost.abort();
            await done;
          },
        };
      },
    };
    await startAdapter(shared);
    discord.user().says('1');
    await host.until(() => host.committed.length === 1);
    const kept = () => host.stored.get(`discord-progress-${discord.bot.id}`) ?? '';
    await host.until(() => kept().includes('"sequence":2'));
    const before = written;
    lose();
    await discord.until(() => !gateway().isOnline);
    discord.user().says('2');
    const other = createRecordingHost({ stored: host.stored });
    await startAdapter(other);
    await other.until(() => other.committed.length === 1);
    expect(other.received.map(wordsOf)).toEqual(['2']);
    expect(host.received).toHaveLength(1);
    // The progress of whoever has the intake is theirs alone to write.
    expect(written).toBe(before);
  });
});

describe('a flood that nothing is committed of', () => {
  const WORDS = Array.from({ length: 20 }, (_, index) => String(index));
  /** What the gateway has told before any message: that it is ready. */
  const BEFORE = 1;

  /** Three people who write more than the adapter may hold, to a host that commits nothing before it is told to. */
  async function flood(stored = new Map<string, string>()) {
    let letGo = (): void => undefined;
    const goOn = new Promise<Received>((resolve) => {
      letGo = () => resolve({ kind: 'committed' });
    });
    const told: boolean[] = [];
    const host = createRecordingHost({ stored, receive: () => goOn });
    const adapter = await startAdapter(
      { ...host, connected: (isConnected) => void told.push(isConnected) },
      { maxInHand: 10 },
    );
    const people = [discord.user(), discord.user(), discord.user()];
    for (const words of WORDS) for (const person of people) person.says(words);
    await host.until(() => host.logged.some(({ event }) => event === 'intake-full'));
    await discord.until(() => !gateway().isOnline);
    expect(told.at(-1)).toBe(false);
    return { host, adapter, people, letGo, told };
  }

  const heardOf = ({ received }: RecordingHost, { id }: { readonly id: string }) =>
    received.filter(({ person }) => person === `discord:${id}`).map(wordsOf);

  it('is left with Discord above a bound, and taken in afterwards, in order and once', async () => {
    const { host, people, letGo, told } = await flood();
    expect(host.received).toHaveLength(people.length);
    expect(gateway().closes).toEqual([4200]);
    letGo();
    await host.until(() => host.committed.length === people.length * WORDS.length);
    for (const person of people) expect(heardOf(host, person)).toEqual(WORDS);
    expect(gateway().resumes[0]).toMatchObject({ sequence: BEFORE + 10, wasKnown: true });
    expect(gateway().identifies).toBe(1);
    await discord.online();
    people[0]?.says('and now?');
    await host.until(() => host.received.map(wordsOf).includes('and now?'));
    expect(told.at(-1)).toBe(true);
  });

  it('is left to whoever comes next when the adapter has to stop meanwhile', async () => {
    const stored = new Map<string, string>();
    const { host, adapter, people } = await flood(stored);
    await stopStuck(adapter, host);
    const next = createRecordingHost({ stored });
    await startAdapter(next);
    await next.until(() => next.committed.length === people.length * WORDS.length);
    for (const person of people) expect(heardOf(next, person)).toEqual(WORDS);
    expect(gateway().identifies).toBe(1);
  });

  it('is not made by what needs no commit', async () => {
    let letGo = (): void => undefined;
    const goOn = new Promise<Received>((resolve) => {
      letGo = () => resolve({ kind: 'committed' });
    });
    const host = createRecordingHost({ receive: () => goOn });
    await startAdapter(host, { maxInHand: 10 });
    const ann = discord.user();
    const { channel } = discord.home;
    ann.mentions('one', channel);
    for (const words of WORDS) ann.says(words, { in: channel });
    const bob = discord.user();
    bob.says('two');
    await host.until(() => host.received.length === 2);
    letGo();
    ann.mentions('three', channel);
    await host.until(() => host.committed.length === 3);
    expect(host.logged.filter(({ event }) => event === 'intake-full')).toEqual([]);
  });
});

describe('Discord that will not have us', () => {
  it('stops the start when it does not know the token, which is not told', async () => {
    const token = 'MTEwMDAwMDAwMDAwMDAwMDAwOQ.AbCdEf.another-made-up-token-0123456789';
    const host = createRecordingHost();
    const failure = await makeAdapter(token)
      .start(host)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'LifelineError', code: 'platform-refused' });
    expect(String(failure) + JSON.stringify(host.logged)).not.toContain(token);
  });

  it.each([4004, 4014])('is an error in the log and in the health when it closes with %d', async (code) => {
    const told: boolean[] = [];
    const host = { ...createRecordingHost(), connected: (isConnected: boolean) => told.push(isConnected) };
    await startAdapter(host);
    gateway().close(code);
    await host.until(() => host.logged.some(({ event }) => event === 'gateway-refused'));
    expect(host.logged).toContainEqual({
      ...{ level: 'error', event: 'gateway-refused', platform: 'discord' },
      ...{ code: 'platform-refused', status: code },
    });
    expect(told.slice(0, 3)).toEqual([false, true, false]);
    // Somebody mends it: the pause is over, and it works again.
    await discord.online();
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
    expect(told.at(-1)).toBe(true);
  });
});

describe('outages at the start', () => {
  it.each([
    ['an error of Discord', { kind: 'error', status: 502 }],
    ['a broken connection', { kind: 'drop' }],
    ['a lost answer', { kind: 'lose-answer' }],
    ['a limit', { kind: 'error', status: 429, retryAfterS: 3 }],
  ] as const)('%s is survived', async (_what, fault) => {
    discord.faults.next('getCurrentUser', fault);
    discord.faults.next('getGatewayBot', fault);
    gateway().refuse(1);
    const host = createRecordingHost();
    await startAdapter(host);
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
    expect(JSON.stringify(host.logged)).not.toContain(discord.bot.token);
  });

  it('the store, too, may be away', async () => {
    const host = createRecordingHost();
    let failures = 0;
    const get = async (name: string): Promise<string | null> => {
      failures += 1;
      if (failures <= 2) throw new Error('the store is away');
      return host.stored.get(name) ?? null;
    };
    await startAdapter({ ...host, values: { ...host.values, get } });
    discord.user().says('no mail');
    await host.until(() => host.committed.length === 1);
  });
});

describe('stopping', () => {
  it('does not wait for ever', async () => {
    const stuck = createStuckHost(new Map());
    const adapter = await startAdapter(stuck);
    discord.user().says('1');
    await stuck.until(() => stuck.received.length === 1);
    await stopStuck(adapter, stuck);
    expect(stuck.logged).toContainEqual(expect.objectContaining({ event: 'stop-timed-out' }));
  });

  it('leaves the session to be resumed', async () => {
    const adapter = await startAdapter(createRecordingHost());
    await stopAdapter(adapter);
    await discord.until(() => gateway().closes.length === 1);
    expect(gateway().closes).toEqual([4200]);
  });

  it('ends a connection that is being taken up again', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    gateway().cut();
    await host.until(() => host.logged.some(({ event }) => event === 'gateway-closed'));
    await stopAdapter(adapter);
    const next = createRecordingHost({ stored: host.stored });
    await startAdapter(next);
    discord.user().says('no mail');
    await next.until(() => next.committed.length === 1);
    expect(host.received).toEqual([]);
  });

  it('ends a start that waits for Discord, and can be followed by another', async () => {
    discord.faults.next('getCurrentUser', { kind: 'hold', until: new Promise<void>(() => undefined) });
    const host = createRecordingHost();
    const adapter = makeAdapter();
    const started = adapter.start(host);
    await discord.until(() => discord.calls.length === 1);
    await adapter.stop();
    await started;
    expect(gateway().identifies).toBe(0);
    await adapter.start(host);
    await discord.online();
    await expect(adapter.start(host)).rejects.toThrow(TypeError);
  });
});
