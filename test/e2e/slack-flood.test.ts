import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Adapter, Received } from '../../src/model/index.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import type { SlackUser } from '../platforms/slack/user.js';
import { createRecordingHost, type RecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';

const MAX = 30;
const WORDS = Array.from({ length: 20 }, (_, index) => String(index));
const TEN_MINUTES_MS = 600_000;

let slack: SlackPlatform;
let adapter: Adapter;
let host: RecordingHost;
let now: number;
let letGo: () => void;
let told: boolean[];

beforeEach(async () => {
  now = Date.parse('2026-03-02T01:00:00Z');
  told = [];
  slack = await startSlackPlatform({ now: () => now });
  const goOn = new Promise<Received>((resolve) => {
    letGo = () => resolve({ kind: 'committed' });
  });
  host = createRecordingHost({ receive: () => goOn });
  adapter = makeAdapter(slack, {}, undefined, { maxInHand: MAX });
  const clock = { ...host.clock, now: () => now };
  await adapter.start({ ...host, clock, connected: (isConnected) => void told.push(isConnected) });
  await slack.until(() => slack.sockets.connections === 2);
});

afterEach(async () => {
  letGo();
  await adapter.stop();
  await slack.close();
});

const isFull = (): boolean => host.logged.some(({ event }) => event === 'intake-full');
const heardOf = ({ id }: SlackUser): readonly string[] =>
  host.received.filter(({ person }) => person === `slack:${id}`).map(wordsOf);

/** Three people who write twice as much as the adapter may hold, to a host that commits nothing before `letGo`. */
async function flood(): Promise<readonly SlackUser[]> {
  const people = [slack.user(), slack.user(), slack.user()];
  for (const words of WORDS) for (const person of people) person.says(words);
  await host.until(() => isFull() && host.received.length === MAX);
  expect(told.at(-1)).toBe(false);
  return people;
}

describe('a flood that nothing is committed of', () => {
  it('is left with Slack above a bound, and taken in when it comes again, in order and once', async () => {
    const people = await flood();
    expect(slack.deliveries.unacknowledged()).toHaveLength(people.length * WORDS.length);
    letGo();
    await slack.until(() => slack.deliveries.unacknowledged().length === MAX);
    expect(told.at(-1)).toBe(true);
    slack.deliveries.redeliver();
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    for (const person of people) expect(heardOf(person)).toEqual(WORDS);
  });

  it('lets a tap or command fail where its person sees it', async () => {
    const [ann = slack.user()] = await flood();
    const command = ann.slash('help');
    now += 4_000;
    expect(slack.deliveries.stateOf(command)).toBe('failed');
    letGo();
    await slack.until(() => slack.deliveries.unacknowledged().length === MAX);
    expect(host.received).toHaveLength(MAX);
  });

  it('is read from the talks when it lasted until Slack gave up', async () => {
    const people = await flood();
    slack.deliveries.giveUp();
    now += TEN_MINUTES_MS;
    letGo();
    await host.until(() => people.every((person) => new Set(heardOf(person)).size === WORDS.length));
    for (const person of people) expect([...new Set(heardOf(person))]).toEqual(WORDS);
  });

  it('does not grow by repetitions of what is in hand', async () => {
    const ann = slack.user();
    for (const words of WORDS) ann.says(words);
    await host.until(() => host.received.length === WORDS.length);
    slack.deliveries.redeliver();
    slack.deliveries.redeliver();
    const bob = slack.user();
    bob.says('hello');
    await host.until(() => host.received.length === WORDS.length + 1);
    expect(isFull()).toBe(false);
    letGo();
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    expect(heardOf(ann)).toEqual(WORDS);
  });
});
