import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { generateSync } from 'otplib';
import { afterEach, describe, expect, it } from 'vitest';
import { createAccounts } from '../../../examples/official-site/accounts.js';
import type { Answered, BotRequest } from '../../../examples/official-site/bot-client.js';
import type { ReadToken } from '../../../examples/official-site/hand-off-token.js';
import { SITE_SETTINGS } from '../../../examples/official-site/settings.js';
import { createSite } from '../../../examples/official-site/site.js';

const ID = 'A'.repeat(22);
/** Of carl's authenticator. */
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
let open: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(open.map((app) => app.close()));
  open = [];
});

/** The page with a bot that answers as told, and a browser with its cookie. */
async function meet(
  answers: Partial<Record<BotRequest['kind'], Answered>> = {},
  token: ReadToken = { kind: 'valid', id: ID },
) {
  const asked: BotRequest[] = [];
  const told: BotRequest[] = [];
  const sent: { to: string; text: string }[] = [];
  const time = { now: 1_772_355_600_000 };
  const mail = { isUp: true };
  const accounts = createAccounts(() => time.now);
  await accounts.add('ann@mail.example', 'correct horse battery staple');
  const app = createSite({
    ...{ origin: 'https://wallet.example', product: 'Example', telegram: 'ExampleBot', accounts },
    now: () => time.now,
    bot: {
      ask: async (request) => {
        asked.push(request);
        return answers[request.kind] ?? { kind: 'away' };
      },
      tell: async (request) => void told.push(request),
    },
    readToken: async () => token,
    mailer: {
      isUp: async () => mail.isUp,
      send: async (each) => void sent.push(each),
      close: () => undefined,
    },
    secret: new Uint8Array(32).fill(9),
    fault: (error) => {
      throw error;
    },
  });
  open.push(app);
  return { app, asked, told, sent, time, mail, accounts, ...(await browserOf(app)) };
}

