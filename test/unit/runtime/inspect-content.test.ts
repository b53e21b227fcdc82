import { describe, expect, it } from 'vitest';
import { createGuard } from '../../../src/guard/index.js';
import { conversationId, type InboundContent } from '../../../src/model/index.js';
import { inspectContent } from '../../../src/runtime/inspect-content.js';

const ID = conversationId('telegram', { channel: '5' }, '5');
const WORDS = `${'abandon '.repeat(11)}about`;
const inspect = (content: InboundContent) => inspectContent(createGuard(), { conversation: ID, content }, 0);

describe('inspectContent', () => {
  it.each<[InboundContent, string | null]>([
    [{ kind: 'text', text: WORDS }, 'Latn'],
    [{ kind: 'text', text: '我忘记密码了' }, 'Han'],
    [{ kind: 'text', text: 'seed phrase 忘了' }, 'Han'],
    [{ kind: 'media', media: 'photo', caption: '', fileName: 'image.png' }, null],
    [{ kind: 'media', media: 'photo', caption: '看这个', fileName: 'image.png' }, 'Han'],
    [{ kind: 'tap', data: '1.0.x' }, null],
  ])('knows the script of all that was written, removed or not: %o', (content, script) => {
    expect(inspect(content).script).toBe(script);
  });

  it.each<InboundContent>([
    { kind: 'text', text: WORDS },
    { kind: 'text', text: 'x', forwardedFrom: WORDS },
    { kind: 'edit', text: WORDS },
    { kind: 'withdrawn', text: WORDS },
    { kind: 'command', name: 'help', text: WORDS },
    { kind: 'media', media: 'photo', caption: WORDS, fileName: '' },
    { kind: 'media', media: 'document', caption: '', fileName: `${WORDS}.txt` },
    { kind: 'start', payload: WORDS },
  ])('finds a secret in every part of %o', (content) => {
    const { secrets, content: clean } = inspect(content);
    expect(secrets).toEqual(['phrase']);
    expect(JSON.stringify(clean)).not.toContain('abandon');
  });

  it('finds a secret in a link that is hidden behind other words', () => {
    const hidden = inspect({
      kind: 'text',
      text: 'x',
      hiddenLinks: ['otpauth://totp/x?secret=JBSWY3DPEHPK3PXP'],
    });
    expect(JSON.stringify(hidden.content)).not.toContain('JBSWY3DP');
  });

  it('reads the beginning of a long text only, and says so', () => {
    const long = inspect({ kind: 'text', text: 'a b '.repeat(2000) });
    expect([long.cut, long.content.kind === 'text' && long.content.text.length]).toEqual([true, 4096]);
    expect(inspect({ kind: 'text', text: 'short' }).cut).toBe(false);
  });

  it('finds a secret behind the part that is read', () => {
    expect(inspect({ kind: 'text', text: `${'mails, '.repeat(1000)}${WORDS}` }).secrets).toEqual(['phrase']);
  });

  // Taken out instead of replaced, they would join the words around them.
  it.each(['\u000b', '\f', '\r', '\u0085', '\u2028'])(
    'tells words apart that a control character (%j) separates',
    (sign) => {
      expect(inspect({ kind: 'text', text: WORDS.replaceAll(' ', sign) }).secrets).toEqual(['phrase']);
    },
  );
});
