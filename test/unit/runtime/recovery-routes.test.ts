import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  type Challenge,
  conversationId,
  type HttpRoute,
  IDLE_TTL_MS,
  type InboundContent,
  LifelineError,
  type OutboundMessage,
  type Platform,
  type Store,
} from '../../../src/model/index.js';
import { newKeySet, publicKeys, readPageRequest } from '../../../src/recovery/index.js';
import { createHandOffs } from '../../../src/runtime/hand-offs.js';
import { createPageDesk } from '../../../src/runtime/page-desk.js';
import { addRecoveryRoutes, JWKS_PATH, REQUESTS_PATH } from '../../../src/runtime/recovery-routes.js';
import { createSparseNotes } from '../../../src/runtime/sparse-notes.js';
import type { FakeClock } from '../../../src/simulate/fake-clock.js';
import { inbound, plainEngine } from '../../support/engine.js';
import { openReception } from '../../support/reception.js';
import { bundleOf, edited, smallContent } from '../../support/small-content.js';
import { START } from '../../support/talk.js';

const verified = edited(
  smallContent(),
  'flows/official.yaml',
  '{ link: reset-help }',
  '{ link: reset-help, verified: true, page: help-fees, start: help-fees, check: help-fees }',
);
/** The same, where a flow gives out the code on its own. */
const checks = edited(
  verified,
  'flows/is-it-official.yaml',
  'start: which\nsteps:\n',
  'start: chat\nsteps:\n  chat: { do: session-code, then: { shown: known, none: which } }\n  known: { end: official.ours }\n',
);
const engine = plainEngine(bundleOf(checks));
const PAGE = 'https://wallet.example';
const BOT = 'https://bot.wallet.example';
const BROWSER = 'b'.repeat(22);
const JWT = { 'content-type': 'application/jwt' };
const NOBODY = 'A'.repeat(22);

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
const stranger = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
const pinned = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'page-1' }] };
const ours = await newKeySet(START);

let requests = 0;
const freshJti = (): string => {
  requests += 1;
  return String(requests).padStart(22, 'J');
};

interface Meeting {
  readonly away?: (store: Store) => Partial<Store>;
  /** The store and the clock of another meeting. */
  readonly memory?: Store;
  readonly clock?: FakeClock;
  /** `telegram` by default. */
  readonly platform?: Platform;
  readonly isReady?: () => boolean;
}

/** Who somebody is on the platform, where it tells. */
interface By {
  readonly handle?: string;
}

/** Somebody in a chat, the bot's routes, and the page's server that signs. */
function meet({
  away,
  memory: shared,
  clock: time,
  platform = 'telegram',
  isReady = () => true,
}: Meeting = {}) {
  const calls: string[] = [];
  const reception = openReception({
    engine,
    platform,
    ...(shared === undefined ? {} : { memory: shared }),
    handOffs: (store) =>
      createHandOffs({
        store,
        isReady,
        sign: async ({ id }) => `header.${id}.signature`,
      }),
    store: (memory) => ({
      load: (id) => {
        calls.push('load');
        return memory.load(id);
      },
      commit: (commit) => {
        calls.push('commit');
        return memory.commit(commit);
      },
      ...away?.(memory),
    }),
  });
  const { receiver, memory, commits, log } = reception;
  const clock = time ?? reception.clock;
  const counted: Store = {
    ...memory,
    getPointer: (...asked) => {
      calls.push('getPointer');
      return memory.getPointer(...asked);
    },
    load: (id) => {
      calls.push('load');
      return memory.load(id);
    },
    commit: (commit) => {
      calls.push('commit');
      return memory.commit(commit);
    },
  };
  const routes = new Map<string, HttpRoute>();
  addRecoveryRoutes(
    { add: (route) => void routes.set(`${route.method} ${route.path}`, route) },
    {
      publicKeys: () => publicKeys(ours),
      read: (body) => readPageRequest(body, { keys: pinned, issuer: PAGE, audience: BOT, now: clock.now() }),
      desk: createPageDesk({
        store: counted,
        receiver,
        platform: 'telegram',
        botHandle: () => '@ExampleLifelineBot',
      }),
      store: counted,
      note: createSparseNotes(counted, () => 'b1'),
      hashed: (address) => `hash-${address.length}-${address.slice(-3)}`,
      log,
      platform: 'telegram',
    },
  );
  const post = async (body: string, address = '203.0.113.9') => {
    const route = routes.get(`POST ${REQUESTS_PATH}`);
    const answer = await route?.answer({ headers: JWT, body: Buffer.from(body), address });
    return answer ?? { status: 404 };
  };
  const signed = (request: unknown, jti = freshJti(), key = pair.privateKey): Promise<string> => {
    const iat = Math.floor(clock.now() / 1000);
    return new SignJWT({ iss: PAGE, aud: BOT, iat, exp: iat + 60, jti, request })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-request+jwt', kid: 'page-1' })
      .sign(key);
  };
  const ask = async (request: unknown, address?: string) => post(await signed(request), address);
  let updates = 0;
  const send = async (content: InboundContent, by: By = {}): Promise<void> => {
    updates += 1;
    await receiver.receive({ ...inbound(updates, content, { platform, user: '5' }), ...by });
  };
  const shown = (): readonly OutboundMessage[] =>
    commits.flatMap((commit) => commit.outbox.map((row) => row.call.payload.message as OutboundMessage));
  const tap = async (value: string, by: By = {}): Promise<void> => {
    const buttons = shown().flatMap((message) => (message.kind === 'message' ? message.buttons : []));
    const button = buttons.findLast((each) => each.kind === 'tap' && each.value === value);
    await send({ kind: 'tap', data: button?.kind === 'tap' ? button.data : '' }, by);
  };
  /** The newest link number that the chat shows. */
  const number = (): string => {
    const texts = shown().flatMap((message) => (message.kind === 'message' ? [message.text] : []));
    return [...texts.join('\n').matchAll(/\d{4} \d{4}/g)].at(-1)?.[0].replace(' ', '') ?? '';
  };
  const begin = async (by: By = {}): Promise<Challenge> => {
    await send({ kind: 'text', text: 'wants forgot-password' }, by);
    await tap('page', by);
    const kept = await memory.load(conversationId(platform, { channel: '5' }, '5'));
    if (kept.snapshot?.challenge === undefined) throw new Error('there is no challenge');
    return kept.snapshot.challenge;
  };
  /** The session code that the chat shows. */
  const code = (): string => {
    const texts = shown().flatMap((message) => (message.kind === 'message' ? [message.text] : []));
    return /[0-9A-HJKMNP-TV-Z]{5} [0-9A-HJKMNP-TV-Z]{5}/.exec(texts.join('\n'))?.[0] ?? '';
  };
  return { ...reception, routes, post, ask, signed, send, tap, number, begin, code, shown, calls };
}

