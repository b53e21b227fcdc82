import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../support/free-port.js';

let demo: ChildProcess | null = null;

afterEach(() => {
  if (demo?.pid !== undefined && demo.exitCode === null && demo.signalCode === null)
    process.kill(-demo.pid, 'SIGKILL');
});

it('npm run demo starts bot, official page, mail catcher and a chat that answers, and ends when told', async () => {
  const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
  const [chat, bot, site] = ports.map((port) => `http://127.0.0.1:${port}`);
  demo = spawn('npm', ['run', '-s', 'demo', '--', ...ports.map(String)], {
    ...{ detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let said = '';
  const ended = once(demo, 'close');
  await new Promise<void>((resolve, reject) => {
    const heard = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('The demo runs until Ctrl-C')) resolve();
    };
    demo?.stdout?.on('data', heard);
    demo?.stderr?.on('data', heard);
    void ended.then(() => reject(new Error(said)));
  });
  expect((await fetch(`${site}/recover`)).status).toBe(200);
  expect((await fetch(`${bot}/.well-known/jwks.json`)).status).toBe(200);
  const sent = await fetch(`${chat}/`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ start: 'x?start=menu' }) },
  });
  expect(sent.status).toBe(303);
  let talk = '';
  while (!talk.includes('name="tap"')) talk = await (await fetch(`${chat}/talk`)).text();
  if (demo.pid !== undefined) process.kill(-demo.pid, 'SIGINT');
  await ended;
  for (const origin of [chat, bot, site]) await expect(fetch(`${origin}/`)).rejects.toThrow();
});
