import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter, type SlackIntake } from '../../adapters/slack/index.js';
import type { Adapter, AdapterHost } from '../../src/model/index.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { createRecordingHost } from '../platforms/telegram/recording-host.js';
import { FIRST_TRY } from '../support/first-try.js';

/** Longer than the recording host's clock runs by itself. */
const NEVER_MS = 86_400_000;

let slack: SlackPlatform;
let adapters: Adapter[] = [];

beforeEach(async () => {
  slack = await startSlackPlatform();
});

afterEach(async () => {
  await Promise.all(adapters.map((adapter) => adapter.stop()));
  adapters = [];
  await slack.close();
});

async function startAdapter(host: AdapterHost): Promise<Adapter> {
  const intake: SlackIntake = { kind: 'socket', appToken: slack.bot.appToken };
  const adapter = createSlackAdapter({
    token: slack.bot.token,
    apiUrl: slack.apiUrl,
    intake,
    timing: { stopMs: NEVER_MS, ackMs: NEVER_MS, localeMs: NEVER_MS, helloMs: NEVER_MS },
  });
  adapters.push(adapter);
  await adapter.start(host);
  return adapter;
}

describe('over a socket', () => {
  it('carries a talk: what a person writes, what the core answers, what they tap', async () => {
    const host = createRecordingHost();
    const adapter = await startAdapter(host);
    const ann = slack.user({ locale: 'zh-CN' });
    ann.says('我忘记密码了');
    await host.until(() => host.committed.length === 1);
    expect(host.received[0]).toMatchObject({
      conversation: `slack:${ann.id}:${ann.id}`,
      content: { kind: 'text', text: '我忘记密码了' },
      localeHint: 'zh-CN',
      visibility: 'direct',
    });
    const to = { place: { channel: ann.id }, userId: ann.id, visibility: 'direct', botHandle: '' } as const;
    const buttons = [
      { kind: 'tap', label: 'In spam', data: '1.0.mac', value: 'spam', numbered: true },
    ] as const;
    for (const call of adapter.encode(
      { kind: 'message', text: 'Where did you look?', buttons, keys: [], private: false },
      to,
    )) {
      expect(await adapter.send(call, FIRST_TRY)).toEqual({ kind: 'sent' });
    }
    expect(ann.hears()).toEqual(['Where did you look?']);
    const tap = ann.taps('In spam');
    await host.until(() => host.committed.length === 2);
    expect(host.received[1]?.content).toEqual({ kind: 'tap', data: '1.0.mac' });
    await slack.until(() => tap.isAcknowledged);
  });
});
