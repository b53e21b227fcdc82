import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeInParts, escapeShortened, escapeText, unescapeText } from '../../adapters/slack/escape.js';
import { decode, encode } from '../../adapters/slack/index.js';
import { readText } from '../../adapters/slack/read-text.js';
import { isSigned } from '../../adapters/slack/signature.js';
import type { Button } from '../../src/model/index.js';
import { refusalOfContent } from '../platforms/slack/send-rules.js';
import { seen } from '../platforms/slack/view.js';

const self = {
  userId: 'U0BOT',
  handle: 'lifeline',
  commands: ['help'],
  hooksOrigin: 'https://hooks.slack.com',
};

/** A value that is right most of the time. */
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() });
const id = mostly(
  fc.constantFrom('U0ANN', 'U0BOT', 'USLACKBOT', 'D0ANN', 'C0TALK', 'G0TALK', 'u', 'U:1', ''),
);
const ts = mostly(fc.constantFrom('1700000000.000100', '1.2', '9999999999999999.9', '1', 'x', '-1.1'));
const wire = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '|',
        '&',
        '&amp;',
        '<@U0BOT>',
        '<!here>',
        '<#C1|c>',
        '<https://a.b|c>',
        ' ',
        'x',
      ),
    )
    .map((parts) => parts.join('')),
);
const file = fc.record(
  { name: mostly(wire), title: mostly(wire), mimetype: mostly(wire) },
  { requiredKeys: [] },
);
const attachment = fc.record(
  { is_share: mostly(fc.boolean()), text: mostly(wire), author_name: mostly(wire) },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    type: fc.constantFrom('message', 'app_mention', 'assistant_thread_started', 'team_join'),
    subtype: mostly(fc.constantFrom('message_changed', 'message_deleted', 'file_share', 'bot_message')),
    channel: id,
    user: id,
    bot_id: mostly(fc.constantFrom('', 'B1')),
    text: mostly(wire),
    ts,
    thread_ts: ts,
    edited: mostly(fc.record({ ts })),
    files: mostly(fc.array(file)),
    attachments: mostly(fc.array(attachment)),
    assistant_thread: mostly(fc.record({ user_id: id, channel_id: id, thread_ts: ts })),
  },
  { requiredKeys: ['type', 'channel', 'user', 'ts'] },
);
const event = fc.record({
  type: fc.constant('event_callback'),
  event: mostly(
    fc.oneof(
      message,
      fc.record({
        type: fc.constant('message'),
        subtype: fc.constant('message_changed'),
        channel: id,
        message,
        previous_message: message,
      }),
    ),
  ),
});
const tap = fc.record(
  {
    type: fc.constant('block_actions'),
    user: fc.record({ id }),
    channel: mostly(fc.record({ id })),
    container: mostly(fc.record({ channel_id: id, thread_ts: ts })),
    response_url: mostly(fc.webUrl()),
    actions: mostly(
      fc.array(
        fc.record({
          action_id: wire,
          block_id: fc.oneof(wire, fc.constant('C0TALK/1.2#0')),
          value: wire,
          action_ts: ts,
        }),
      ),
    ),
  },
  { requiredKeys: ['type', 'user', 'actions'] },
);
const command = fc.record({
  command: mostly(fc.constant('/lifeline')),
  text: mostly(wire),
  user_id: id,
  channel_id: id,
  trigger_id: mostly(fc.constant('1.2.abc')),
  response_url: mostly(fc.webUrl()),
});
/** Payloads that are nearly right: whole parts are missing or something else entirely. */
const payload = fc.oneof(event, tap, command);

