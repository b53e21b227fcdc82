import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.js';

describe('openStore', () => {
  it('opens an empty store in memory', async () => {
    const store = await openStore('memory:');
    expect(await store.nextDue()).toBeNull();
    await store.close();
  });

  it.each(['', 'memory', 'memory:x', 'lmdb:', 'redis://localhost', 'LMDB:x'])(
    'refuses "%s"',
    async (setting) => {
      await expect(openStore(setting)).rejects.toMatchObject({ code: 'settings-invalid' });
    },
  );
});
