import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pushes } from '../platforms/slack/pushes.js';
import { type SlackPlatform, startSlackPlatform } from '../platforms/slack/server.js';
import { freePort } from '../support/free-port.js';

/**
 * Slack's own library as it is shipped: the emulator is not shaped to our adapter, and the facts we build around hold.
 */

let slack: SlackPlatform;
let apps: App[] = [];

beforeEach(async () => {
  slack = await startSlackPlatform();
});

afterEach(async () => {
  await Promise.all(apps.map((app) => app.stop()));
  apps = [];
  await slack.until(() => slack.sockets.connections === 0);
  await slack.close();
});

function socketApp(): App {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.bot.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: slack.bot.token, receiver, logLevel: LogLevel.ERROR, clientOptions });
  apps.push(app);
  return app;
}

async function webhookApp(): Promise<{ readonly app: App; readonly pushes: Pushes }> {
  const port = await freePort();
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new HTTPReceiver({
    signingSecret: slack.bot.signingSecret,
    port,
    logLevel: LogLevel.ERROR,
  });
  const app = new App({ token: slack.bot.token, receiver, logLevel: LogLevel.ERROR, clientOptions });
  apps.push(app);
  return { app, pushes: slack.pushTo(`http://127.0.0.1:${port}/slack/events`) };
}

describe.each([
  ['over a socket', async () => socketApp()],
  ['over HTTP', async () => (await webhookApp()).app],
] as const)("Slack's own library %s", (_name, makeApp) => {
  it('talks to the emulator: a message, a button, a tap, a command', async () => {
    const app = await makeApp();
    app.message('hello', async ({ say }) => {
      await say({
        text: 'Tap it',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: 'Tap *it*' } },
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'go', value: '1', text: { type: 'plain_text', text: 'Go' } },
            ],
          },
        ],
      });
    });
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'tapped', replace_original: false });
    });
    app.command('/lifeline', async ({ ack, respond, command }) => {
      await ack();
      await respond(`heard ${command.text}`);
    });
    await app.start();
    const ann = slack.user();
    ann.says('hello');
    await slack.until(() => ann.hears().includes('Tap *it*'));
    ann.taps('Go');
    await slack.until(() => ann.hears().includes('tapped'));
    ann.slash('me & you');
    await slack.until(() => ann.hears().includes('heard me & you'));
    await slack.until(() => slack.deliveries.all.every(({ isAcknowledged }) => isAcknowledged));
  });

  it('acknowledges an event before anything is done with it', async () => {
    const app = await makeApp();
    app.message(async () => {
      throw new Error('the store is away');
    });
    app.error(async () => undefined);
    await app.start();
    slack.user().says('hello');
    await slack.until(
      () => slack.deliveries.all.length === 1 && slack.deliveries.unacknowledged().length === 0,
    );
  });
});

it("Slack's own HTTP receiver takes a signature of the future", async () => {
  const { app, pushes } = await webhookApp();
  await app.start();
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  expect((await pushes.post(body, 'application/json', 'future')).status).toBe(200);
  expect((await pushes.post(body, 'application/json', 'stale')).status).toBe(401);
  expect((await pushes.post('ssl_check=1', 'application/x-www-form-urlencoded', 'missing')).status).toBe(200);
});
