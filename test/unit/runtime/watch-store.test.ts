import { describe, expect, it } from 'vitest';
import { LifelineError, type Store } from '../../../src/model/index.js';
import { watchStore } from '../../../src/runtime/watch-store.js';
import { createFakeClock } from '../../../src/simulate/fake-clock.js';
import { createMemoryStore } from '../../../src/store/memory.js';
import { inbound } from '../../support/engine.js';
import { START } from '../../support/talk.js';

const { conversation } = inbound(1, { kind: 'text', text: '' });

function setUp(parts: Partial<Store> = {}, maxOperations?: number) {
  const clock = createFakeClock(START);
  const store: Store = { ...createMemoryStore({ clock: () => clock.now() }), ...parts };
  return { clock, ...watchStore(store, maxOperations) };
}

/** Answers only when it is told to. */
function held(): Partial<Store> & { readonly answer: () => void } {
  let answer: () => void = () => undefined;
  const answered = new Promise<null>((resolve) => {
    answer = () => resolve(null);
  });
  return { getValue: () => answered, answer: () => answer() };
}

describe('a watched store', () => {
  it('does what the store does', async () => {
    const { store } = setUp();
    await store.setValue('offset', '7');
    expect(await store.getValue('offset')).toBe('7');
    expect(store.now()).toBe(START);
    const items = [];
    for await (const item of store.exportItems()) items.push(item);
    expect(items).toEqual([{ kind: 'value', name: 'offset', value: '7' }]);
  });

  it('knows what is in hand, and for how long', async () => {
    const slow = held();
    const { store, health, clock } = setUp(slow);
    const reading = store.getValue('offset');
    clock.moveTo(START + 1_000);
    const later = store.getValue('offset');
    clock.moveTo(START + 5_000);
    expect(health()).toEqual({ status: 'ok', operations: 2, oldestMs: 5_000 });
    clock.moveTo(START + 5_001);
    expect(health().status).toBe('stalled');
    slow.answer();
    await Promise.all([reading, later]);
    expect(health()).toEqual({ status: 'ok', operations: 0, oldestMs: 0 });
  });

  it('begins nothing more when too much is in hand, and goes on afterwards', async () => {
    const slow = held();
    const { store } = setUp(slow, 2);
    const inHand = [store.getValue('a'), store.getValue('b')];
    await expect(store.load(conversation)).rejects.toMatchObject({
      code: 'store-unavailable',
      retryable: true,
    });
    slow.answer();
    await Promise.all(inHand);
    await expect(store.load(conversation)).resolves.toMatchObject({ version: 0 });
  });

  it('is failing after three failures of the store in a row, until one operation succeeds', async () => {
    const { store, health } = setUp({
      load: () => Promise.reject(new LifelineError('store-unavailable', 'gone')),
    });
    const states: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      await expect(store.load(conversation)).rejects.toThrow('gone');
      states.push(health().status);
    }
    await store.getValue('offset');
    expect([...states, health().status]).toEqual(['ok', 'ok', 'failing', 'ok']);
  });

  it('does not take faults of others for its own', async () => {
    const { store, health } = setUp({ load: () => Promise.reject(new TypeError('broken')) });
    for (let round = 0; round < 5; round += 1)
      await expect(store.load(conversation)).rejects.toThrow('broken');
    expect(health().status).toBe('ok');
  });
});
