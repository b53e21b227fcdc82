import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createRemoteJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/infra/settings.js';
import { type Content, compile } from '../../src/load-content.js';
import { createBot } from '../../src/main.js';
import { conversationId, inboundId, type Store } from '../../src/model/index.js';
import { changeKeyFolder, newKeySet, readKeyFolder } from '../../src/recovery/index.js';
import { ANSWERS } from '../../src/recovery/open-api.js';
import type { Bot } from '../../src/runtime/lifecycle.js';
import { createPageDesk } from '../../src/runtime/page-desk.js';
import { startTelegramPlatform, type TelegramPlatform } from '../platforms/telegram/server.js';
import type { User } from '../platforms/telegram/user.js';
import { plainEngine } from '../support/engine.js';
import { freePort } from '../support/free-port.js';
import { lifelineIn } from '../support/lifeline-command.js';
import { ownContent } from '../support/own-content.js';
import { openReception } from '../support/reception.js';
import { startRedis } from '../support/redis/start-redis.js';
import { edited } from '../support/small-content.js';

const files = edited(
  ownContent().files,
  'flows/official.yaml',
  '{ link: reset-help }',
  '{ link: reset-help, verified: true, page: help-fees, start: help-fees, check: help-fees }',
);
const content: Content = { files, bundle: compile(files) };
const PAGE = 'https://harbor.internal';
const BROWSER = 'b'.repeat(22);
const MAIL = 'ann.canary@mail.harbor.internal';
const SECRET = randomBytes(32).toString('base64');
const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });

let telegram: TelegramPlatform;
let site: Server;
let siteAnswers: number;
let siteAsked: number;
let folder: string;
let own: string;
let port: number;
let bot: Bot | null;
let logLines: string[];

