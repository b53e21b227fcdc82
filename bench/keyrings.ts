import { createKeyring } from '../src/infra/at-rest.js';
import type { OpenKeyring } from '../src/model/index.js';

/** Encrypts nothing, so that what encryption costs can be told from the rest. Exists for measurements only. */
const plainKeyring: OpenKeyring = () => ({
  note: 'plain',
  sealer: {
    seal: (_name, plain) => plain,
    open: (_name, sealed) => sealed,
    isCurrent: () => true,
    hide: (text) => text,
    audit: { current: '', names: [''], mac: (_name, text) => text },
  },
});

/** The real thing. */
export const encryptedKeyring: OpenKeyring = createKeyring([new Uint8Array(32)]);

/** Without encryption and with it. */
export const KEYRINGS: readonly { readonly name: string; readonly keyring: OpenKeyring }[] = [
  { name: 'without encryption', keyring: plainKeyring },
  { name: 'with encryption', keyring: encryptedKeyring },
];
