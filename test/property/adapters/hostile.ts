import fc from 'fast-check';

/** Deeper than any stack. */
const DEPTH = 50_000;

/** A value within arrays of objects that hold arrays under that name, as deep as no platform would go. */
export function nested(name: string): unknown {
  return JSON.parse(nestedText(name));
}

function nestedText(name: string): string {
  return `${`[{"${name}":`.repeat(DEPTH)}1${'}]'.repeat(DEPTH)}`;
}

const DEEP_NAMES = ['options', 'message', 'attachments', 'inline_keyboard'] as const;
const depths: readonly unknown[] = DEEP_NAMES.map(nested);

/** As `JSON.stringify`, which has no end of a stack for what is that deep. */
export function textOf(json: unknown): string {
  const text = JSON.stringify(json, (_key, value) => (depths.includes(value) ? '(deep)' : value));
  return text.replaceAll('"(deep)"', nestedText('options'));
}
/** As JSON it has keys of its own by these names; what copies them carelessly changes every object. */
const polluting: unknown = JSON.parse(
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"length":-1}',
);

/** Texts that are hard to bear: halves of signs, control and invisible characters, names of what objects inherit. */
const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc
    .array(
      fc.constantFrom('\ud800', '\udc00', '\u0000', '\u202e', '\ufeff', '\u2028', 'a', '/', '%', '@', ':'),
    )
    .map((signs) => signs.join('')),
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'x'.repeat(100_000), '\u200b'),
  fc.constantFrom('1e999', '-0', '0x10', '９００', '99999999999999999999', '1700000000.000100', 'U0BOT00001'),
);

/** Any JSON value, the strangest among them. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(null, true, false, '', [], {}, [null], [[]], [{}]) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(0, -1, 0.5, 2 ** 53, -(2 ** 63), 1e308, 5e-324, Number.POSITIVE_INFINITY, -0),
  },
  { weight: 6, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.constantFrom(...depths) },
  { weight: 1, arbitrary: fc.constant(polluting) },
  { weight: 2, arbitrary: fc.jsonValue() },
);

type Change =
  | { readonly kind: 'replace' | 'wrap'; readonly value: unknown }
  | { readonly kind: 'remove' }
  | { readonly kind: 'add'; readonly name: string; readonly value: unknown };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('replace' as const, 'wrap' as const), value: hostileValue }),
  fc.constant({ kind: 'remove' as const }),
  fc.record({ kind: fc.constant('add' as const), name: hostileText, value: hostileValue }),
);

/** The same JSON with a few things in it replaced, removed or added, anywhere. */
export function mutated(valid: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<unknown>((json, [at, one]) => changed(json, at, one), copy(valid)));
}

/** Keeps keys such as `__proto__` and numbers such as Infinity what they are; what is too deep is never changed. */
function copy(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || depths.includes(json)) return json;
  if (Array.isArray(json)) return json.map(copy);
  const same = {};
  for (const key of Object.keys(json)) define(same, key, copy(Reflect.get(json, key)));
  return same;
}

/** Changes what the `at`-th key (of all, in any depth) holds; the whole where there is none. */
function changed(json: unknown, at: number, one: Change): unknown {
  const places = placesIn(json, 6);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return one.kind === 'remove' || one.kind === 'add' ? {} : copy(one.value);
  const [holder, key] = place;
  if (one.kind === 'remove') Reflect.deleteProperty(holder, key);
  else if (one.kind === 'add') define(holder, one.name, copy(one.value));
  else if (one.kind === 'wrap') define(holder, key, [Reflect.get(holder, key), copy(one.value)]);
  else define(holder, key, copy(one.value));
  return json;
}

function placesIn(json: unknown, depth: number): readonly (readonly [object, string])[] {
  if (typeof json !== 'object' || json === null || depth === 0 || depths.includes(json)) return [];
  return Object.keys(json).flatMap((key) => [
    [json, key] as const,
    ...placesIn(Reflect.get(json, key), depth - 1),
  ]);
}

function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Whether some copying of keys has changed what all objects inherit. */
export function isPolluted(): boolean {
  return 'polluted' in {};
}