beforeEach(async () => {
  telegram = await startTelegramPlatform();
  folder = await mkdtemp(join(tmpdir(), 'lifeline-page-'));
  logLines = [];
  bot = null;
  siteAnswers = 200;
  siteAsked = 0;
  site = createServer((_, response) => {
    siteAsked += 1;
    response.writeHead(siteAnswers).end();
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const key = { ...(await exportJWK(pair.publicKey)), kid: 'page-1' };
  await writeFile(join(folder, 'page-keys.json'), JSON.stringify({ keys: [key] }));
  port = await freePort();
  own = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  await bot?.stop();
  await telegram.close();
  site.close();
  await rm(folder, { recursive: true });
});

/** The bot as it is set up; resolves once it has asked whether the page works. */
async function startBot(store = `lmdb:${folder}/store`): Promise<void> {
  const address = site.address();
  if (address === null || typeof address === 'string') throw new Error('the site does not listen');
  const settings = readSettings(
    {
      TELEGRAM_BOT_TOKEN: telegram.bot.token,
      TELEGRAM_API_URL: telegram.apiUrl,
      LIFELINE_STORE: store,
      LIFELINE_SECRET: SECRET,
      LOG_LEVEL: 'debug',
      HTTP_PORT: String(port),
      RECOVERY_URL: own,
      RECOVERY_PAGE_KEYS: join(folder, 'page-keys.json'),
      RECOVERY_SIGNING_KEYS: join(folder, 'signing'),
      RECOVERY_HEALTH_URL: `http://127.0.0.1:${address.port}/recover`,
    },
    '/nowhere',
  );
  let tellLooked = (): void => undefined;
  const looked = new Promise<void>((resolve) => {
    tellLooked = resolve;
  });
  const write = (line: string): void => {
    logLines.push(line);
    if (/page-(?:well|away)/.test(line)) tellLooked();
  };
  bot = await createBot(settings, { content, logStream: { write } });
  await bot.start();
  await looked;
}

/** Says the wish and opens the page's button; the address behind the last one. */
async function asksForPage(user: User): Promise<string> {
  user.says('wants forgot-password');
  await telegram.until(() => user.sees().some(({ text }) => text.includes('en recover first')));
  user.taps('en recover btn page');
  await telegram.until(() => linkOf(user) !== '');
  return linkOf(user);
}

function linkOf(user: User): string {
  const urls = user.sees().flatMap(({ buttons }) => buttons.flatMap(({ url }) => url ?? []));
  return urls.at(-1) ?? '';
}

/** The page's server asks. */
async function asks(request: unknown, jti: string): Promise<unknown> {
  const iat = Math.floor(Date.now() / 1000);
  const body = await new SignJWT({ iss: PAGE, aud: own, iat, exp: iat + 60, jti, request })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-request+jwt', kid: 'page-1' })
    .sign(pair.privateKey);
  const headers = { 'content-type': 'application/jwt' };
  const answer = await fetch(`${own}/recovery/v1/requests`, { method: 'POST', body, headers });
  return ANSWERS.answer.parse(await answer.json());
}

const jti = (name: string): string => name.padEnd(22, '-');

describe('a verified hand-off over Telegram and HTTP', () => {
  it('goes from the signed link over the page and back into the chat, to the result', async () => {
    await startBot();
    const ann = telegram.user({ languageCode: 'en' });
    const link = await asksForPage(ann);
    expect(link.length).toBeLessThan(512);
    const [page, token = ''] = link.split('#');
    expect(page).toBe(`${PAGE}/help/fees`);
    const keys = createRemoteJWKSet(new URL(`${own}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(token, keys, {
      ...{ issuer: own, audience: PAGE, typ: 'recovery-handoff+jwt', algorithms: ['EdDSA'] },
    });
    const id = payload.jti ?? '';
    const opened = await asks({ kind: 'open', id, browser: BROWSER }, jti('one'));
    expect(opened).toMatchObject({ kind: 'opened', id, match: { kind: 'return' } });
    const { match } = opened as { readonly match: { readonly nonce: string } };
    ann.starts(`r_${match.nonce}`);
    await telegram.until(() => ann.hears().some((text) => text.includes('en hand off resetting')));
    expect(await asks({ kind: 'status', id, browser: BROWSER }, jti('two'))).toEqual({
      kind: 'status',
      status: 'matched',
    });
    await asks({ kind: 'result', id, outcome: 'completed' }, jti('three'));
    await telegram.until(() => ann.hears().some((text) => text.includes('en hand off completed')));
    const code = /session ([0-9A-Z]{5} [0-9A-Z]{5})/.exec(ann.hears().join('\n'))?.[1] ?? '';
    expect(await asks({ kind: 'check-session', code, address: '203.0.113.9' }, jti('four'))).toMatchObject({
      genuine: true,
      bot: '@LifelineTestBot',
    });
  });

  it('is plain while the page is away', async () => {
    siteAnswers = 503;
    await startBot();
    const link = await asksForPage(telegram.user({ languageCode: 'en' }));
    expect(link).toBe(`${PAGE}/reset`);
    expect(siteAsked).toBeGreaterThan(0);
  });

  it('is signed by keys that the command rotates and withdraws', async () => {
    await startBot();
    const lifeline = lifelineIn(folder, {
      RECOVERY_SIGNING_KEYS: join(folder, 'signing'),
      ...{ LIFELINE_STORE: `lmdb:${folder}/store`, LIFELINE_SECRET: SECRET },
    });
    const listed = async (): Promise<readonly (readonly string[])[]> => {
      const { out } = await lifeline('keys', 'signing', 'list');
      return out
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/));
    };
    const [[current = ''] = [], [next = ''] = []] = await listed();
    expect((await listed()).map(([, , state]) => state)).toEqual(['current', 'next']);
    const link = await asksForPage(telegram.user({ languageCode: 'en' }));
    expect(decodeJwt(link.split('#')[1] ?? '').iss).toBe(own);
    expect(await lifeline('keys', 'signing', 'rotate')).toMatchObject({ code: 0, err: '' });
    expect((await listed()).map(([kid, , state]) => [kid, state]).slice(0, 2)).toEqual([
      [current, 'previous'],
      [next, 'current'],
    ]);
    expect(await lifeline('keys', 'signing', 'withdraw', current)).toMatchObject({ code: 0, err: '' });
    expect((await listed()).flat()).not.toContain(current);
    expect((await lifeline('keys', 'signing', 'withdraw', 'none')).err).toContain('no signing key');
  });
});

describe.each(['LMDB', 'Redis'] as const)('what must be nowhere to be read, on %s', (kind) => {
  it('is in no log line, no file of the store, no error, no list of a command and no export', {
    timeout: 120_000,
  }, async () => {
    const redis = kind === 'Redis' ? await startRedis({ appendonly: true }) : null;
    const store = redis?.url ?? `lmdb:${folder}/store`;
    if (redis !== null) await changeKeyFolder(join(folder, 'signing'), async () => newKeySet(Date.now()));
    try {
      await startBot(store);
      const ann = telegram.user({ languageCode: 'en' });
      const token = (await asksForPage(ann)).split('#')[1] ?? '';
      const id = decodeJwt(token).jti ?? '';
      const other = 'en hand off btn other device';
      await telegram.until(() =>
        ann.sees().some(({ buttons }) => buttons.flat().some(({ text }) => text === other)),
      );
      ann.taps(other);
      const number = () => /\d{4} \d{4}/.exec(ann.hears().join('\n'))?.[0] ?? '';
      await telegram.until(() => number() !== '');
      const typed = number().replace(' ', '');
      const wrong = { kind: 'open-by-number', number: '31415926', browser: BROWSER };
      expect(await asks(wrong, jti('wrong'))).toEqual({ kind: 'refused', why: 'unknown' });
      const opened = await asks({ kind: 'open-by-number', number: typed, browser: BROWSER }, jti('one'));
      const { match } = opened as { readonly match: { readonly nonce: string } };
      ann.starts(`r_${match.nonce}`);
      await telegram.until(() => ann.hears().some((text) => text.includes('en hand off resetting')));
      ann.says(`my address is ${MAIL}`);
      const conversation = conversationId('telegram', { channel: String(ann.id) }, String(ann.id));
      const { snapshot } = (await bot?.store.load(conversation)) ?? {};
      const secret = snapshot?.challenge?.secret ?? '';
      const code = /session ([0-9A-Z]{5} [0-9A-Z]{5})/.exec(ann.hears().join('\n'))?.[1] ?? '';
      const { current, next } = readKeyFolder(join(folder, 'signing')) ?? {};
      // Whatever fails says where, and nothing of what it was about.
      const faults: unknown[] = [];
      for (const fail of ['getPointer', 'load', 'commit'] as const) {
        const broken = {
          ...bot?.store,
          [fail]: () => Promise.reject(new Error('the disk is gone')),
        } as Store;
        const desk = createPageDesk({ store: broken, receiver: failing(broken), platform: 'telegram' });
        const ways = [
          desk.ask({ kind: 'open', id, browser: BROWSER }, inboundId('telegram', 'page', fail)),
          desk.ask(
            { kind: 'open-by-number', number: typed, browser: BROWSER },
            inboundId('telegram', 'page', `${fail}-2`),
          ),
        ];
        for (const { status, ...rest } of await Promise.allSettled(ways))
          faults.push([status, inspect(rest, { depth: 12, showHidden: true })]);
      }
      expect(JSON.stringify(faults)).toContain('the disk is gone');
      const key = Buffer.from(SECRET, 'base64');
      const lifeline = lifelineIn(folder, { LIFELINE_STORE: store, LIFELINE_SECRET: SECRET });
      const said: string[] = [];
      for (const args of [['audit'], ['export', 'all.export']])
        said.push(JSON.stringify(await lifeline(...args)));
      await bot?.stop();
      bot = null;
      const raw = Buffer.concat([
        await filesBelow(redis?.folder ?? join(folder, 'store')),
        await readFile(join(folder, 'all.export')),
      ]);
      const words = [logLines.join(''), JSON.stringify(faults), ...said].join('\n');
      const canaries = [
        ...[id, token, token.split('.')[2] ?? '', match.nonce, typed, number(), secret, code, MAIL],
        ...[code.replace(' ', ''), current?.jwk.d ?? '', next?.jwk.d ?? '', SECRET, key.toString('hex')],
        ...[telegram.bot.token.split(':')[1] ?? '', '31415926'],
      ];
      expect(raw.length).toBeGreaterThan(1_000);
      for (const canary of canaries) {
        expect(canary.length).toBeGreaterThan(2);
        expect([canary, words.includes(canary), raw.includes(canary)]).toEqual([canary, false, false]);
      }
    } finally {
      await bot?.stop();
      bot = null;
      await redis?.stop();
    }
  });
});

/** A receiver of the bot's content on a store that fails. */
function failing(store: Store) {
  const engine = plainEngine(content.bundle);
  return openReception({ engine, memory: store }).receiver;
}

async function filesBelow(path: string): Promise<Buffer> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'secret');
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))));
}
