import { refusalOfContent, responseSchema } from './send-rules.js';
import type { World } from './world.js';

/** How long an address works, and how often (docs.slack.dev, handling user interaction). */
const LIFETIME_MS = 30 * 60_000;
const MAX_USES = 5;

/** A post to a `response_url`: what is answered, and the message it makes. */
export function respond(
  world: World,
  id: string,
  payload: unknown,
): { readonly status: number; readonly content: string } {
  const failed = (error: string, status = 200) => ({ status, content: JSON.stringify({ ok: false, error }) });
  const known = world.responseUrls.get(id);
  if (known === undefined || world.now() - known.madeAt >= LIFETIME_MS) return failed('expired_url', 404);
  if (known.uses >= MAX_USES) return failed('used_url', 404);
  const parsed = responseSchema.safeParse(payload);
  if (!parsed.success) return failed('invalid_payload', 400);
  const refusal = refusalOfContent(parsed.data);
  if (refusal !== null) return failed(refusal, 400);
  known.uses += 1;
  const { text, blocks, thread_ts: threadTs, response_type: type } = parsed.data;
  world.post(known.channel, {
    author: 'bot',
    threadTs: threadTs ?? null,
    text: text ?? '',
    blocks: Array.isArray(blocks) ? blocks : [],
    isMarkup: true,
    metadata: null,
    onlyFor: type === 'in_channel' ? null : known.userId,
    files: [],
  });
  return { status: 200, content: 'ok' };
}
