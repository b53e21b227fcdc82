import { MAX_CUSTOM_ID_CHARS } from './limits.js';

/** Marks buttons that open the direct chat; our other buttons begin with a digit. */
const PREFIX = 'private:';

/**
 * The `custom_id` of a button that opens the direct chat at a flow. Throws `RangeError` for a flow that does not fit.
 */
export function privateButtonId(flow: string): string {
  const id = `${PREFIX}${flow}`;
  if (flow === '' || id.length > MAX_CUSTOM_ID_CHARS)
    throw new RangeError('a flow name does not fit a button');
  return id;
}

/** The flow of such a button; `null` for any other. */
export function privateFlow(customId: string): string | null {
  return customId.startsWith(PREFIX) ? customId.slice(PREFIX.length) : null;
}
