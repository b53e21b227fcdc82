import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../adapters/shared/split-text.js';
import { decode, encode } from '../../adapters/telegram/index.js';

const self = { id: '900', username: 'LifelineTestBot' };

const chat = fc.record({
  id: fc.integer(),
  type: fc.constantFrom('private', 'group', 'supergroup', 'channel'),
});
const user = fc.record(
  { id: fc.integer(), is_bot: fc.boolean(), username: fc.string(), language_code: fc.string() },
  { requiredKeys: ['id'] },
);
const entity = fc.record(
  {
    type: fc.constantFrom('mention', 'text_mention', 'bot_command', 'text_link'),
    offset: fc.integer(),
    length: fc.integer(),
    url: fc.string(),
    user,
  },
  { requiredKeys: ['type', 'offset', 'length'] },
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('/start', '/start f_menu', '@LifelineTestBot hi'),
);
const message = fc.record(
  {
    message_id: fc.nat(),
    chat,
    from: user,
    message_thread_id: fc.nat(),
    is_topic_message: fc.boolean(),
    text,
    entities: fc.array(entity),
    caption: text,
    caption_entities: fc.array(entity),
    contact: fc.record({ phone_number: fc.string() }),
    document: fc.record({ file_name: fc.string() }),
    photo: fc.jsonValue(),
    forward_origin: fc.oneof(fc.jsonValue(), fc.record({ sender_user: user })),
    reply_to_message: fc.oneof(fc.jsonValue(), fc.record({ from: user })),
    reply_markup: fc.jsonValue(),
  },
  { requiredKeys: ['message_id', 'chat', 'from'] },
);
/** Updates that are nearly right: whole parts are missing or something else entirely. */
const update = fc.record(
  {
    update_id: fc.oneof({ weight: 9, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.jsonValue() }),
    message: fc.oneof({ weight: 9, arbitrary: message }, { weight: 1, arbitrary: fc.jsonValue() }),
    edited_message: message,
    callback_query: fc.record({ id: fc.string(), from: user, message, data: fc.string() }),
    my_chat_member: fc.record({ chat, from: user, new_chat_member: fc.record({ status: fc.string() }) }),
  },
  { requiredKeys: ['update_id'] },
);

describe('the decoder', () => {
  it('makes a message or a reason of any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), update), (json) => {
        expect(['message', 'unsupported']).toContain(decode(json, self).kind);
      }),
    );
  });

  it('hears the same in the same update', () => {
    fc.assert(
      fc.property(update, (json) => {
        expect(decode(structuredClone(json), self)).toEqual(decode(json, self));
      }),
    );
  });

  it('only overhears what is said in groups and not to us', () => {
    const plain = fc.string({ unit: 'binary' }).filter((words) => !words.startsWith('/'));
    fc.assert(
      fc.property(plain, (words) => {
        const said = { message_id: 1, chat: { id: -5, type: 'group' }, from: { id: 42 }, text: words };
        const decoded = decode({ update_id: 1, message: said }, self);
        if (decoded.kind === 'message') expect(decoded.message.overheard).toEqual({ name: '' });
      }),
    );
  });
});

const piece = fc.constantFrom(
  'a',
  'word ',
  '字',
  '。',
  '. ',
  '\n',
  '\n\n',
  '🔑',
  '👩‍👩‍👧',
  ' ',
  'https://wallet.example/reset',
);
const longText = fc.array(piece, { minLength: 1, maxLength: 400 }).map((pieces) => pieces.join(''));

describe('the splitter', () => {
  it('keeps every unit, within the limit, and no surrogate pair is cut', () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 2, max: 120 }), (words, maxChars) => {
        const parts = splitText(words, maxChars);
        expect(parts.join('')).toBe(words);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(maxChars);
          expect(part).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });
});

describe('the encoder', () => {
  it('keeps all words of a message', () => {
    const words = fc.array(longText, { minLength: 1, maxLength: 8 }).map((parts) => `x${parts.join('')}`);
    const target = { place: { channel: '42' }, userId: '42', visibility: 'direct', botHandle: 'B' } as const;
    fc.assert(
      fc.property(words, (said) => {
        const calls = encode({ kind: 'message', text: said, buttons: [], keys: [], private: false }, target);
        const sent = calls.map((call) => String(call.payload.text)).join('');
        expect(sent.replace(/\s/g, '')).toBe(said.replace(/\s/g, ''));
        expect(calls.every((call) => String(call.payload.text).length <= 4096)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
