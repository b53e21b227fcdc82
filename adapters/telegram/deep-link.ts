/** A `start` parameter: at most 64 of `[A-Za-z0-9_-]` (core.telegram.org/bots/features#deep-linking). */
const PAYLOAD = /^[A-Za-z0-9_-]{0,64}$/;
/** Marks payloads of our own, so that a flow's name is never mistaken for another party's payload. */
const FLOW_PREFIX = 'f_';

/**
 * The address that opens our direct chat at a flow: `https://t.me/<bot>?start=f_<flow>`. `botHandle` may carry
 * its `@`. Throws `RangeError` for a flow that does not fit a `start` parameter.
 */
export function flowLink(botHandle: string, flow: string): string {
  const payload = `${FLOW_PREFIX}${flow}`;
  if (flow === '' || !PAYLOAD.test(payload))
    throw new RangeError('a flow name does not fit a start parameter');
  return `https://t.me/${botHandle.replace(/^@/, '')}?start=${payload}`;
}

/**
 * What stands behind `/start`: the flow of our own link, another payload as it is, `''` for a plain start, and
 * `null` when it is no payload at all but something the person wrote.
 */
export function startPayload(rest: string): string | null {
  if (!PAYLOAD.test(rest)) return null;
  return rest.startsWith(FLOW_PREFIX) ? rest.slice(FLOW_PREFIX.length) : rest;
}
