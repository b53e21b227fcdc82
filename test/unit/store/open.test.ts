import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.js';
import { keyring } from '../../contract/store/keyring.js';

describe('openStore', () => {
  it('opens an empty store in memory', async () => {
    const store = await openStore('memory:', { keyring });
    expect(await store.nextDue()).toBeNull();
    await store.close();
  });

  it.each(['', 'memory', 'memory:x', 'lmdb:', 'http://localhost', 'LMDB:x'])(
    'refuses "%s"',
    async (setting) => {
      await expect(openStore(setting, { keyring })).rejects.toMatchObject({ code: 'settings-invalid' });
    },
  );
});
