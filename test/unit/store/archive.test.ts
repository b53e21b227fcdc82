import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../../src/infra/at-rest.js';
import { LifelineError, type OpenKeyring, type StoredItem } from '../../../src/model/index.js';
import { type Counts, writeArchive } from '../../../src/store/archive.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { type ArchiveSummary, readArchive } from '../../../src/store/read-archive.js';
import { alice, aliceDirect, commitNext, NOW, snapshot } from '../../contract/store/fixture.js';
import { fill, itemsOf } from '../../contract/store/full-store.js';

const secret = randomBytes(32);
const keyring = createKeyring([secret]);

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function written(
  items: readonly StoredItem[],
): Promise<{ readonly text: string; readonly counts: Counts }> {
  const lines = writeArchive(each(items), { version: '1.2.3', at: new Date(NOW), keyring });
  const parts: string[] = [];
  for (;;) {
    const line = await lines.next();
    if (line.done === true) return { text: parts.join(''), counts: line.value };
    parts.push(line.value);
  }
}

async function read(
  text: string,
  how: { readonly keyring?: OpenKeyring; readonly chunkBytes?: number } = {},
): Promise<{ readonly items: readonly StoredItem[]; readonly about: ArchiveSummary }> {
  const bytes = Buffer.from(text);
  const size = how.chunkBytes ?? 100;
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const archive = readArchive(each(chunks), how.keyring ?? keyring);
  const items: StoredItem[] = [];
  for (;;) {
    const item = await archive.next();
    if (item.done === true) return { items, about: item.value };
    items.push(item.value);
  }
}

/** Code and message of what reading throws. */
async function faultOf(
  text: string,
  how: { readonly keyring?: OpenKeyring } = {},
): Promise<readonly [string, string]> {
  const error = await read(text, how).then(
    () => null,
    (fault: unknown) => fault,
  );
  if (error instanceof LifelineError) return [error.code, error.message];
  throw new Error('it did not end as a fault of the program', { cause: error });
}

async function fullItems(): Promise<readonly StoredItem[]> {
  const store = createMemoryStore();
  await fill(store, NOW);
  await commitNext(store, aliceDirect, {
    snapshot: { ...snapshot('asked'), slots: { said: 'a\u2028b\nc\ud800 您' } },
  });
  await store.forget(alice, NOW);
  await store.setValue('offset', '42\r\n');
  await store.putBundle('b1', Uint8Array.of(0, 255, 10, 13));
  await store.activateBundle('b1');
  return itemsOf(store);
}

describe('an export', () => {
  it('gives back every kind of item as it was, in pieces of any size', async () => {
    const items = await fullItems();
    expect(new Set(items.map(({ kind }) => kind)).size).toBeGreaterThan(9);
    const { text, counts } = await written(items);
    for (const chunkBytes of [1, 7, 4096, text.length]) {
      const { items: back, about } = await read(text, { chunkBytes });
      expect(back).toEqual(items);
      expect(about).toEqual({ version: '1.2.3', at: new Date(NOW).toISOString(), counts });
    }
  });

  it('gives back any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))),
        async (pairs) => {
          const items = pairs.map(([name, value]) => ({ kind: 'value', name, value }) as const);
          expect((await read((await written(items)).text)).items).toEqual(items);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('of an empty store is whole too', async () => {
    const { text } = await written([]);
    expect(await read(text)).toEqual({ items: [], about: expect.objectContaining({ counts: {} }) });
  });

  it('shows nothing of what it holds', async () => {
    const { text } = await written(await fullItems());
    for (const word of ['1001', 'telegram', 'mail-missing', 'sendMessage', 'offset'])
      expect(text).not.toContain(word);
    expect(Buffer.from(text.split('\n')[1] ?? '', 'base64').toString('latin1')).not.toContain('conversation');
  });

  it('is refused wherever it is cut off', async () => {
    const { text } = await written([
      { kind: 'value', name: 'a', value: '1' },
      { kind: 'counter', name: 'b', count: 2 },
    ]);
    for (let length = 0; length < text.length - 1; length += 1)
      expect([length, (await faultOf(text.slice(0, length)))[0]]).toEqual([length, 'store-damaged']);
    await read(text.slice(0, -1));
  });

  it('is refused when a byte of it is another one, with the line where it shows', async () => {
    const { text } = await written([{ kind: 'value', name: 'a', value: '1' }]);
    const secondLine = text.indexOf('\n') + 20;
    expect(await faultOf(flipped(text, secondLine))).toEqual([
      'store-damaged',
      'line 2: it is altered or in another place',
    ]);
    expect((await faultOf(text.replace('1.2.3', '1.2.4')))[0]).toBe('store-damaged');
  });

  it('is refused when lines of it are exchanged, missing, doubled, or those of another', async () => {
    const items = ['a', 'b', 'c'].map((value) => ({ kind: 'value', name: value, value }) as const);
    const [head = '', a = '', b = '', c = '', tail = ''] = (await written(items)).text.split('\n');
    const other = (await written(items)).text.split('\n');
    const altered = [
      [head, b, a, c, tail],
      [head, a, b, tail],
      [head, a, b, c, c, tail],
      [head, a, b, c, tail, tail],
      [head, a, b, c, tail, 'more'],
      [head, a, other[2] ?? '', c, tail],
      [other[0] ?? '', a, b, c, tail],
      [head, head, a, b, c, tail],
      [tail],
    ];
    for (const lines of altered) expect((await faultOf(`${lines.join('\n')}\n`))[0]).toBe('store-damaged');
  });

  it('is refused when it is something else', async () => {
    for (const text of ['', '\n', 'hello', '{}', '[]\n', '{"lifeline":"export"}\n', '\u0000'.repeat(1000)])
      expect((await faultOf(text))[0]).toBe('store-damaged');
  });

  it('of a newer format is refused as newer', async () => {
    const head = JSON.stringify({ lifeline: 'export', format: 2, anything: true });
    expect(await faultOf(`${head}\nwhatever\n`)).toEqual([
      'store-newer',
      expect.stringContaining('newer version'),
    ]);
  });

  it('is opened by the secret it was written under, present or previous, and by no other', async () => {
    const { text } = await written([{ kind: 'value', name: 'a', value: '1' }]);
    const fresh = randomBytes(32);
    expect((await read(text, { keyring: createKeyring([fresh, secret]) })).items).toHaveLength(1);
    expect(await faultOf(text, { keyring: createKeyring([fresh]) })).toEqual([
      'store-wrong-key',
      expect.stringContaining('LIFELINE_SECRET_PREVIOUS'),
    ]);
  });
});

describe('an item of an export', () => {
  it('that is none is refused with its line, and nothing of what it holds', async () => {
    const items = [
      { kind: 'value', name: 'a', value: '1' },
      { kind: 'value', name: 'words of a person' },
    ];
    const { text } = await written(items as StoredItem[]);
    const [code, message] = await faultOf(text);
    expect([code, message]).toEqual(['store-damaged', 'line 3: it holds nothing that this version knows']);
  });
});

function flipped(text: string, index: number): string {
  const other = text[index] === 'A' ? 'B' : 'A';
  return text.slice(0, index) + other + text.slice(index + 1);
}
