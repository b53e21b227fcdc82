import { openLmdbStore } from '../../../src/store/lmdb.js';
import { storeContract } from './contract.js';
import { keyring } from './keyring.js';
import { makeTempFolder } from './temp-folder.js';

storeContract(
  'LMDB store',
  async () => {
    const folder = await makeTempFolder();
    const store = await openLmdbStore({ keyring, path: folder.path });
    const close = async () => {
      await store.close();
      await folder.remove();
    };
    return { store, close };
  },
  { sweeps: true },
);
