import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../adapters/discord/index.js';
import {
  BARE_INTERACTION,
  BARE_MESSAGE,
  EVENTS,
  INTERACTION_TYPES,
  MESSAGE_TYPES,
  VALID_DISPATCHES,
} from './discord-kinds.js';
import { hostileValue, isPolluted, mutated, nested } from './hostile.js';

const self = { id: '900' };
const eventsOf = (fate: 'read' | 'left alone') =>
  Object.entries(EVENTS).flatMap(([event, becomes]) => (becomes === fate ? [event] : []));

describe("every event of Discord's gateway", () => {
  it('is read when it is one of ours and as Discord sends it', () => {
    const read = VALID_DISPATCHES.map((packet) => (packet as { readonly t: string }).t);
    expect([...new Set(read)].sort()).toEqual(eventsOf('read').sort());
    for (const packet of VALID_DISPATCHES) expect(decode(packet, self).kind).toBe('message');
  });

  it('is left alone when it is none of ours, whatever it holds', () => {
    const type = fc.constantFrom(...eventsOf('left alone'), 'AN_EVENT_OF_NEXT_YEAR', '__proto__', '');
    fc.assert(
      fc.property(type, hostileValue, fc.oneof(fc.nat(), fc.constantFrom(undefined)), (t, d, s) => {
        expect(decode({ t, s, d }, self)).toEqual({ kind: 'unsupported', why: 'event-type' });
      }),
    );
  });
});

describe('every type', () => {
  it.each(Object.entries(MESSAGE_TYPES))("of Discord's messages has its fate: %s", (_name, [type, fate]) => {
    const decoded = decode({ t: 'MESSAGE_CREATE', s: 1, d: { ...BARE_MESSAGE, type } }, self);
    expect(decoded.kind === 'message' ? 'read' : decoded.why).toBe(
      fate === 'read' ? 'read' : 'service-message',
    );
  });

  it.each(Object.entries(INTERACTION_TYPES))(
    "of Discord's interactions has its fate: %s",
    (_name, [type, fate]) => {
      const data = type === 3 ? { custom_id: '1.0.mac' } : BARE_INTERACTION.data;
      const decoded = decode({ t: 'INTERACTION_CREATE', s: 1, d: { ...BARE_INTERACTION, type, data } }, self);
      expect(decoded.kind === 'message' ? 'read' : decoded.why).toBe(
        fate === 'read' ? 'read' : 'interaction-type',
      );
    },
  );

  it('that Discord may invent is left alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50 }), (type) => {
        const message = decode({ t: 'MESSAGE_CREATE', s: 1, d: { ...BARE_MESSAGE, type } }, self);
        const interaction = decode({ t: 'INTERACTION_CREATE', s: 1, d: { ...BARE_INTERACTION, type } }, self);
        expect([message, interaction]).toEqual([
          { kind: 'unsupported', why: 'service-message' },
          { kind: 'unsupported', why: 'interaction-type' },
        ]);
      }),
    );
  });
});

it('options within options are read no deeper than Discord goes', () => {
  const data = (options: unknown) => ({ id: '1', name: 'start', type: 1, options });
  const group = [{ type: 2, options: [{ type: 1, options: [{ type: 3, value: 'mail' }] }] }];
  for (const [options, text] of [
    [group, 'mail'],
    [nested('options'), ''],
  ] as const) {
    const decoded = decode(
      { t: 'INTERACTION_CREATE', s: 1, d: { ...BARE_INTERACTION, data: data(options) } },
      self,
    );
    expect(decoded).toMatchObject({ kind: 'message', message: { content: { kind: 'command', text } } });
  }
});

it('nothing that was changed anywhere in a dispatch of Discord throws, or changes what all objects inherit', () => {
  const packet = fc.constantFrom(...VALID_DISPATCHES).chain(mutated);
  fc.assert(
    fc.property(packet, (json) => {
      const decoded = decode(json, self);
      expect(['message', 'unsupported']).toContain(decoded.kind);
      if (decoded.kind === 'unsupported') expect(decoded.why).toMatch(/^[a-z-]{1,40}$/);
      expect(isPolluted()).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
