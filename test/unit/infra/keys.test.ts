import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveKey, parseSecret, secretBeside } from '../../../src/infra/keys.js';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'lifeline-keys-')), 'below', 'store');

describe('secretBeside', () => {
  it('makes a secret once, readable by its owner only, and finds it again', () => {
    const folder = fresh();
    const first = secretBeside(folder);
    expect(first.made).toBe(join(folder, 'secret'));
    expect(first.secret).toHaveLength(32);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const second = secretBeside(folder);
    expect(second.made).toBeNull();
    expect(Buffer.from(second.secret)).toEqual(Buffer.from(first.secret));
  });

  it('makes a different one for every store', () => {
    expect(Buffer.from(secretBeside(fresh()).secret)).not.toEqual(Buffer.from(secretBeside(fresh()).secret));
  });

  it.each(['', 'garbage!', 'c2hvcnQ='])('refuses a damaged one ("%s") and leaves it where it is', (text) => {
    const folder = fresh();
    secretBeside(folder);
    writeFileSync(join(folder, 'secret'), text);
    expect(() => secretBeside(folder)).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(text);
  });
});

describe('parseSecret', () => {
  it('reads base64 and its form for addresses, of 32 bytes and more', () => {
    const bytes = Buffer.alloc(33, 0xfb);
    expect(parseSecret(bytes.toString('base64'))).toEqual(bytes);
    expect(parseSecret(bytes.toString('base64url'))).toEqual(bytes);
  });

  it.each(['', 'aGVsbG8=', `${'A'.repeat(44)} `, '💥'.repeat(40), Buffer.alloc(31).toString('base64')])(
    'takes "%s" for none',
    (text) => {
      expect(parseSecret(text)).toBeNull();
    },
  );
});

describe('deriveKey', () => {
  it('gives another key for each purpose and each secret, and the same for both', () => {
    const key = (fill: number, purpose: 'buttons' | 'log-hash'): string =>
      deriveKey(new Uint8Array(32).fill(fill), purpose).export().toString('hex');
    expect(new Set([key(1, 'buttons'), key(1, 'log-hash'), key(2, 'buttons'), key(2, 'log-hash')]).size).toBe(
      4,
    );
    expect(key(1, 'buttons')).toBe(key(1, 'buttons'));
    expect(key(1, 'buttons')).toHaveLength(64);
  });
});
