import { afterAll, beforeAll } from 'vitest';
import { openOn } from '../../support/redis/open-redis.js';
import { type RunningSentinel, startSentinel } from '../../support/redis/start-sentinel.js';
import { storeContract } from './contract.js';

let sentinel: RunningSentinel;
beforeAll(async () => {
  sentinel = await startSentinel();
});
afterAll(() => sentinel.stop());

storeContract(
  'Redis Sentinel store',
  async () => {
    await sentinel.empty();
    const store = await openOn(sentinel.url);
    return { store, close: () => store.close() };
  },
  {
    sweeps: false,
    openOther: async () => {
      const store = await openOn(`${sentinel.url}?prefix=other`);
      return { store, close: () => store.close() };
    },
  },
);
