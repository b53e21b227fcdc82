import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  isOurToken,
  newKeySet,
  publicKeys,
  signingKey,
  signToken,
  withdrawKey,
} from '../../../src/recovery/index.js';

const NOW = Date.UTC(2026, 2, 1, 9);
const issuer = 'https://bot.wallet.example';
const audience = 'https://wallet.example';
const keys = await newKeySet(NOW);
const stranger = await newKeySet(NOW);
const challenge = { id: 'A'.repeat(22), issuedAt: NOW, deadline: NOW + 900_000 };
const known = { keys: publicKeys(keys).keys, issuer, audience };
const token = await signToken(challenge, { issuer, audience, signingKey: await signingKey(keys) });
const [head = '', body = '', signature = ''] = token.split('.');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function signed(header: Record<string, string>, claims: Record<string, string> = {}): Promise<string> {
  const { key, kid } = await signingKey(keys);
  return new SignJWT({ iss: issuer, aud: audience, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'recovery-handoff+jwt', kid, ...header })
    .sign(key);
}

describe('isOurToken', () => {
  it('knows what we signed for a page', () => {
    expect(isOurToken(token, known)).toBe(true);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['another type', () => signed({ typ: 'JWT' })],
    ['another issuer', () => signed({}, { iss: 'https://evil.example' })],
    ['another audience', () => signed({}, { aud: 'https://evil.example' })],
    ['a key id that is not ours', () => signed({ kid: 'none' })],
    [
      "a stranger's key under our key id",
      async () => {
        const { key, publicJwk } = await signingKey(stranger);
        const signingAs = { kid: keys.current.kid, key, publicJwk };
        return signToken(challenge, { issuer, audience, signingKey: signingAs });
      },
    ],
    [
      'no algorithm',
      () => `${part({ alg: 'none', typ: 'recovery-handoff+jwt', kid: keys.current.kid })}.${body}.`,
    ],
    [
      'other claims under our signature',
      () => `${head}.${part({ iss: issuer, aud: audience })}.${signature}`,
    ],
    ['no signature', () => `${head}.${body}.`],
    ['more parts', () => `${token}.x`],
    ['what is no JSON', () => `${Buffer.from('{').toString('base64url')}.${body}.${signature}`],
    ['nothing', () => ''],
  ])('does not take %s', async (_, made) => {
    expect(isOurToken(await made(), known)).toBe(false);
  });

  it('does not take a token of a key that was withdrawn', async () => {
    const without = await withdrawKey(keys, keys.current.kid, NOW + 1);
    expect(isOurToken(token, { ...known, keys: publicKeys(without).keys })).toBe(false);
  });
});
