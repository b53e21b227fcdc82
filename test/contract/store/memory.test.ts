import { createMemoryStore } from '../../../src/store/memory.js';
import { storeContract } from './contract.js';

storeContract(
  'memory store',
  async () => {
    const store = createMemoryStore();
    return { store, close: () => store.close() };
  },
  { sweeps: true },
);
