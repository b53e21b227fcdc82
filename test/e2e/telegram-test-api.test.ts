import { once } from 'node:events';
import { createServer } from 'node:net';
import imported from 'telegram-test-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../adapters/telegram/index.js';
import { parseConversationId } from '../../src/model/index.js';
import { createRecordingHost } from '../platforms/telegram/recording-host.js';
import { FIRST_TRY } from '../support/first-try.js';

/** The parts of the package that are used; its own types need a package that it does not install. */
interface IndependentServer {
  readonly config: { readonly apiURL: string };
  start(): Promise<void>;
  stop(): Promise<boolean>;
  waitBotMessage(): Promise<void>;
  getUpdatesHistory(token: string): readonly { readonly message?: { readonly text?: string } }[];
  getClient(token: string): IndependentClient;
}

interface IndependentClient {
  makeCommand(text: string): object;
  makeMessage(text: string): object;
  makeCallbackQuery(data: string): object;
  sendCommand(command: object): Promise<unknown>;
  sendMessage(message: object): Promise<unknown>;
  sendCallback(query: object): Promise<unknown>;
}

// The package exports the class itself; its types say that it is under `default`.
const TelegramServer = imported as unknown as new (config: {
  readonly port: number;
  readonly host: string;
}) => IndependentServer;

const token = '7000000002:AAE-made-up-for-tests';
let server: IndependentServer;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

beforeEach(async () => {
  server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
});

afterEach(async () => {
  await server.stop();
});

describe('an independent Bot API', () => {
  it('brings commands, texts and taps, and takes the answer', async () => {
    const adapter = createTelegramAdapter({ token, apiUrl: server.config.apiURL });
    const commands = [{ locale: 'en', source: true, commands: [{ name: 'help', description: 'Help' }] }];
    const host = createRecordingHost({ commands });
    await adapter.start(host);
    try {
      const client = server.getClient(token);
      await client.sendCommand(client.makeCommand('/start f_menu'));
      await client.sendMessage(client.makeMessage('no mail'));
      await client.sendCallback(client.makeCallbackQuery('1.0.mac'));
      await host.until(() => host.committed.length === 3);
      expect(host.received.map(({ content }) => content)).toEqual([
        { kind: 'start', payload: 'menu' },
        { kind: 'text', text: 'no mail' },
        { kind: 'tap', data: '1.0.mac' },
      ]);

      const [first] = host.received;
      if (first === undefined) throw new Error('nothing received');
      const { place, userId } = parseConversationId(first.conversation);
      const to = { place, userId, visibility: 'direct', botHandle: 'TestNameBot' } as const;
      const [call] = adapter.encode(
        { kind: 'message', text: 'Where did you look?', buttons: [], keys: [], private: false },
        to,
      );
      expect(call && (await adapter.send(call, FIRST_TRY))).toEqual({ kind: 'sent' });
      const texts = server.getUpdatesHistory(token).map(({ message }) => message?.text);
      expect(texts).toContain('Where did you look?');
      // It has no setMyCommands: a menu that cannot be registered stops nothing.
      await host.until(() => host.logged.some(({ event }) => event === 'commands-not-registered'));
    } finally {
      await adapter.stop();
    }
  });
});
