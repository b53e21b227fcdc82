import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackOptions } from '../../adapters/slack/index.js';
import { type Adapter, type AdapterHost, LifelineError, type Received } from '../../src/model/index.js';
import { LEAST_EVENTS, type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import { createRecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';
import { createGate } from '../support/gate.js';

const committed: Received = { kind: 'committed' };

let slack: SlackPlatform;
let adapters: Adapter[] = [];

beforeEach(async () => {
  slack = await startSlackPlatform({
    events: [...LEAST_EVENTS, 'message.channels', 'assistant_thread_started'],
  });
  slack.sockets.keepsLine = true;
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await slack.close();
});

async function startAdapter(host: AdapterHost, timing: SlackOptions['timing'] = {}): Promise<Adapter> {
  const adapter = makeAdapter(slack, timing);
  adapters.push(adapter);
  await adapter.start(host);
  return adapter;
}

const callsOf = (method: string) => slack.calls.filter((call) => call.method === method);

describe('over a socket', () => {
  it('tries an event that was not committed again, and acknowledges it only then', async () => {
    const gate = createGate();
    let failures = 3;
    const host = createRecordingHost({
      receive: async () => {
        failures -= 1;
        if (failures >= 0) throw new LifelineError('store-unavailable', 'the store is away');
        await gate.passed;
        return committed;
      },
    });
    await startAdapter(host);
    slack.user().says('no mail');
    await host.until(() => host.received.length === 4);
    expect(slack.deliveries.unacknowledged()).toHaveLength(1);
    expect(host.logged.filter(({ code }) => code === 'store-unavailable')).toHaveLength(3);
    gate.open();
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(1);
    expect(host.committed).toHaveLength(1);
  });

  it('gives a mention one id, in whatever order its two events come, and however often', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = slack.user();
    const channel = slack.channel();
    channel.members.add(slack.bot.userId);
    ann.joins(channel);
    slack.deliveries.hold();
    const ts = ann.says('@lifeline I forgot my password', { in: channel });
    slack.deliveries.releaseReversed();
    slack.deliveries.repeat(2);
    ann.says('nobody is asked', { in: channel });
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    const asked = host.received.filter(({ overheard }) => overheard === undefined);
    expect(new Set(asked.map(({ id }) => id))).toEqual(new Set([`slack:${channel.id}:${ts}`]));
    expect(asked.map(wordsOf)).toEqual(['I forgot my password', 'I forgot my password']);
  });

  it('hands over what was taken back as the message it was, before what stands there now', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = slack.user();
    const ts = ann.says('first');
    ann.edits(ts, 'second');
    ann.deletes(ts);
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    const [first, again, edit, last] = host.received;
    expect(host.received).toHaveLength(4);
    expect(again).toMatchObject({ id: first?.id, content: { kind: 'withdrawn', text: 'first' } });
    expect(edit?.content).toEqual({ kind: 'edit', text: 'second' });
    expect(last).toMatchObject({ id: edit?.id, content: { kind: 'withdrawn', text: 'second' } });
  });

  it('acknowledges a tap in time although its commit is still under way', async () => {
    const gate = createGate();
    const host = createRecordingHost({ receive: () => gate.passed.then(() => committed) });
    await startAdapter(host, { ackMs: 1 });
    const command = slack.user().slash('help');
    await slack.until(() => command.isAcknowledged);
    expect(host.committed).toEqual([]);
    gate.open();
    await host.until(() => host.committed.length === 1);
  });

  it('tries a command until it is committed, because nobody sends it again', async () => {
    let failures = 3;
    const host = createRecordingHost({
      receive: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('the store is away');
        return committed;
      },
    });
    await startAdapter(host);
    const command = slack.user().slash('help');
    await slack.until(() => command.isAcknowledged);
    expect(host.received.map(({ id }) => id)).toEqual(Array(4).fill(host.received[0]?.id));
  });

  it('takes the assistant for an opened chat, its thread for a place, and its title for nothing', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    const ann = slack.user();
    const thread = ann.opensAssistant();
    await slack.until(() => slack.deliveries.unacknowledged().length === 0);
    expect(host.received).toHaveLength(1);
    expect(host.received[0]).toMatchObject({
      conversation: `slack:${ann.id}:${thread}:${ann.id}`,
      content: { kind: 'start', payload: '', resume: true },
    });
  });
});

