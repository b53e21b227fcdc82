import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BlockLists, createBlockLists } from '../../../src/infra/block-lists.js';
import { createFakeClock, type FakeClock } from '../../../src/simulate/fake-clock.js';
import { keptLog } from '../../support/engine.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const LIST = JSON.stringify({ deny: ['evil.test'], allow: [] });
const OTHER = JSON.stringify({ deny: ['other.test'], allow: [] });

let folder: string;
let server: Server;
let url: string;
let answer: Answer;
let asked: (string | undefined)[];
let clock: FakeClock;
let log: ReturnType<typeof keptLog>;
const opened: BlockLists[] = [];

const sends =
  (body: string, etag?: string): Answer =>
  (request, response) => {
    if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, etag === undefined ? {} : { etag }).end(body);
  };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-lists-'));
  asked = [];
  clock = createFakeClock(0);
  log = keptLog();
  answer = sends(LIST, '"one"');
  server = createServer((request, response) => {
    asked.push(request.headers['if-none-match']);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/all.json`;
});

afterEach(async () => {
  for (const lists of opened.splice(0)) await lists.stop();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function open(options: { timeoutMs?: number; maxBytes?: number } = {}): Promise<BlockLists> {
  const lists = createBlockLists({ urls: [url], folder, clock, log, ...options });
  opened.push(lists);
  await lists.start();
  return lists;
}
const codes = (): readonly (string | undefined)[] => log.lines.map(({ code }) => code);

describe('createBlockLists', () => {
  it('asks for a list, uses it and keeps it', async () => {
    const { listed } = await open();
    expect(listed('a.evil.test')).toBe('blocked');
    expect(listed('fine.test')).toBeNull();
    expect(log.lines).toEqual([{ event: 'block-list-refreshed', count: 1 }]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('asks again with the tag of the list that is kept, and keeps it when nothing changed', async () => {
    await open();
    const { listed } = await open();
    expect(asked).toEqual([undefined, '"one"']);
    expect(listed('evil.test')).toBe('blocked');
  });

  it('refreshes itself', async () => {
    const { listed } = await open();
    answer = sends(OTHER, '"two"');
    const refreshed = new Promise<void>((resolve) => {
      log.info = () => resolve();
    });
    clock.moveTo(3_600_000);
    await refreshed;
    expect([listed('evil.test'), listed('other.test')]).toEqual([null, 'blocked']);
  });

  it.each<[string, Answer, string]>([
    ['is damaged', sends('{"deny": ["evil.te'), 'damaged'],
    ['is a page', sends('<html>moved</html>'), 'damaged'],
    ['is empty', sends('{"deny":[]}'), 'damaged'],
    ['is too large', sends(JSON.stringify({ deny: ['x.test', 'y'.repeat(5_000)] })), 'too-large'],
    ['is not there', (_request, response) => void response.writeHead(404).end(), 'http-404'],
    [
      'breaks off',
      (_request, response) =>
        void response.writeHead(200, { 'content-length': '999' }).write('{', () => response.destroy()),
      'UND_ERR_SOCKET',
    ],
    ['never comes', () => undefined, 'TimeoutError'],
  ])('stays with the last good one when the new one %s, and says so', async (_what, bad, code) => {
    await open();
    answer = bad;
    const { listed } = await open({ timeoutMs: 300, maxBytes: 2_000 });
    expect(listed('evil.test')).toBe('blocked');
    expect(codes()).toEqual([undefined, code]);
  });

  it('starts without a list where there never was one, and asks again sooner', async () => {
    answer = (_request, response) => void response.writeHead(500).end();
    const { listed } = await open();
    expect(listed('evil.test')).toBeNull();
    answer = sends(LIST);
    const refreshed = new Promise<void>((resolve) => {
      log.info = () => resolve();
    });
    clock.moveTo(300_000);
    await refreshed;
    expect(listed('evil.test')).toBe('blocked');
  });

  it('does without what is kept when that is damaged, and asks for it whole', async () => {
    await open();
    const [file = ''] = await readdir(folder);
    const whole = await readFile(join(folder, file), 'utf8');
    await writeFile(join(folder, file), whole.slice(0, 20));
    const { listed } = await open();
    expect(asked).toEqual([undefined, undefined]);
    expect(listed('evil.test')).toBe('blocked');
  });
});
