import { z } from 'zod';
import { parseJson } from '../shared/parse-json.js';

/** Longest frame that is read, in UTF-16 units; what we ask for has far less than a tenth. */
const MAX_FRAME_CHARS = 4_000_000;

const DISPATCH = 0;
const INVALID_SESSION = 9;
const HELLO = 10;

const frameSchema = z.looseObject({ op: z.int(), d: z.unknown().optional() });
/** What a frame has to hold, by its opcode, so that the gateway's client can work on it (Discord, Gateway Events). */
const CONTENTS: ReadonlyMap<number, z.ZodType> = new Map<number, z.ZodType>([
  [DISPATCH, z.looseObject({ t: z.string(), s: z.int().nonnegative() })],
  [INVALID_SESSION, z.looseObject({ d: z.boolean() })],
  [HELLO, z.looseObject({ d: z.looseObject({ heartbeat_interval: z.number().min(10).max(3_600_000) }) })],
]);
const readySchema = z.looseObject({
  session_id: z.string().min(1),
  resume_gateway_url: z.url({ protocol: /^wss?$/ }),
});

/**
 * One frame of the gateway, parsed; `null` for what cannot be one: no text (we ask for no compression), too long, no
 * JSON, or without what its opcode needs. Opcodes that nobody knows are frames: Discord may add some.
 */
export function readFrame(data: unknown): z.infer<typeof frameSchema> | null {
  if (typeof data !== 'string' || data.length > MAX_FRAME_CHARS) return null;
  const frame = frameSchema.safeParse(parseJson(data)?.value);
  if (!frame.success) return null;
  const { op, t, d } = frame.data;
  if (CONTENTS.get(op)?.safeParse(frame.data).success === false) return null;
  if (op === DISPATCH && t === 'READY' && !readySchema.safeParse(d).success) return null;
  return frame.data;
}
