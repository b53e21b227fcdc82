import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { readPageKeys } from '../../../src/recovery/index.js';

const folder = mkdtempSync(join(tmpdir(), 'lifeline-page-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const { kty, crv, x } = await exportJWK(pair.publicKey);
const key = { kty, crv, x, kid: 'page-1' };
const { d } = await exportJWK(pair.privateKey);

function fileOf(value: unknown): string {
  const path = join(folder, 'keys.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

describe('the pinned keys of the official page', () => {
  it('are read with what they may be used for, and nothing else', () => {
    const used = { ...key, use: 'sig', alg: 'EdDSA' };
    expect(readPageKeys(fileOf({ keys: [key], more: 1 }))).toEqual({ keys: [used] });
    const two = [used, { ...used, kid: 'page-2' }];
    expect(readPageKeys(fileOf({ keys: two }))).toEqual({ keys: two });
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['none', { keys: [] }],
    ['nine', { keys: Array.from({ length: 9 }, () => key) }],
    ['no key id', { keys: [{ kty, crv, x }] }],
    ['a private key', { keys: [{ ...key, d }] }],
    ['another curve', { keys: [{ ...key, crv: 'X25519' }] }],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'page-1' }] }],
    ['a key that is too short', { keys: [{ ...key, x: 'AAAA' }] }],
    ['a bare key', key],
  ])('are refused for %s, without a word of what stands there', (_, value) => {
    const path = fileOf(value);
    let said = '';
    try {
      readPageKeys(path);
    } catch (error) {
      expect(error).toMatchObject({ code: 'settings-invalid' });
      said = String(error);
    }
    expect(said).toContain('RECOVERY_PAGE_KEYS');
    expect(said).toContain(path);
    expect(said).not.toContain(String(d));
  });

  it('are refused when the file is not there', () => {
    expect(() => readPageKeys(join(folder, 'none.json'))).toThrow(/RECOVERY_PAGE_KEYS: .*ENOENT/);
  });
});
