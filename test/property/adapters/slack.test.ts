import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../adapters/slack/index.js';
import { hostileValue, isPolluted, mutated } from './hostile.js';
import { BARE_MESSAGE, EVENTS, INTERACTIONS, SUBTYPES, VALID_PAYLOADS } from './slack-kinds.js';

const self = {
  userId: 'U0BOT',
  handle: 'lifeline',
  commands: ['help'],
  hooksOrigin: 'https://hooks.slack.com',
};
const namesOf = (table: Readonly<Record<string, 'read' | 'left alone'>>, fate: 'read' | 'left alone') =>
  Object.entries(table).flatMap(([name, becomes]) => (becomes === fate ? [name] : []));

describe("every kind of Slack's payloads", () => {
  it('is read when it is one of ours and as Slack sends it', () => {
    const kinds = VALID_PAYLOADS.map((payload) => {
      const { event, type } = payload as {
        readonly event?: { readonly type: string };
        readonly type?: string;
      };
      return event?.type ?? type ?? 'command';
    });
    const known = [...namesOf(EVENTS, 'read'), ...namesOf(INTERACTIONS, 'read'), 'command'];
    expect([...new Set(kinds)].sort()).toEqual(known.sort());
    for (const payload of VALID_PAYLOADS) expect(decode(payload, self, 1).kind).toBe('message');
  });

  it('is left alone when it is none of ours, whatever it holds', () => {
    const type = fc.constantFrom(...namesOf(EVENTS, 'left alone'), 'an_event_of_next_year', '__proto__', '');
    fc.assert(
      fc.property(type, hostileValue, hostileValue, (name, content, more) => {
        const event = { type: name, user: content, channel: content, item: more, ts: '1.2' };
        expect(decode({ type: 'event_callback', event }, self, 1)).toEqual({
          kind: 'unsupported',
          why: 'event-type',
        });
      }),
    );
    const interaction = fc.constantFrom(...namesOf(INTERACTIONS, 'left alone'), 'a_kind_of_next_year');
    fc.assert(
      fc.property(interaction, hostileValue, (name, content) => {
        expect(
          decode({ type: name, user: { id: 'U0ANN' }, view: content, actions: content }, self, 1),
        ).toEqual({
          kind: 'unsupported',
          why: 'payload-type',
        });
      }),
    );
  });

  it.each([...namesOf(SUBTYPES, 'left alone'), 'a_subtype_of_next_year'])(
    'of message is left alone: %s',
    (subtype) => {
      const event = { ...BARE_MESSAGE, subtype };
      expect(decode({ type: 'event_callback', event }, self, 1).kind).toBe('unsupported');
    },
  );
});

it('nothing that was changed anywhere in a payload of Slack throws, or changes what all objects inherit', () => {
  const payload = fc.constantFrom(...VALID_PAYLOADS).chain(mutated);
  fc.assert(
    fc.property(payload, fc.nat(), (json, at) => {
      const decoded = decode(json, self, at);
      expect(['message', 'unsupported']).toContain(decoded.kind);
      if (decoded.kind === 'unsupported') expect(decoded.why).toMatch(/^[a-z-]{1,40}$/);
      expect(isPolluted()).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
