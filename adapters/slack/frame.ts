import { z } from 'zod';
import { parseJson } from '../shared/parse-json.js';

/** Longest frame that is read, in UTF-16 units; what Slack sends has far less than a tenth. */
const MAX_FRAME_CHARS = 4_000_000;

const frameSchema = z.looseObject({ type: z.string() });
const envelopeSchema = z.looseObject({ envelope_id: z.string().min(1), payload: z.unknown().optional() });

/** What comes over a socket. */
export type Frame =
  /** Slack greets us. */
  | { readonly kind: 'hello' }
  /** Slack wants a new connection. */
  | { readonly kind: 'disconnect' }
  /** Something that has to be acknowledged. */
  | { readonly kind: 'envelope'; readonly id: string; readonly payload: unknown }
  /** Of a type that nobody knows: Slack may add some. */
  | { readonly kind: 'other' }
  /** No text, too long, no JSON, or none of the above. */
  | { readonly kind: 'unreadable' };

/** Reads one frame (docs.slack.dev, Socket Mode). */
export function readFrame(data: unknown): Frame {
  const read = frameSchema.safeParse(
    typeof data === 'string' && data.length <= MAX_FRAME_CHARS ? parseJson(data)?.value : null,
  );
  if (!read.success) return { kind: 'unreadable' };
  const { type } = read.data;
  if (type === 'hello' || type === 'disconnect') return { kind: type };
  const envelope = envelopeSchema.safeParse(read.data);
  if (!envelope.success) return { kind: 'other' };
  return { kind: 'envelope', id: envelope.data.envelope_id, payload: envelope.data.payload };
}