describe('the locale', () => {
  it('is asked for once a person, and keeps nobody waiting in the wrong order', async () => {
    const gate = createGate();
    const host = createRecordingHost();
    await startAdapter(host);
    slack.faults.next('users.info', { kind: 'hold', until: gate.passed });
    const ann = slack.user({ locale: 'zh-TW' });
    ann.says('first');
    ann.says('second');
    await slack.until(() => callsOf('users.info').length === 1);
    gate.open();
    await host.until(() => host.committed.length === 2);
    ann.says('third');
    await host.until(() => host.committed.length === 3);
    expect(host.received.map(wordsOf)).toEqual(['first', 'second', 'third']);
    expect(host.received.map(({ localeHint }) => localeHint)).toEqual(['zh-TW', 'zh-TW', 'zh-TW']);
    expect(callsOf('users.info')).toHaveLength(1);
  });

  it('comes with the name by which the person is known, which a typed message does not tell', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    slack.user({ name: 'ann.river' }).says('hello');
    await host.until(() => host.committed.length === 1);
    expect(host.received[0]?.handle).toBe('ann.river');
  });

  it.each(['refuse', 'drop', 'garbage', 'hold'] as const)('is only a hint: %s', async (kind) => {
    const host = createRecordingHost();
    await startAdapter(host, kind === 'hold' ? { localeMs: 1 } : {});
    slack.faults.next(
      'users.info',
      kind === 'refuse'
        ? { kind, code: 'missing_scope' }
        : kind === 'hold'
          ? { kind, until: new Promise(() => undefined) }
          : { kind },
    );
    slack.user({ locale: 'zh-CN' }).says('hello');
    await host.until(() => host.committed.length === 1);
    expect(host.received[0]?.localeHint).toBeUndefined();
  });
});

describe('connections', () => {
  it('are two, so that one can go while the other takes taps', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    await slack.until(() => slack.sockets.connections === 2);
    slack.sockets.disconnect('refresh_requested', 'one');
    const command = slack.user().slash('help');
    await slack.until(() => command.isAcknowledged && slack.sockets.connections === 2);
    expect(host.received).toHaveLength(1);
  });

  it('are opened anew, and closed at the end, although Slack leaves the lines open', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host, { pongMs: 600_000 });
    await slack.until(() => slack.sockets.connections === 2);
    slack.sockets.disconnect('warning');
    await slack.until(() => slack.sockets.connections === 2 && slack.sockets.lines === 2);
    slack.user().says('still there?');
    await host.until(() => host.committed.length === 1);
    await adapter.stop();
    await slack.until(() => slack.sockets.lines === 0);
    expect(host.logged.map(({ event }) => event)).not.toContain('stop-timed-out');
  });

  it('count as lost only when none is left', async () => {
    const told: boolean[] = [];
    const host = { ...createRecordingHost(), connected: (isConnected: boolean) => told.push(isConnected) };
    await startAdapter(host);
    await slack.until(() => slack.sockets.connections === 2);
    const ann = slack.user();
    // Sent over both in turn, after their hello.
    for (let count = 1; count <= 2; count += 1) ann.says('still there?');
    await host.until(() => host.committed.length === 2);
    slack.sockets.disconnect('refresh_requested', 'one');
    for (let count = 1; count <= 2; count += 1) ann.says('and now?');
    await host.until(() => host.committed.length === 4);
    expect(told).not.toContain(false);
  });

  it('come back through an outage of everything', async () => {
    const host = createRecordingHost();
    await startAdapter(host);
    await slack.until(() => slack.sockets.connections === 2);
    slack.faults.next('apps.connections.open', { kind: 'drop' }, 3);
    slack.faults.next('apps.connections.open', { kind: 'status', status: 503 }, 3);
    slack.faults.next('apps.connections.open', { kind: 'garbage' }, 2);
    slack.faults.rateLimit('apps.connections.open', 7);
    slack.sockets.break();
    await slack.until(() => slack.sockets.connections === 2);
    slack.user().says('still there?');
    await host.until(() => host.committed.length === 1);
    expect(host.delays).toContain(7000);
    expect(host.logged.filter(({ event }) => event === 'socket-failed')).toHaveLength(9);
  });

  it('are opened anew when pings are not answered', async () => {
    const host = createRecordingHost();
    await startAdapter(host, { pongMs: 90 });
    await slack.until(() => slack.sockets.connections === 2);
    slack.sockets.answersPings = false;
    const { opened } = slack.sockets;
    await slack.until(() => slack.sockets.opened > opened);
    slack.sockets.answersPings = true;
    await slack.until(() => slack.sockets.connections === 2);
    slack.user().says('still there?');
    await host.until(() => host.committed.length === 1);
  });

  it('that never say hello are given up', async () => {
    const host = createRecordingHost();
    slack.sockets.saysHello = false;
    const adapter = makeAdapter(slack, { helloMs: 1 });
    adapters.push(adapter);
    const started = adapter.start(host);
    await host.until(() => host.logged.some(({ code }) => code === 'no-hello'));
    slack.sockets.saysHello = true;
    adapters = [];
    await adapter.stop();
    await started;
    await slack.until(() => slack.sockets.connections === 0);
  });
});

