import type { Capabilities } from '../../src/model/index.js';

/** A terminal shows anything and cannot take back what was typed. */
export const CONSOLE_CAPABILITIES: Capabilities = {
  deletesIn: { direct: false, public: false },
  maxTextChars: 20_000,
  maxLabelChars: 200,
};
