import { randomBytes } from 'node:crypto';
import { createKeyring } from '../../../src/infra/at-rest.js';
import type { OpenKeyring, Store } from '../../../src/model/index.js';
import { openRedisStore } from '../../../src/store/redis.js';

/** A keyring with a secret nobody else has. */
export function freshKeyring(): OpenKeyring {
  return createKeyring([randomBytes(32)]);
}

/** Opens the store on a server; a warning nobody expects is a fault. Throws what opening the store throws. */
export function openOn(
  url: string,
  options: { readonly keyring?: OpenKeyring; readonly warn?: (code: string) => void } = {},
): Promise<Store> {
  return openRedisStore({
    url,
    keyring: options.keyring ?? freshKeyring(),
    warn: options.warn ?? (() => undefined),
  });
}
