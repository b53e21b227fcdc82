import type { Log } from '../../src/model/index.js';

const nothing = (): void => undefined;

/** A log that nobody reads. */
export const SILENT: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
