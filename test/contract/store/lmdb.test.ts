import { openLmdbStore } from '../../../src/store/lmdb.js';
import { storeContract } from './contract.js';
import { makeTempFolder } from './temp-folder.js';

storeContract('LMDB store', async () => {
  const folder = await makeTempFolder();
  const store = await openLmdbStore({ path: folder.path });
  const close = async () => {
    await store.close();
    await folder.remove();
  };
  return { store, close };
});
