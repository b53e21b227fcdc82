import { afterAll, beforeAll } from 'vitest';
import { openOn } from '../../support/redis/open-redis.js';
import { type RunningCluster, startCluster } from '../../support/redis/start-cluster.js';
import { storeContract } from './contract.js';

let cluster: RunningCluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

storeContract(
  'Redis Cluster store',
  async () => {
    await cluster.empty();
    const store = await openOn(cluster.url);
    return { store, close: () => store.close() };
  },
  {
    sweeps: false,
    openOther: async () => {
      const store = await openOn(`${cluster.url}?prefix=other`);
      return { store, close: () => store.close() };
    },
  },
);
