import type { SendContext } from '../../src/model/index.js';

/** What an adapter is told of a call that was never tried. */
export const FIRST_TRY: SendContext = { nonce: 'AAAAAAAAAAAAAAAAAAAAAA', unclearSince: null, now: 0 };
