import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCall } from '../../adapters/discord/calls.js';
import { decode, encode } from '../../adapters/discord/index.js';
import { escapeMarkdown, messageParts } from '../../adapters/discord/markdown.js';
import { createProgress } from '../../adapters/discord/progress.js';

const self = { id: '900' };

const snowflake = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const user = fc.record(
  { id: snowflake, username: fc.string(), bot: fc.boolean(), system: fc.boolean() },
  { requiredKeys: ['id'] },
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('<@900> hi', '[a](https://b.example)', '[[[[((((https://', '<@!900>'),
);
const words = {
  content: text,
  mentions: fc.array(user),
  attachments: fc.array(fc.oneof(fc.jsonValue(), fc.record({ filename: text, content_type: text }))),
  embeds: fc.array(fc.record({ title: text, url: text }, { requiredKeys: [] })),
  sticker_items: fc.array(fc.record({ name: text })),
  flags: fc.integer(),
};
const message = fc.record(
  {
    ...words,
    id: snowflake,
    channel_id: snowflake,
    guild_id: snowflake,
    type: fc.constantFrom(0, 19, 21, 6, 18),
    author: fc.oneof({ weight: 9, arbitrary: user }, { weight: 1, arbitrary: fc.jsonValue() }),
    webhook_id: snowflake,
    edited_timestamp: fc.oneof(fc.string(), fc.constant('2026-03-01T09:00:00.000000+00:00')),
    message_reference: fc.record({ type: fc.constantFrom(0, 1) }),
    referenced_message: fc.record({ ...words, author: user }, { requiredKeys: [] }),
    message_snapshots: fc.array(fc.record({ message: fc.record(words, { requiredKeys: [] }) })),
    poll: fc.jsonValue(),
  },
  { requiredKeys: ['id', 'channel_id', 'type'] },
);
const interaction = fc.record(
  {
    id: snowflake,
    application_id: snowflake,
    type: fc.integer({ min: 1, max: 5 }),
    token: fc.string(),
    guild_id: snowflake,
    channel_id: snowflake,
    context: fc.integer({ min: 0, max: 2 }),
    user,
    member: fc.record({ user }),
    locale: fc.string(),
    data: fc.oneof(
      fc.jsonValue(),
      fc.record(
        { name: text, custom_id: text, values: fc.array(text), options: fc.array(fc.jsonValue()) },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['id', 'application_id', 'type', 'token'] },
);
/** Dispatches that are nearly right: whole parts are missing or something else entirely. */
const packet = fc.oneof(
  fc.record({ t: fc.constantFrom('MESSAGE_CREATE', 'MESSAGE_UPDATE'), s: fc.nat(), d: message }),
  fc.record({ t: fc.constant('INTERACTION_CREATE'), s: fc.nat(), d: interaction }),
  fc.record({ t: fc.constantFrom('MESSAGE_CREATE', 'INTERACTION_CREATE', 'READY'), d: fc.jsonValue() }),
);

describe('the decoder', () => {
  it('makes a message or a reason of any JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), packet), (json) => {
        expect(['message', 'unsupported']).toContain(decode(json, self).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('hears the same in the same event', () => {
    fc.assert(
      fc.property(packet, (json) => {
        expect(decode(structuredClone(json), self)).toEqual(decode(json, self));
      }),
    );
  });

  it('reads nothing in servers that is not addressed to us', () => {
    const plain = fc.string({ unit: 'binary' }).filter((said) => !said.includes('900'));
    fc.assert(
      fc.property(plain, (content) => {
        const d = { id: '1', channel_id: '2', guild_id: '3', type: 0, author: { id: '42' }, content };
        expect(decode({ t: 'MESSAGE_CREATE', s: 1, d }, self).kind).toBe('unsupported');
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
    '*',
    '_',
    '\\',
    '|',
    '`',
    '# ',
    '> ',
    '- ',
  ],
  'https://wallet.example/reset_me*now ',
);
const longText = fc.array(piece, { minLength: 1, maxLength: 1500 }).map((pieces) => pieces.join(''));

/** A text as Discord shows it: a backslash before a sign takes its meaning away, but not in addresses. */
function shown(content: string): string {
  return content.replace(
    /https?:\/\/[^\s<]+|\\([^0-9A-Za-z\s])/g,
    (found, sign: string | undefined) => sign ?? found,
  );
}

describe('escaping', () => {
  it('leaves every text as it was, for whoever reads it', () => {
    fc.assert(
      fc.property(fc.oneof(longText, fc.string({ unit: 'binary' })), (said) => {
        expect(shown(escapeMarkdown(said))).toBe(said);
      }),
    );
  });

  it('leaves no mark with a meaning outside of addresses', () => {
    fc.assert(
      fc.property(longText, (said) => {
        const rest = escapeMarkdown(said)
          .replace(/https?:\/\/[^\s<]+/g, '')
          .replace(/\\[^0-9A-Za-z\s]/g, '');
        expect(rest).not.toMatch(/[*_~`|[\]<@\\]/);
      }),
    );
  });
});

describe('the encoder', () => {
  it('keeps every word, within the limit once escaped, and cuts no surrogate pair', () => {
    fc.assert(
      fc.property(longText, (said) => {
        const parts = messageParts(said);
        expect(parts.join('').replace(/\s/g, '')).toBe(said.replace(/\s/g, ''));
        for (const part of parts) {
          expect(escapeMarkdown(part).length).toBeLessThanOrEqual(2000);
          expect(part).not.toMatch(/\p{Surrogate}/u);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('never loses a button, and makes only calls that can be read back', () => {
    const button = fc.oneof(
      fc.record({ kind: fc.constant('tap' as const), numbered: fc.boolean() }),
      fc.record({ kind: fc.constant('url' as const) }),
      fc.record({ kind: fc.constant('private' as const) }),
    );
    const target = { place: { channel: '42' }, userId: '42', visibility: 'direct', botHandle: '' } as const;
    fc.assert(
      fc.property(fc.array(button, { maxLength: 80 }), (drawn) => {
        const buttons = drawn.map((one, index) => {
          const label = `Label ${index}`;
          if (one.kind === 'tap') return { ...one, label, value: `v${index}`, data: `1.${index}.mac` };
          if (one.kind === 'url') return { ...one, label, url: 'https://wallet.example/', link: 'home' };
          return { ...one, label, flow: `flow-${index}` };
        });
        const calls = encode({ kind: 'message', text: 'Which?', buttons, keys: [], private: true }, target);
        const labels = calls.flatMap((call) =>
          [...JSON.stringify(call.payload).matchAll(/"label":"([^"]*)"/g)].map(([, label]) => label),
        );
        expect(labels.sort()).toEqual(buttons.map(({ label }) => label).sort());
        expect(calls.every((call) => readCall(call) !== null)).toBe(true);
        for (const { payload } of calls) {
          expect((payload.components as unknown[] | undefined)?.length ?? 0).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});

describe('progress', () => {
  it('begins anew from anything that cannot be read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (kept) => {
        expect(() => createProgress(kept).toJson()).not.toThrow();
      }),
    );
  });

  it('never keeps a session beyond an event that is in hand', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constant('event' as const) },
      { weight: 5, arbitrary: fc.nat({ max: 20 }) },
      { weight: 1, arbitrary: fc.constant('session' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const progress = createProgress(null);
        let session = 0;
        let sequence = 0;
        const open: { session: number; sequence: number; done: () => void }[] = [];
        const openSession = (): void => {
          session += 1;
          sequence = 1;
          const opened = { id: String(session), resumeUrl: 'wss://gateway.example', sequence };
          open.push({ session, sequence, done: progress.opened(opened) });
        };
        openSession();
        for (const one of steps) {
          if (one === 'session') openSession();
          else if (one === 'event') {
            sequence += 1;
            open.push({ session, sequence, done: progress.begin(sequence) });
          } else open.splice(one % Math.max(1, open.length), 1)[0]?.done();
          const kept = JSON.parse(progress.toJson()) as { session: { id: string; sequence: number } | null };
          if (kept.session === null) continue;
          expect(kept.session.id).toBe(String(session));
          expect(open.every((item) => item.session === session)).toBe(true);
          expect(open.every((item) => item.sequence > (kept.session?.sequence ?? 0))).toBe(true);
        }
      }),
    );
  });
});
