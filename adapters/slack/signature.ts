import { createHmac, timingSafeEqual } from 'node:crypto';
import { MAX_SIGNATURE_AGE_S } from './limits.js';

/** What a request carries as proof that it is from Slack. */
export interface SignedRequest {
  /** `X-Slack-Request-Timestamp`: seconds since 1970. */
  readonly timestamp: unknown;
  /** `X-Slack-Signature`: `v0=` and the HMAC in hexadecimal digits. */
  readonly signature: unknown;
  readonly body: Buffer;
}

/** How much our clock may be behind Slack's, in seconds. */
const MAX_AHEAD_S = 60;

/**
 * Whether a request is Slack's: an HMAC-SHA256 over `v0:<timestamp>:<body>`, compared in constant time, at most five
 * minutes old and not of the future (docs.slack.dev, verifying requests from Slack). `now` is epoch ms.
 */
export function isSigned(request: SignedRequest, secret: string, now: number): boolean {
  const { timestamp, signature, body } = request;
  if (typeof timestamp !== 'string' || !/^\d{1,15}$/.test(timestamp)) return false;
  const age = now / 1000 - Number(timestamp);
  if (age > MAX_SIGNATURE_AGE_S || age < -MAX_AHEAD_S) return false;
  if (typeof signature !== 'string' || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`, 'utf8').update(body).digest();
  return timingSafeEqual(Buffer.from(signature.slice('v0='.length), 'hex'), expected);
}
