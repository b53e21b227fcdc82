import { randomBytes } from 'node:crypto';
import { createKeyring } from '../../../src/infra/at-rest.js';

/** Encryption under a secret made for this run. */
export const keyring = createKeyring([randomBytes(32)]);