describe('the API of the official page', () => {
  it('shows our public keys, and says for how long they may be kept', async () => {
    const { routes } = meet();
    const route = routes.get(`GET ${JWKS_PATH}`);
    const answer = await route?.answer({ headers: {}, body: Buffer.alloc(0), address: '' });
    expect(answer).toEqual({
      status: 200,
      json: publicKeys(ours),
      headers: { 'cache-control': 'public, max-age=240' },
    });
  });

  it('opens a hand-off and tells how far it is', async () => {
    const { ask, begin } = meet();
    const { id, nonce, deadline } = await begin();
    expect(await ask({ kind: 'status', id, browser: BROWSER })).toEqual({
      status: 200,
      json: { kind: 'status', status: 'unknown' },
    });
    expect(await ask({ kind: 'open', id, browser: BROWSER })).toEqual({
      status: 200,
      json: { kind: 'opened', id, deadline, match: { kind: 'return', nonce } },
    });
    expect(await ask({ kind: 'status', id, browser: BROWSER })).toMatchObject({ json: { status: 'opened' } });
  });

  it('does a request once, however often it comes', async () => {
    const { signed, post, begin, commits } = meet();
    const { id } = await begin();
    const request = await signed({ kind: 'open', id, browser: BROWSER });
    const first = await post(request);
    const before = commits.length;
    expect(await post(request)).toEqual(first);
    expect(commits.length).toBe(before);
  });

  it('refuses what is not signed by the page, without a word of why', async () => {
    const { signed, post, ask, log } = meet();
    const refused = { status: 401, json: { error: 'unauthorized' } };
    const open = { kind: 'open', id: NOBODY, browser: BROWSER };
    expect(await post(await signed(open, freshJti(), stranger.privateKey))).toEqual(refused);
    expect(await post('{"kind":"open"}')).toEqual(refused);
    expect(await ask({ kind: 'drop-everything' })).toEqual({ status: 400, json: { error: 'malformed' } });
    expect(JSON.stringify(log.lines)).not.toContain(NOBODY);
  });

  it('reads bodies of the one type, up to 256 kB', () => {
    const route = meet().routes.get(`POST ${REQUESTS_PATH}`);
    expect(route?.maxBodyBytes).toBe(262_144);
    expect(route?.admit?.({ 'content-type': 'application/jwt; charset=utf-8' })).toBeNull();
    expect(route?.admit?.({ 'content-type': 'application/json' })).toBe(415);
    expect(route?.admit?.({})).toBe(415);
  });

  it('looks at sixty refused requests of an address a minute, and goes on with everybody else', async () => {
    const { post, ask, clock } = meet();
    for (let round = 0; round < 60; round += 1) expect((await post('x')).status).toBe(401);
    expect(await post('x')).toEqual({
      status: 429,
      json: { error: 'too-many' },
      headers: { 'retry-after': '60' },
    });
    const status = { kind: 'status', id: NOBODY, browser: BROWSER };
    expect((await ask(status, '198.51.100.7')).status).toBe(200);
    clock.moveTo(clock.now() + 60_000);
    expect((await ask(status)).status).toBe(200);
  });

  it('never runs out of rightful requests', async () => {
    const { ask } = meet();
    for (let round = 0; round < 70; round += 1)
      expect((await ask({ kind: 'status', id: NOBODY, browser: BROWSER })).status).toBe(200);
  });

  it('says that the store is away with 503, and does the request when it comes again', async () => {
    let isAway = false;
    const { signed, post, begin } = meet({
      away: (memory) => ({
        commit: async (commit) => {
          if (isAway) throw new LifelineError('store-unavailable', 'away');
          return memory.commit(commit);
        },
      }),
    });
    const { id } = await begin();
    const request = await signed({ kind: 'open', id, browser: BROWSER });
    isAway = true;
    expect(await post(request)).toMatchObject({ status: 503, json: { error: 'unavailable' } });
    isAway = false;
    expect(await post(request)).toMatchObject({ status: 200, json: { kind: 'opened' } });
  });
});

