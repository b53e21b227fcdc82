import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../../src/infra/keys.js';
import { createLogger, type LogLevel } from '../../../src/infra/logger.js';
import { conversationId, type InboundContent, type LogFields } from '../../../src/model/index.js';

function logged(
  write: (log: ReturnType<typeof createLogger>) => void,
  level: LogLevel = 'debug',
  seed = 1,
): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  write(
    createLogger(level, deriveKey(new Uint8Array(32).fill(seed), 'log-hash'), {
      write: (line) => lines.push(line),
    }),
  );
  return lines.map((line) => JSON.parse(line));
}
const one = (fields: LogFields): Record<string, unknown> => logged((log) => log.info(fields))[0] ?? {};

describe('createLogger', () => {
  it('writes one JSON line with the fields that are allowed', () => {
    expect(one({ event: 'turn-failed', code: 'x', count: 3, secretKinds: ['key'] })).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      event: 'turn-failed',
      code: 'x',
      count: 3,
      secretKinds: ['key'],
    });
  });

  it('does not compile with the words of a person in any field', () => {
    const words: InboundContent & { kind: 'text' } = { kind: 'text', text: 'mine' };
    const { content }: { content: InboundContent } = { content: words };
    // @ts-expect-error words of a person
    const event: LogFields = { event: words.text };
    // @ts-expect-error words of a person
    const code: LogFields = { event: 'e', code: words.text };
    // @ts-expect-error words of a person
    const path: LogFields = { event: 'e', path: content.kind === 'media' ? content.fileName : '' };
    const plain: LogFields = { event: 'e', code: 'x', path: '/a' };
    expect([event, code, path, plain]).toHaveLength(4);
  });

  it('lets no other field pass, whatever it is called', () => {
    const sneaky = {
      event: 'e',
      text: 'my words',
      message: 'my words',
      err: new Error('my words'),
      __proto__: { msg: 'my words' },
    };
    expect(JSON.stringify(one(sneaky))).not.toContain('my words');
  });

  it('shows a conversation as a hash only, the same for the same key', () => {
    const conversation = conversationId('telegram', { channel: '4242' }, '4242');
    const [line] = logged((log) => log.warn({ event: 'e', conversation }));
    expect(line?.conversation).toMatch(/^[\w-]{12}$/);
    expect(JSON.stringify(line)).not.toContain('4242');
    expect(one({ event: 'e', conversation }).conversation).toBe(line?.conversation);
    expect(logged((log) => log.warn({ event: 'e', conversation }), 'debug', 2)[0]?.conversation).not.toBe(
      line?.conversation,
    );
  });

  it('takes control and direction characters out, so that no line can be forged or hidden', () => {
    const line = one({ event: 'e', path: 'a\nb\r\u001b[31m\u202ec\u2028d\u0000' });
    expect(line.path).toBe('a b  [31m c d ');
  });

  it.each(['got my password', 'пароль', '密码', 'a\nb', 'zoo, zoo'])(
    'shows nothing that is no name: %j',
    (words) => {
      const { event, code, step } = one({ event: words, code: words, step: words.trim() });
      expect([event, code, step]).toEqual(['not-a-name', 'not-a-name', 'not-a-name']);
    },
  );

  it.each(['turn-failed', 'ECONNREFUSED', 'chat.postMessage', 'zh-CN', 'flows/help.yaml:3:1', '4004'])(
    'shows a name: %s',
    (name) => {
      expect(one({ event: 'e', code: name }).code).toBe(name);
    },
  );

  it('cuts long values', () => {
    expect(String(one({ event: 'x'.repeat(500) }).event)).toHaveLength(60);
  });

  it('keeps lines below the level to itself', () => {
    const write = (log: ReturnType<typeof createLogger>): void => {
      log.debug({ event: 'd' });
      log.info({ event: 'i' });
      log.warn({ event: 'w' });
      log.error({ event: 'e' });
    };
    expect(logged(write, 'warn').map((line) => line.event)).toEqual(['w', 'e']);
    expect(logged(write, 'silent')).toEqual([]);
    expect(logged(write)).toHaveLength(4);
  });
});
