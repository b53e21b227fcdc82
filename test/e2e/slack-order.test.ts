import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Adapter } from '../../src/model/index.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { makeAdapter } from '../platforms/slack/start-adapter.js';
import { createRecordingHost, wordsOf } from '../platforms/telegram/recording-host.js';

let slack: SlackPlatform;
let adapter: Adapter;

beforeEach(async () => {
  slack = await startSlackPlatform();
  adapter = makeAdapter(slack);
});

afterEach(async () => {
  await adapter.stop();
  await slack.close();
});

const COUNT = 200;

it('keeps the order of what a person writes, though it comes over two connections', async () => {
  const host = createRecordingHost();
  await adapter.start(host);
  await slack.until(() => slack.sockets.connections === 2);
  const people = [slack.user(), slack.user(), slack.user()];
  for (let index = 0; index < COUNT; index += 1) for (const person of people) person.says(String(index));
  await host.until(() => host.committed.length === COUNT * people.length);
  for (const { id } of people) {
    const heard = host.received.filter(({ person }) => person === `slack:${id}`).map(wordsOf);
    expect(heard).toEqual(Array.from({ length: COUNT }, (_, index) => String(index)));
  }
});
