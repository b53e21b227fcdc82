import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../adapters/telegram/index.js';
import { hostileValue, isPolluted, mutated } from './hostile.js';
import { BARE_MESSAGE, MESSAGE_FIELDS, NEWER_UPDATES, UPDATES, VALID_UPDATES } from './telegram-kinds.js';

const self = { id: '900', username: 'LifelineTestBot' };
const kindsOf = (fate: 'read' | 'left alone') =>
  Object.entries(UPDATES).flatMap(([kind, becomes]) => (becomes === fate ? [kind] : []));

describe("every kind of Telegram's updates", () => {
  it('is read when it is one of ours and as Telegram sends it', () => {
    const read = VALID_UPDATES.flatMap((update) => Object.keys(update as object)).filter(
      (key) => key in UPDATES,
    );
    expect([...new Set(read)].sort()).toEqual(kindsOf('read').sort());
    for (const update of VALID_UPDATES) expect(decode(update, self).kind).toBe('message');
  });

  it('is left alone when it is none of ours, whatever it holds', () => {
    const kind = fc.constantFrom(...kindsOf('left alone'), ...NEWER_UPDATES);
    fc.assert(
      fc.property(kind, fc.nat(), hostileValue, (name, id, content) => {
        const decoded = decode({ update_id: id, [name]: content }, self);
        expect(decoded).toEqual({ kind: 'unsupported', why: 'update-type' });
      }),
    );
  });
});

describe("every field of Telegram's messages", () => {
  const fields = Object.entries(MESSAGE_FIELDS);

  it('of a service message makes it nothing to us', () => {
    const service = fields.flatMap(([field, role]) => (role === 'service' ? [field] : []));
    fc.assert(
      fc.property(fc.constantFrom(...service), hostileValue, (field, content) => {
        const decoded = decode({ update_id: 1, message: { ...BARE_MESSAGE, [field]: content } }, self);
        expect(decoded).toEqual({ kind: 'unsupported', why: 'service-message' });
      }),
    );
  });

  it.each(fields.flatMap(([field, role]) => (role === 'content' && field !== 'contact' ? [field] : [])))(
    'with content is read: %s',
    (field) => {
      const decoded = decode({ update_id: 1, message: { ...BARE_MESSAGE, [field]: { file_id: 'A' } } }, self);
      expect(decoded).toMatchObject({ kind: 'message', message: { content: { kind: 'media' } } });
    },
  );

  it('may hold anything', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), hostileValue, ([field], content) => {
        const message = { ...BARE_MESSAGE, [field]: content };
        expect(['message', 'unsupported']).toContain(decode({ update_id: 1, message }, self).kind);
        expect(['message', 'unsupported']).toContain(
          decode({ update_id: 1, edited_message: message }, self).kind,
        );
      }),
      { numRuns: 300 },
    );
  });
});

it('nothing that was changed anywhere in an update of Telegram throws, or changes what all objects inherit', () => {
  const update = fc.constantFrom(...VALID_UPDATES).chain(mutated);
  fc.assert(
    fc.property(update, (json) => {
      const decoded = decode(json, self);
      expect(['message', 'unsupported']).toContain(decoded.kind);
      if (decoded.kind === 'unsupported') expect(decoded.why).toMatch(/^[a-z-]{1,40}$/);
      expect(isPolluted()).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
