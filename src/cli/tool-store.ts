import { createKeyring } from '../infra/at-rest.js';
import { readSettings } from '../infra/settings.js';
import { previousSecrets, secretOf } from '../main.js';
import type { Store } from '../model/index.js';
import { openStore } from '../store/open.js';

/** Runs `work` on the store of the settings, beside a bot that may be running on it. */
export async function withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const settings = readSettings(process.env);
  const keyring = createKeyring([secretOf(settings), ...previousSecrets(settings)]);
  const store = await openStore(settings.LIFELINE_STORE, { keyring, tool: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
