import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordPlatform, startDiscordPlatform } from '../platforms/discord/server.js';
import { realContent } from '../support/real-content.js';

let discord: DiscordPlatform;
let folder: string;

beforeEach(async () => {
  discord = await startDiscordPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-e2e-'));
  for (const [name, text] of (await realContent()).files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});

afterEach(async () => {
  await discord.close();
  await rm(folder, { recursive: true });
});

function startProcess() {
  return spawn(process.execPath, ['dist/src/cli/lifeline.js', '--content', folder, 'start'], {
    env: {
      PATH: process.env.PATH ?? '',
      DISCORD_BOT_TOKEN: discord.bot.token,
      DISCORD_API_URL: discord.apiUrl,
      LIFELINE_STORE: `lmdb:${folder}/store`,
    },
    stdio: 'ignore',
  });
}

describe('the bot as a process', () => {
  it('talks on Discord once it has a token, and ends in order on SIGTERM, connected or not', async () => {
    const first = startProcess();
    await discord.online();
    const ann = discord.user();
    ann.says('I forgot my password');
    await discord.until(() => ann.hears().length >= 2);
    first.kill('SIGTERM');
    expect(await new Promise((resolve) => first.once('exit', resolve))).toBe(0);
    expect(discord.gateway.closes).toEqual([4200]);

    const second = startProcess();
    await discord.online();
    expect(discord.gateway.identifies).toBe(1);
    discord.gateway.cut();
    second.kill('SIGTERM');
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  });

  it('loses nothing that is written after it was killed, right after its first answer', async () => {
    const first = startProcess();
    await discord.online();
    const ann = discord.user();
    ann.says('I forgot my password');
    await discord.until(() => ann.hears().length >= 2);
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    ann.says('2');
    const before = ann.hears().length;
    const second = startProcess();
    await discord.until(() => ann.hears().length > before);
    second.kill('SIGTERM');
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  });
});
