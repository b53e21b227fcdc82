import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../../src/infra/keys.js';
import { conversationId } from '../../../src/model/index.js';
import { createButtonSigner } from '../../../src/runtime/buttons.js';

const signer = createButtonSigner(deriveKey(new Uint8Array(32).fill(1), 'buttons'));
const MINE = conversationId('telegram', { channel: '5' }, '5');
const THEIRS = conversationId('telegram', { channel: '5' }, '6');

describe('createButtonSigner', () => {
  it('reads what it signed', () => {
    expect(signer.read(MINE, signer.sign(MINE, 12, 3))).toEqual({ turn: 12, index: 3 });
  });

  it('fits the 64 bytes of the smallest platform', () => {
    expect(signer.sign(MINE, 999_999_999_999, 999).length).toBeLessThanOrEqual(64);
    expect(signer.read(MINE, signer.sign(MINE, 999_999_999_999, 999))).not.toBeNull();
  });

  it('refuses a button of another conversation, turn or key', () => {
    const data = signer.sign(MINE, 12, 3);
    const mac = data.split('.')[2] ?? '';
    const other = createButtonSigner(deriveKey(new Uint8Array(32).fill(2), 'buttons'));
    expect(signer.read(THEIRS, data)).toBeNull();
    expect(signer.read(MINE, `13.3.${mac}`)).toBeNull();
    expect(other.read(MINE, data)).toBeNull();
  });

  it.each([
    '',
    'x',
    '1.2',
    '1.2.3',
    '1.2.',
    '-1.2.abcdefghij',
    '1.2.abcdefghij.k',
    '1.2.äbcdefghij',
    '1.2.abcdefghij\n',
    ' 1.2.abcdefghij',
    `${'9'.repeat(13)}.1.abcdefghij`,
  ])('refuses "%s" without a fault', (data) => {
    expect(signer.read(MINE, data)).toBeNull();
  });
});
