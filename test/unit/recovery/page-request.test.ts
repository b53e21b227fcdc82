import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { REQUEST_TYPE, readPageRequest } from '../../../src/recovery/page-request.js';

const NOW = Date.UTC(2026, 2, 1, 9);
const SECONDS = NOW / 1000;
const ISSUER = 'https://wallet.example';
const AUDIENCE = 'https://bot.wallet.example';
const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const BROWSER = 'b'.repeat(22);
const OPEN = { kind: 'open', id: ID, browser: BROWSER };

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
const stranger = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'page-1' }] };

interface Signing {
  readonly claims?: JWTPayload;
  readonly header?: Record<string, string>;
  readonly key?: typeof pair.privateKey;
}

function signed({ claims, header, key = pair.privateKey }: Signing = {}): Promise<string> {
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    iat: SECONDS,
    exp: SECONDS + 60,
    jti: ID,
    request: OPEN,
    ...claims,
  };
  return new SignJWT(all)
    .setProtectedHeader({ alg: 'EdDSA', typ: REQUEST_TYPE, kid: 'page-1', ...header })
    .sign(key);
}
const read = (body: string) => readPageRequest(body, { keys, issuer: ISSUER, audience: AUDIENCE, now: NOW });

describe('readPageRequest', () => {
  it.each([
    OPEN,
    { kind: 'choose-handle', id: ID, browser: BROWSER, index: null },
    { kind: 'choose-handle', id: ID, browser: BROWSER, index: 3 },
    { kind: 'progress', id: ID, step: 'mail-sent' },
    { kind: 'result', id: ID, outcome: 'abandoned' },
    { kind: 'status', id: ID, browser: BROWSER },
    { kind: 'check-session', code: 'ABCDEFGHJK' },
  ])('reads $kind', async (request) => {
    expect(await read(await signed({ claims: { request } }))).toEqual({
      kind: 'question',
      jti: ID,
      question: request,
    });
  });

  it.each([
    ['12345678', '12345678'],
    [' １２３４ ５６７８ ', '12345678'],
    ['1234-5678', '12345678'],
    ['1234567', ''],
    ['123456789', ''],
    ['1234567a', ''],
    ['', ''],
  ])('reads the link number %j as %j', async (number, wanted) => {
    const request = { kind: 'open-by-number', number, browser: BROWSER };
    expect(await read(await signed({ claims: { request } }))).toMatchObject({ question: { number: wanted } });
  });

  it.each<[string, Signing]>([
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['another audience', { claims: { aud: 'https://evil.example' } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['a key that nobody pinned', { header: { kid: 'page-2' } }],
    ['a stranger with our key id', { key: stranger.privateKey }],
    ['a request of a while ago', { claims: { iat: SECONDS - 200, exp: SECONDS - 140 } }],
    ['a request of the future', { claims: { iat: SECONDS + 200, exp: SECONDS + 260 } }],
    ['a request that holds for long', { claims: { exp: SECONDS + 3600 } }],
  ])('refuses %s', async (_, signing) => {
    expect(await read(await signed(signing))).toEqual({ kind: 'unauthorized' });
  });

  it('refuses what is not signed at all', async () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: ISSUER, aud: AUDIENCE, iat: SECONDS, exp: SECONDS + 60, jti: ID, request: OPEN };
    const none = `${part({ alg: 'none', typ: REQUEST_TYPE })}.${part(claims)}.`;
    for (const body of [
      none,
      '',
      '..',
      'a.b.c',
      '{"kind":"open"}',
      '\u0000'.repeat(100),
      'x'.repeat(200_000),
    ])
      expect(await read(body)).toEqual({ kind: 'unauthorized' });
  });

  it.each([
    {},
    null,
    { kind: 'drop-everything' },
    { ...OPEN, more: 1 },
    { ...OPEN, id: '../../etc' },
    { kind: 'returned-elsewhere', nonce: ID },
    { kind: 'choose-handle', id: ID, browser: BROWSER, index: 4 },
  ])('says that %j is of no form it knows', async (request) => {
    expect(await read(await signed({ claims: { request } }))).toEqual({ kind: 'malformed' });
  });
});