describe('replies that could be probed', () => {
  it.each([
    ['open', (id: string) => ({ kind: 'open', id, browser: 'c'.repeat(22) })],
    ['status', (id: string) => ({ kind: 'status', id, browser: 'c'.repeat(22) })],
    ['choose-handle', (id: string) => ({ kind: 'choose-handle', id, browser: 'c'.repeat(22), index: 1 })],
    ['progress', (id: string) => ({ kind: 'progress', id, step: 'mail-sent' })],
    ['result', (id: string) => ({ kind: 'result', id, outcome: 'completed' })],
  ])(
    'are the same for an id that is and one that is not, with the same calls of the store: %s',
    async (_, request) => {
      const { ask, begin, calls } = meet();
      const { id } = await begin();
      await ask({ kind: 'open', id, browser: BROWSER });
      const watched = async (of: string) => {
        calls.length = 0;
        const answer = await ask(request(of));
        return JSON.stringify([answer, calls]);
      };
      expect(await watched(id)).toBe(await watched(NOBODY));
    },
  );

  it.each<[string, (met: ReturnType<typeof meet>, id: string) => Promise<unknown>]>([
    ['that nobody opened', async () => undefined],
    ['that was opened', ({ ask }, id) => ask({ kind: 'open', id, browser: BROWSER })],
    [
      'that was stopped',
      async ({ ask, tap }, id) => {
        await ask({ kind: 'open', id, browser: BROWSER });
        await tap('stop');
      },
    ],
    ['that was left', ({ send }) => send({ kind: 'command', name: 'restart', text: '' })],
  ])(
    'are the same for an older link number of a hand-off %s, and for one that is none',
    async (_, brings) => {
      const met = meet();
      const { id } = await met.begin();
      await met.tap('other-device');
      const older = met.number();
      await met.tap('other-device');
      expect(met.number()).not.toBe(older);
      await brings(met, id);
      const watched = async (number: string) => {
        met.calls.length = 0;
        const answer = await met.ask({ kind: 'open-by-number', number, browser: 'c'.repeat(22) });
        return JSON.stringify([answer, met.calls]);
      };
      expect(await watched(older)).toBe(await watched('12345678'));
    },
  );

  it.each(['open', 'status', 'choose-handle'] as const)(
    'are the same for what was stopped and what never was, in every browser but the one that opened it: %s',
    async (kind) => {
      const { ask, begin, tap, calls } = meet();
      const { id } = await begin();
      await ask({ kind: 'open', id, browser: BROWSER });
      await tap('stop');
      const watched = async (of: string, browser: string) => {
        calls.length = 0;
        const more = kind === 'choose-handle' ? { index: 0 } : {};
        const answer = await ask({ kind, id: of, browser, ...more });
        return JSON.stringify([answer, calls]);
      };
      const other = 'c'.repeat(22);
      expect(await watched(id, other)).toBe(await watched(NOBODY, other));
      expect(await watched(id, BROWSER)).toContain('stopped');
    },
  );

  it('are the same for a wrong link number and what is none', async () => {
    const { ask, begin, calls } = meet();
    await begin();
    const watched = async (number: string) => {
      calls.length = 0;
      const answer = await ask({ kind: 'open-by-number', number, browser: BROWSER });
      return JSON.stringify([answer, calls]);
    };
    expect(await watched('12345678')).toBe(await watched('not a number'));
  });
});