/** A browser with its cookie and the token of its forms. */
async function browserOf(app: FastifyInstance) {
  const first = await app.inject('/start');
  const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
  const form = /name="form" value="([^"]+)"/.exec(first.body)?.[1] ?? '';
  const get = (url: string) => app.inject({ url, headers: { cookie } });
  const post = (url: string, fields: Readonly<Record<string, string>>, headers = {}) =>
    app.inject({
      ...{ method: 'POST', url, payload: new URLSearchParams({ form, ...fields }).toString() },
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  return { get, post, first };
}

describe('the official page', () => {
  it('asks nobody for a GET, and lets no script or frame of others in', async () => {
    const { get, asked, first } = await meet();
    await get('/recover');
    expect(asked).toEqual([]);
    expect(first.headers['content-security-policy']).toContain("default-src 'none'");
    expect(first.headers['content-security-policy']).not.toContain('unsafe');
    expect(first.headers['cache-control']).toBe('no-store');
    expect(first.body).not.toMatch(/<script(?! src)|<style| style=| on[a-z]+=/);
  });

  it('does nothing for a form that is not its own', async () => {
    const { post, asked } = await meet();
    for (const answer of [
      await post('/start', { form: 'made-up', number: '12345678' }),
      await post('/start', { number: '12345678' }, { 'sec-fetch-site': 'cross-site' }),
      await post('/start', { number: '12345678' }, { cookie: '' }),
    ])
      expect(answer.statusCode).toBe(403);
    expect(asked).toEqual([]);
  });

  it('does not lead to other sites when the language changes', async () => {
    const { get } = await meet();
    for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example'])
      expect((await get(`/language?to=en&back=${encodeURIComponent(back)}`)).headers.location).toBe('/');
  });

  it('says the same of every token that is not valid, and offers the plain reset when the bot is away', async () => {
    const invalid = await meet({}, { kind: 'invalid' });
    expect((await invalid.post('/recover', { token: 'x' })).headers.location).toBe('/over');
    expect(invalid.asked).toEqual([]);
    const away = await meet({}, { kind: 'away' });
    const answer = await away.post('/recover', { token: 'a.b.c' });
    expect([answer.statusCode, answer.body.includes('href="/reset"')]).toEqual([503, true]);
  });

  it('asks nobody about what cannot be a number', async () => {
    const { post, asked } = await meet({ 'open-by-number': { kind: 'refused', why: 'unknown' } });
    for (const number of ['', '1234567', '123456789', 'abcdefgh']) await post('/start', { number });
    expect(asked).toEqual([]);
    await post('/start', { number: '１２３４ ５６７８' });
    expect(asked).toMatchObject([
      { kind: 'open-by-number', number: '12345678', address: expect.any(String) },
    ]);
  });
});

describe('the reset', () => {
  it('answers alike for who has an account and who has none, byte for byte', async () => {
    const looks = async (mail: string) => {
      const { post, get, sent } = await meet();
      const pages = [await post('/reset', { mail, way: 'mail' }), await get('/reset/code')];
      const code = sent[0]?.text.includes('000000') === true ? '000001' : '000000';
      for (let tries = 0; tries < 7; tries += 1) pages.push(await post('/reset/code', { code }));
      pages.push(await post('/login', { mail, password: 'wrong' }));
      return pages.map(({ statusCode, headers, body }) => ({
        statusCode,
        location: headers.location,
        body: body.replaceAll(mail, 'MAIL').replaceAll(/name="form" value="[^"]+"/g, ''),
      }));
    };
    expect(await looks('ann@mail.example')).toEqual(await looks('bob@mail.example'));
  });

  it('sends a code only to who has an account, takes it in that browser, and five tries', async () => {
    const { post, sent } = await meet();
    await post('/reset', { mail: 'bob@mail.example', way: 'mail' });
    expect(sent).toEqual([]);
    await post('/reset', { mail: 'ann@mail.example', way: 'mail' });
    const code = /(?<!\d)\d{6}(?!\d)/.exec(sent[0]?.text ?? '')?.[0] ?? '';
    expect((await post('/reset/code', { code })).headers.location).toBe('/reset/password');
    const other = await meet();
    await other.post('/reset', { mail: 'ann@mail.example', way: 'mail' });
    const right = /(?<!\d)\d{6}(?!\d)/.exec(other.sent[0]?.text ?? '')?.[0] ?? '';
    const wrong = right === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1) await other.post('/reset/code', { code: wrong });
    expect((await other.post('/reset/code', { code: right })).statusCode).toBe(200);
  });

  it('takes no code after ten minutes, and none without having asked for one', async () => {
    const { post, sent, time } = await meet();
    expect((await post('/reset/code', { code: '123456' })).headers.location).toBe('/reset');
    await post('/reset', { mail: 'ann@mail.example', way: 'mail' });
    const code = /(?<!\d)\d{6}(?!\d)/.exec(sent[0]?.text ?? '')?.[0] ?? '';
    time.now += 10 * 60_000;
    expect((await post('/reset/code', { code })).statusCode).toBe(200);
    expect(
      (
        await post('/reset/password', {
          password: 'purple otter 41 listens',
          again: 'purple otter 41 listens',
        })
      ).headers.location,
    ).toBe('/reset');
  });

  it('costs nobody a try while the mail server is down', async () => {
    const { post, mail, sent } = await meet();
    mail.isUp = false;
    for (let tries = 0; tries < 9; tries += 1)
      expect((await post('/reset', { mail: 'ann@mail.example', way: 'mail' })).statusCode).toBe(503);
    mail.isUp = true;
    for (let tries = 0; tries < 6; tries += 1)
      await post('/reset', { mail: 'ann@mail.example', way: 'mail' });
    expect(sent).toHaveLength(5);
  });

  describe('by authenticator', () => {
    const CARL = { mail: 'carl@mail.example', way: 'authenticator' };
    const NEW = 'purple otter 41 listens';
    const codeAt = (ms: number): string =>
      generateSync({ strategy: 'totp', secret: SECRET, epoch: ms / 1000 });
    const wrongAt = (ms: number): string => {
      const near = [ms - 30_000, ms, ms + 30_000].map(codeAt);
      return ['000000', '000001', '000002', '000003'].find((code) => !near.includes(code)) ?? '';
    };

    const meetCarl = async () => {
      const met = await meet();
      await met.accounts.add(CARL.mail, 'wet teapot seven clouds', SECRET);
      return met;
    };

    it('takes the right code, and lets a new password be set with it', async () => {
      const { post, time, sent, accounts } = await meetCarl();
      expect((await post('/reset', CARL)).headers.location).toBe('/reset/code');
      expect(sent).toEqual([]);
      const typed = codeAt(time.now).replace(/^(...)/, '$1 ');
      expect((await post('/reset/code', { code: typed })).headers.location).toBe('/reset/password');
      const differs = await post('/reset/password', { password: NEW, again: `${NEW}!` });
      expect(differs.statusCode).toBe(200);
      expect(await accounts.isPassword(CARL.mail, 'wet teapot seven clouds')).toBe(true);
      const used = { password: 'wet teapot seven clouds', again: 'wet teapot seven clouds' };
      expect((await post('/reset/password', used)).statusCode).toBe(200);
      expect((await post('/reset/password', { password: NEW, again: NEW })).headers.location).toBe('/login');
      expect(await accounts.isPassword(CARL.mail, NEW)).toBe(true);
      expect((await post('/login', { mail: CARL.mail, password: NEW })).statusCode).toBe(303);
    });

    it('takes no wrong code, none of long ago, and lets nobody on with one', async () => {
      const { post, time, accounts } = await meetCarl();
      await post('/reset', CARL);
      for (const code of [
        wrongAt(time.now),
        codeAt(time.now - 90_000),
        codeAt(time.now + 90_000),
        '12345',
        '',
      ])
        expect((await post('/reset/code', { code })).statusCode, code).toBe(200);
      expect((await post('/reset/password', { password: NEW, again: NEW })).headers.location).toBe('/reset');
      expect(await accounts.isPassword(CARL.mail, NEW)).toBe(false);
    });

    it('takes each code once, in whatever browser', async () => {
      const { post, time, app } = await meetCarl();
      await post('/reset', CARL);
      const code = codeAt(time.now);
      expect((await post('/reset/code', { code })).headers.location).toBe('/reset/password');
      const other = await browserOf(app);
      await other.post('/reset', CARL);
      expect((await other.post('/reset/code', { code })).statusCode).toBe(200);
      time.now += 30_000;
      expect((await other.post('/reset/code', { code: codeAt(time.now) })).headers.location).toBe(
        '/reset/password',
      );
    });

    it('takes five tries of a person in a quarter of an hour, over all browsers', async () => {
      const { app, time } = await meetCarl();
      for (let tries = 0; tries < 5; tries += 1) {
        const { post } = await browserOf(app);
        await post('/reset', CARL);
        expect((await post('/reset/code', { code: wrongAt(time.now) })).statusCode).toBe(200);
      }
      const { post } = await browserOf(app);
      await post('/reset', CARL);
      expect((await post('/reset/code', { code: codeAt(time.now) })).statusCode).toBe(200);
      time.now += 15 * 60_000;
      await post('/reset', CARL);
      expect((await post('/reset/code', { code: codeAt(time.now) })).headers.location).toBe(
        '/reset/password',
      );
    });

    it('is right for nobody who has none', async () => {
      const { post, time } = await meetCarl();
      for (const mail of ['ann@mail.example', 'bob@mail.example']) {
        await post('/reset', { ...CARL, mail });
        expect((await post('/reset/code', { code: codeAt(time.now) })).statusCode).toBe(200);
      }
    });
  });

  it('tells the bot what became of a matched hand-off, and nothing of one that is not', async () => {
    const match = { kind: 'return', nonce: 'n'.repeat(22) } as const;
    const opened: Answered = { kind: 'opened', id: ID, deadline: 1, match };
    const matched = await meet({ open: opened, status: { kind: 'status', status: 'matched' } });
    await matched.post('/recover', { token: 'a.b.c' });
    expect((await matched.get('/status')).json()).toEqual({ next: '/reset', slow: false });
    await matched.post('/reset', { mail: 'bob@mail.example', way: 'mail' });
    await matched.post('/reset/stop', {});
    expect(matched.told).toEqual([
      { kind: 'progress', id: ID, step: 'mail-sent' },
      { kind: 'result', id: ID, outcome: 'abandoned' },
    ]);
    const waiting = await meet({ open: opened, status: { kind: 'status', status: 'opened' } });
    await waiting.post('/recover', { token: 'a.b.c' });
    await waiting.post('/reset', { mail: 'ann@mail.example', way: 'mail' });
    await waiting.post('/reset/stop', {});
    expect(waiting.told).toEqual([]);
  });
});

it('shows every setting in its README', () => {
  const rows = readFileSync('examples/official-site/README.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const wanted = Object.entries(SITE_SETTINGS.shape).map(([name, setting]) => {
    const unset: unknown = setting.safeParse(undefined).data;
    return `| \`${name}\` | ${unset === undefined ? '—' : `\`${String(unset)}\``} | ${setting.description} |`;
  });
  expect(rows).toEqual(wanted);
});
