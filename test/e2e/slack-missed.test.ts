import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SlackOptions } from '../../adapters/slack/index.js';
import type { Adapter, AdapterHost, InboundMessage, Received } from '../../src/model/index.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import type { SlackUser } from '../platforms/slack/user.js';
import { createRecordingHost, type RecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';

const MINUTE_MS = 60_000;

let slack: SlackPlatform;
let now: number;
let stored: Map<string, string>;
let adapters: Adapter[] = [];

beforeEach(async () => {
  now = Date.parse('2026-03-02T01:00:00Z');
  stored = new Map();
  slack = await startSlackPlatform({ now: () => now });
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await slack.close();
});

const committed = (): Promise<Received> => Promise.resolve({ kind: 'committed' });

/** A process on what was kept, at the platform's time. */
async function startProcess(
  values: (usual: AdapterHost['values']) => AdapterHost['values'] = (usual) => usual,
  timing: SlackOptions['timing'] = {},
  receive: (message: InboundMessage) => Promise<Received> = committed,
): Promise<{ host: RecordingHost; stop: () => Promise<void> }> {
  const host = createRecordingHost({ stored, receive });
  const adapter = makeAdapter(slack, timing);
  adapters.push(adapter);
  await adapter.start({ ...host, clock: { ...host.clock, now: () => now }, values: values(host.values) });
  const stop = async (): Promise<void> => {
    await adapter.stop();
    adapters = adapters.filter((other) => other !== adapter);
  };
  return { host, stop };
}

/** Nothing runs for so long that Slack has given up what was written at the beginning of it. */
function longAfter(ms = 10 * MINUTE_MS): void {
  slack.deliveries.giveUp();
  now += ms;
}

const histories = () => slack.calls.filter(({ method }) => method === 'conversations.history');

it('reads many pages, oldest first, threads too, and leaves out what is none of ours', async () => {
  const first = await startProcess();
  const ann = slack.user();
  const thread = ann.says('before');
  ann.says('in the thread', { thread });
  await first.host.until(() => first.host.committed.length === 2);
  await first.stop();
  const written = Array.from({ length: 230 }, (_, index) => `line ${index}`);
  for (const line of written) ann.says(line);
  ann.says('below', { thread });
  longAfter();
  const next = await startProcess();
  await next.host.until(() => next.host.committed.length === 231);
  const heard = next.host.received.map(wordsOf);
  expect(heard.filter((words) => words.startsWith('line'))).toEqual(written);
  expect(heard.filter((words) => !words.startsWith('line'))).toEqual(['below']);
  expect(next.host.received.find((message) => wordsOf(message) === 'below')?.conversation).toBe(
    `slack:${ann.id}:${thread}:${ann.id}`,
  );
});

it('is left to Slack after a short time, and reads no further back than a day', async () => {
  const first = await startProcess();
  const ann = slack.user();
  ann.says('before');
  await first.host.until(() => first.host.committed.length === 1);
  await first.stop();
  now += 3 * MINUTE_MS;
  await (await startProcess()).stop();
  expect(histories()).toEqual([]);
  ann.says('too old');
  longAfter(23 * 60 * MINUTE_MS);
  ann.says('missed');
  longAfter(2 * 60 * MINUTE_MS);
  const next = await startProcess();
  await next.host.until(() => next.host.committed.length === 1);
  expect(next.host.received.map(wordsOf)).toEqual(['missed']);
});

it('waits as long as Slack asks, tries again, and then lets the talk go on', async () => {
  const first = await startProcess();
  const ann = slack.user();
  const bob = slack.user();
  for (const person of [ann, bob]) person.says('before');
  await first.host.until(() => first.host.committed.length === 2);
  await first.stop();
  bob.says('missed');
  longAfter();
  slack.faults.rateLimit('conversations.history', 7);
  slack.faults.next('conversations.history', { kind: 'drop' });
  slack.faults.next('conversations.history', { kind: 'garbage' });
  const next = await startProcess();
  await next.host.until(() => next.host.committed.length === 1);
  expect(next.host.received.map(wordsOf)).toEqual(['missed']);
  expect(next.host.delays).toContain(7_000);
  await next.stop();
  ann.says('lost');
  longAfter();
  slack.faults.next('conversations.history', { kind: 'status', status: 503 }, 10);
  const last = await startProcess();
  ann.says('now');
  await last.host.until(() => last.host.committed.length === 1);
  expect(last.host.received.map(wordsOf)).toEqual(['now']);
  expect(last.host.logged.filter(({ event }) => event === 'catch-up-failed').length).toBeGreaterThanOrEqual(
    5,
  );
});

it('forgets a talk whose channel is gone', async () => {
  const first = await startProcess();
  const ann = slack.user();
  ann.says('before');
  await first.host.until(() => first.host.committed.length === 1);
  await first.stop();
  longAfter();
  slack.faults.refuse('conversations.history', 'channel_not_found');
  const next = await startProcess();
  ann.says('now');
  await next.host.until(() => next.host.committed.length === 1);
  expect(histories()).toHaveLength(1);
});

it('does not keep the process from ending, and is read by the next one', async () => {
  const first = await startProcess();
  const ann = slack.user();
  ann.says('before');
  await first.host.until(() => first.host.committed.length === 1);
  await first.stop();
  ann.says('missed');
  longAfter();
  slack.faults.next('conversations.history', { kind: 'hold', until: new Promise(() => undefined) });
  const next = await startProcess(undefined, { stopMs: 1 });
  await slack.until(() => histories().length === 1);
  await next.stop();
  expect(next.host.received).toEqual([]);
  const last = await startProcess();
  await last.host.until(() => last.host.committed.length === 1);
  expect(last.host.received.map(wordsOf)).toEqual(['missed']);
});

const BUTTON = { actionId: 'a', blockId: 'b', label: 'a button', value: '1.0.mac' };

it.each([
  ['given a command', (ann: SlackUser) => void ann.slash('help')],
  ['tapped a button', (ann: SlackUser) => void ann.tapsForeign(BUTTON)],
])('finds who had only %s, though nothing was sent to them yet', async (_what, act) => {
  const ann = slack.user();
  slack.writesTo(ann, 'told to nobody');
  slack.deliveries.giveUp();
  const first = await startProcess();
  act(ann);
  await first.host.until(() => first.host.committed.length === 1);
  await first.stop();
  ann.says('missed');
  longAfter();
  const next = await startProcess();
  await next.host.until(() => next.host.committed.length === 1);
  expect(next.host.received.map(wordsOf)).toEqual(['missed']);
});

it('passes over nothing that was still in hand when something of ours came after it', async () => {
  const first = await startProcess(undefined, { stopMs: 1 }, (message) =>
    wordsOf(message) === 'stuck' ? new Promise<Received>(() => undefined) : committed(),
  );
  const ann = slack.user();
  ann.says('stuck');
  await first.host.until(() => first.host.received.length === 1);
  slack.writesTo(ann, 'an answer');
  await slack.until(() => slack.deliveries.unacknowledged().length === 1);
  await first.stop();
  ann.says('missed');
  longAfter();
  const next = await startProcess();
  await next.host.until(() => next.host.committed.length === 2);
  expect(next.host.received.map(wordsOf)).toEqual(['stuck', 'missed']);
});

it('reads what was missed while the connections were gone, without a restart', async () => {
  const { host } = await startProcess();
  const ann = slack.user();
  ann.says('before');
  await slack.until(
    () => slack.deliveries.all.length === 1 && slack.deliveries.unacknowledged().length === 0,
  );
  slack.cut();
  await host.until(() => host.logged.some(({ event }) => event === 'socket-failed'));
  ann.says('missed');
  longAfter();
  slack.mend();
  await host.until(() => host.committed.length === 2);
  expect(host.received.map(wordsOf)).toEqual(['before', 'missed']);
});

it('survives a store that is away, at the start and while it writes', async () => {
  let failures = 0;
  const sometimes = async (): Promise<void> => {
    failures += 1;
    if (failures <= 3) throw new Error('the store is away');
  };
  const { host } = await startProcess((usual) => ({
    get: (name) => sometimes().then(() => usual.get(name)),
    set: (name, value) => sometimes().then(() => usual.set(name, value)),
  }));
  failures = 2;
  slack.user().says('hello');
  await host.until(() => (stored.get(`slack-progress-${slack.bot.userId}`) ?? '').includes('"D0USER'));
  expect(failures).toBeGreaterThan(3);
});