describe('starting', () => {
  it.each(['invalid_auth', 'account_inactive', 'token_revoked'])(
    'is refused with a token Slack does not take: %s',
    async (code) => {
      slack.faults.refuse('auth.test', code);
      await expect(makeAdapter(slack).start(createRecordingHost())).rejects.toMatchObject({
        code: 'platform-refused',
        message: `Slack refused auth.test: ${code}`,
      });
    },
  );

  it('is refused with a wrong app token, which stands in no message', async () => {
    const host = createRecordingHost();
    const error = await makeAdapter(slack, {}, { kind: 'socket', appToken: 'xapp-wrong' })
      .start(host)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'platform-refused' });
    expect(JSON.stringify([String(error), host.logged])).not.toMatch(/xapp-|xoxb-/);
  });

  it('waits through an outage', async () => {
    slack.faults.next('auth.test', { kind: 'status', status: 503 }, 2);
    slack.faults.rateLimit('auth.test', 3);
    slack.faults.next('apps.connections.open', { kind: 'drop' }, 2);
    const host = createRecordingHost();
    await startAdapter(host);
    expect(host.delays).toContain(3000);
    expect(host.logged.filter(({ event }) => event === 'call-failed')).toHaveLength(5);
  });

  it('can be stopped while Slack does not answer', async () => {
    slack.faults.next('auth.test', { kind: 'hold', until: new Promise(() => undefined) });
    const adapter = makeAdapter(slack);
    const started = adapter.start(createRecordingHost());
    await slack.until(() => callsOf('auth.test').length === 1);
    await adapter.stop();
    await started;
    expect(slack.sockets.opened).toBe(0);
  });

  it('works again after a stop', async () => {
    const adapter = await startAdapter(createRecordingHost());
    await expect(adapter.start(createRecordingHost())).rejects.toThrow(TypeError);
    await adapter.stop();
    const host = createRecordingHost();
    await adapter.start(host);
    slack.user().says('hello');
    await host.until(() => host.committed.length === 1);
  });
});

describe('stopping', () => {
  it('does not wait for ever for a commit that hangs', async () => {
    const host = createRecordingHost({ receive: () => new Promise(() => undefined) });
    const adapter = await startAdapter(host, { stopMs: 1 });
    slack.user().says('hello');
    await host.until(() => host.received.length === 1);
    await adapter.stop();
    expect(host.logged.map(({ event }) => event)).toContain('stop-timed-out');
  });
});
