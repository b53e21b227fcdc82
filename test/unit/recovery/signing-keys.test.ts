import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  listKeySet,
  newKeySet,
  packKeySet,
  publicKeys,
  readKeySet,
  rotateKeySet,
  signingKey,
  withdrawKey,
} from '../../../src/recovery/signing-keys.js';
import { signToken, TOKEN_TYPE } from '../../../src/recovery/token.js';

const NOW = Date.UTC(2026, 2, 1, 9);
const CHALLENGE = { id: 'AAAAAAAAAAAAAAAAAAAAAA', issuedAt: NOW, deadline: NOW + 900_000 };
const PARTIES = { issuer: 'https://bot.wallet.example', audience: 'https://wallet.example' };

type Keys = Awaited<ReturnType<typeof newKeySet>>;

const signed = async (keys: Keys): Promise<string> =>
  signToken(CHALLENGE, { ...PARTIES, signingKey: await signingKey(keys) });

/** As the official page checks a token, with the keys it knows. */
const verify = (token: string, known: Keys, at = NOW, audience = PARTIES.audience) =>
  jwtVerify(token, createLocalJWKSet({ keys: [...publicKeys(known).keys] }), {
    typ: TOKEN_TYPE,
    algorithms: ['EdDSA'],
    issuer: PARTIES.issuer,
    audience,
    currentDate: new Date(at),
  });

describe('signing keys', () => {
  it('sign what the page can check, and nothing of the person is in it', async () => {
    const keys = await newKeySet(NOW);
    const { payload, protectedHeader } = await verify(await signed(keys), keys);
    expect(payload).toEqual({
      iss: PARTIES.issuer,
      aud: PARTIES.audience,
      iat: NOW / 1000,
      exp: NOW / 1000 + 900,
      jti: CHALLENGE.id,
    });
    expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: TOKEN_TYPE, kid: keys.current.kid });
  });

  it('make the same token of the same challenge, short enough for a button', async () => {
    const keys = await newKeySet(NOW);
    const token = await signed(keys);
    expect(await signed(keys)).toBe(token);
    expect(`https://wallet.example/recover#${token}`.length).toBeLessThan(512);
  });

  it('are known to the page before they are used, and while a link is under way', async () => {
    const before = await newKeySet(NOW);
    const after = await rotateKeySet(before, NOW + 1);
    await verify(await signed(after), before);
    await verify(await signed(before), after);
    await expect(verify(await signed(before), await rotateKeySet(after, NOW + 2))).rejects.toThrow();
    expect(listKeySet(after).map(({ kid, state }) => [kid, state])).toEqual([
      [before.current.kid, 'previous'],
      [before.next.kid, 'current'],
      [after.next.kid, 'next'],
    ]);
  });

  it('are refused once they are withdrawn, whichever they are', async () => {
    const keys = await rotateKeySet(await newKeySet(NOW), NOW);
    for (const { kid } of listKeySet(keys)) {
      const without = await withdrawKey(keys, kid, NOW + 1);
      expect(publicKeys(without).keys.map((key) => key.kid)).not.toContain(kid);
      await verify(await signed(without), without);
    }
    await expect(
      verify(await signed(keys), await withdrawKey(keys, keys.current.kid, NOW)),
    ).rejects.toThrow();
    await expect(withdrawKey(keys, 'none', NOW)).rejects.toMatchObject({ code: 'settings-invalid' });
  });

  it('never publish their private half', async () => {
    const keys = await newKeySet(NOW);
    const text = JSON.stringify(publicKeys(keys));
    expect(text).not.toContain(keys.current.jwk.d);
    expect(publicKeys(keys).keys.map((key) => Object.keys(key).sort())).toEqual(
      Array.from({ length: 2 }, () => ['alg', 'crv', 'kid', 'kty', 'use', 'x']),
    );
  });

  it('come back from the store as they were, and what is damaged says nothing of them', async () => {
    const keys = await newKeySet(NOW);
    expect(readKeySet(packKeySet(keys))).toEqual(keys);
    expect(() => readKeySet(packKeySet(keys).replace('OKP', 'RSA'))).toThrow(
      /^the signing keys cannot be read$/,
    );
  });

  it.each<[string, { at?: number; audience?: string }]>([
    ['another audience', { audience: 'https://evil.example' }],
    ['too late', { at: NOW + 901_000 }],
  ])('do not help a token %s', async (_, { at = NOW, audience = PARTIES.audience }) => {
    const keys = await newKeySet(NOW);
    await expect(verify(await signed(keys), keys, at, audience)).rejects.toThrow();
  });
});
