import { afterAll, beforeAll } from 'vitest';
import { freshKeyring, openOn } from '../../support/redis/open-redis.js';
import { type RunningRedis, startRedis } from '../../support/redis/start-redis.js';
import { storeContract } from './contract.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

storeContract(
  'Redis store',
  async () => {
    await server.empty();
    const store = await openOn(server.url, { keyring: freshKeyring() });
    return { store, close: () => store.close() };
  },
  {
    sweeps: false,
    openOther: async () => {
      const store = await openOn(`${server.url}?prefix=other`, { keyring: freshKeyring() });
      return { store, close: () => store.close() };
    },
  },
);