describe('the check of a session code', () => {
  it('knows the code that a chat shows, however it is typed, and no other', async () => {
    const { ask, begin, code, calls } = meet();
    await begin();
    const genuine = {
      status: 200,
      json: {
        kind: 'session',
        genuine: true,
        platform: 'telegram',
        bot: '@ExampleLifelineBot',
        person: null,
      },
    };
    const check = async (typed: string) => {
      calls.length = 0;
      const answer = await ask({ kind: 'check-session', code: typed, address: '198.51.100.7' });
      return { answer, calls: [...calls] };
    };
    expect(code()).not.toBe('');
    const known = await check(code());
    expect(known.answer).toEqual(genuine);
    expect((await check(code().toLowerCase().replace(' ', '-'))).answer).toEqual(genuine);
    const none = { answer: { status: 200, json: { kind: 'session', genuine: false } }, calls: known.calls };
    expect(await check('0000000000')).toEqual(none);
    expect(await check('nothing')).toEqual(none);
  });

  it.each([
    ['telegram', 'ying_liu', 'y…u'],
    ['telegram', '@yu7', 'y…7'],
    ['discord', 'anna.smith', 'a…h'],
    ['slack', '李小明', '李…明'],
    ['discord', 'ab', '…'],
  ] as const)('names the person to themselves on %s: %s as %s', async (platform, handle, person) => {
    const { ask, begin, code, memory } = meet({ platform });
    await begin({ handle });
    const check = { kind: 'check-session', code: code() };
    expect(await ask(check)).toMatchObject({ json: { genuine: true, platform, person } });
    if (platform !== 'telegram') return;
    const kept = await memory.load(conversationId(platform, { channel: '5' }, '5'));
    expect(JSON.stringify(kept)).not.toContain(handle);
  });

  it('knows the code that a chat gives out without a hand-off, and whose chat it is', async () => {
    const { ask, send, code, shown, clock } = meet();
    await send({ kind: 'text', text: 'wants is-it-official' }, { handle: 'ying_liu' });
    expect(
      shown().some((message) => message.kind === 'message' && message.text.includes('wallet.example')),
    ).toBe(true);
    const check = () => ask({ kind: 'check-session', code: code(), address: String(clock.now()) });
    const genuine = { json: { kind: 'session', genuine: true, person: 'y…u' } };
    expect(await check()).toMatchObject(genuine);
    clock.moveTo(clock.now() + IDLE_TTL_MS - 1);
    expect(await check()).toMatchObject(genuine);
    clock.moveTo(clock.now() + 1);
    expect(await check()).toMatchObject({ json: { kind: 'session', genuine: false } });
  });

  it('gives out no code while the site does not take part', async () => {
    const { send, code } = meet({ isReady: () => false });
    await send({ kind: 'text', text: 'wants is-it-official' });
    expect(code()).toBe('');
  });

  it('gives out no code in a group', async () => {
    const { receiver, code, shown } = meet();
    const asked = { kind: 'text', text: 'wants is-it-official' } as const;
    await receiver.receive(inbound(1, asked, { platform: 'telegram', user: '5', public: true }));
    expect(shown()).not.toEqual([]);
    expect(code()).toBe('');
  });

  it.each([
    { kind: 'check-session', code: '0000000000' },
    { kind: 'open-by-number', number: '12345678', browser: BROWSER },
  ])('takes ten tries in any minute of each visitor: $kind', async (request) => {
    const { ask, clock, memory, log } = meet();
    const check = (address: string, other = ask) => other({ ...request, address });
    const first = clock.now();
    for (let round = 0; round < 10; round += 1) {
      clock.moveTo(first + round * 5_000);
      expect((await check('198.51.100.7')).status).toBe(200);
    }
    const tooMany = { status: 429, json: { error: 'too-many' }, headers: { 'retry-after': '60' } };
    expect(await check('198.51.100.7')).toEqual(tooMany);
    expect((await check('198.51.100.8')).status).toBe(200);
    clock.moveTo(first + 59_999);
    expect(await check('198.51.100.7')).toEqual(tooMany);
    // Another process on the same store, as after a restart.
    expect(await check('198.51.100.7', meet({ memory, clock }).ask)).toEqual(tooMany);
    clock.moveTo(first + 60_000);
    expect((await check('198.51.100.7')).status).toBe(200);
    expect(await check('198.51.100.7')).toEqual(tooMany);
    expect(JSON.stringify(log.lines)).not.toContain('198.51.100');
  });

  it('counts a try once that is asked again after a lost answer', async () => {
    const { ask, signed, post } = meet();
    const request = { kind: 'check-session', code: '0000000000', address: '198.51.100.7' };
    const again = await signed(request);
    for (let round = 0; round < 20; round += 1) expect((await post(again)).status).toBe(200);
    for (let round = 0; round < 9; round += 1) expect((await ask(request)).status).toBe(200);
    expect((await ask(request)).status).toBe(429);
  });
});