describe('the decoder', () => {
  it('makes a message or a reason of any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), payload), fc.nat(), (json, at) => {
        expect(['message', 'unsupported']).toContain(decode(json, self, at).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('hears the same in the same payload', () => {
    fc.assert(
      fc.property(payload, (json) => {
        expect(decode(structuredClone(json), self, 1)).toEqual(decode(json, self, 1));
      }),
    );
  });

  it('reads nothing in channels that does not mention us, and nothing of bots', () => {
    fc.assert(
      fc.property(event, (json) => {
        const decoded = decode(json, self, 1);
        if (decoded.kind === 'unsupported') return;
        const { visibility, person, overheard } = decoded.message;
        expect(person).not.toBe('slack:U0BOT');
        // What is overheard is watched for fake support, and never read as said to us.
        if (visibility === 'public' && overheard === undefined)
          expect(JSON.stringify(json)).toContain('<@U0BOT');
      }),
      { numRuns: 500 },
    );
  });

  it('gives away no answer to an address that is not of Slack', () => {
    fc.assert(
      fc.property(fc.oneof(tap, command), (json) => {
        const decoded = decode(json, self, 1);
        if (decoded.kind === 'message') expect(decoded.message.replyVia).toBeUndefined();
      }),
    );
  });
});

const piece = fc.constantFrom(
  ...[
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
    '&',
    '<',
    '>',
    '&amp;',
    'https://wallet.example/reset',
  ],
);
const longText = fc.array(piece, { minLength: 1, maxLength: 400 }).map((pieces) => pieces.join(''));

describe('escaping', () => {
  it('is undone exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        expect(unescapeText(escapeText(words))).toBe(words);
        expect(readText(escapeText(words), self)).toEqual({ text: words, hiddenLinks: [] });
      }),
    );
  });

  it('in parts keeps every unit, within the limit, and cuts neither a surrogate pair nor an entity', () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 10, max: 120 }), (words, maxChars) => {
        const parts = escapeInParts(words, maxChars);
        expect(parts.map(unescapeText).join('')).toBe(words);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(maxChars);
          expect(part).not.toMatch(/\p{Surrogate}|[<>]|&(?!(?:amp|lt|gt);)/u);
        }
      }),
    );
  });

  it('shortened stays within the limit', () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 2, max: 75 }), (words, maxChars) => {
        const label = escapeShortened(words, maxChars);
        expect(label.length).toBeLessThanOrEqual(maxChars);
        expect(label).not.toMatch(/\p{Surrogate}|[<>]|&(?!(?:amp|lt|gt);)/u);
      }),
    );
  });
});

/** What would be a mention, a link, a group of people or formatting, if it were not words. */
const injection = fc.constantFrom(
  ...[
    '<!channel>',
    '<!here|x>',
    '<@U0EVE>',
    '<#C0TALK>',
    '<https://evil.example|wallet.example>',
    '<!subteam^S1>',
  ],
  ...[
    '*bold*',
    '_it_',
    '~no~',
    '`code`',
    '```',
    ':key:',
    '&lt;!channel&gt;',
    '<',
    '>',
    '|',
    '&',
    '@here',
    '<!date^1^{date}|x>',
  ],
  ...['<mailto:a@b.example|c>', '\u2028', '\u0000', '\\', '"}]', '> quote', '• ', '🔑'],
);
const hostile = fc
  .array(fc.oneof(injection, fc.constantFrom(' ', 'a', '\n')), { minLength: 1, maxLength: 60 })
  .map((parts) => `x${parts.join('')}`);
const to = {
  place: { channel: 'U0ANN' },
  userId: 'U0ANN',
  visibility: 'direct',
  botHandle: 'lifeline',
} as const;

describe('the encoder', () => {
  it('lets no mention, link or markup out of words, and Slack takes it all', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.integer({ min: 0, max: 60 }),
        fc.boolean(),
        (text, label, count, isPublic) => {
          const buttons = Array.from(
            { length: count },
            (_, index): Button => ({
              kind: 'tap',
              label,
              data: `1.${index}.abc`,
              value: '',
              numbered: true,
            }),
          );
          const target = isPublic
            ? ({ ...to, place: { channel: 'C0TALK' }, visibility: 'public' } as const)
            : to;
          const calls = encode({ kind: 'message', text, buttons, keys: [], private: false }, target);
          const shown = calls.map(({ payload: { text: notified, blocks } }) => {
            expect(refusalOfContent({ text: String(notified), blocks })).toBeNull();
            expect(String(notified)).not.toMatch(/[<>]/);
            return seen({
              ts: '1.1',
              author: 'bot',
              threadTs: null,
              text: String(notified),
              blocks: Array.isArray(blocks) ? blocks : [],
              isMarkup: true,
              metadata: null,
              onlyFor: null,
              files: [],
              editedTs: null,
            });
          });
          expect(shown.flatMap(({ marks }) => marks)).toEqual([]);
          expect(shown.map((message) => message.text).join('')).toBe(text);
          expect(shown.flatMap((message) => message.buttons)).toHaveLength(count);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the signature', () => {
  it('is refused for anything that is not signed, and throws for nothing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.uint8Array(), (timestamp, signature, body) => {
        expect(isSigned({ timestamp, signature, body: Buffer.from(body) }, 'secret', 0)).toBe(false);
      }),
    );
  });
});
