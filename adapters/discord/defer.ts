import type { InboundMessage, ReplyVia } from '../../src/model/index.js';
import { codeOfAnswer } from './api.js';
import { EPHEMERAL } from './limits.js';
import type { Session } from './persist.js';

/** "Thinking …", until a follow-up takes its place (Discord, Interaction Callback Type). */
const DEFERRED_MESSAGE = 5;
/** Nothing to be seen. */
const DEFERRED_UPDATE = 6;
/** Unknown interaction: it was too late, or it is not ours. */
const TOO_LATE = 10062;

/**
 * Gives an interaction its first answer, which must come within three seconds: a button nothing, a command "thinking
 * …", in a server for the person's eyes only. Returns how it is answered from now on; when it was too late, its token
 * is worth nothing. `null` for what is no interaction. Never throws.
 */
export async function defer(
  session: Session,
  interaction: string,
  message: InboundMessage,
): Promise<ReplyVia | null> {
  const { replyVia } = message;
  if (replyVia?.kind !== 'discord-interaction') return null;
  const { token, thinks, ephemeral } = replyVia;
  const flags = thinks && ephemeral ? { data: { flags: EPHEMERAL } } : {};
  const answer = await session.api.call(
    {
      method: 'POST',
      path: `/interactions/${interaction}/${token}/callback`,
      auth: false,
      body: { type: thinks ? DEFERRED_MESSAGE : DEFERRED_UPDATE, ...flags },
    },
    { timeoutMs: session.timing.deferMs },
  );
  if (answer.kind === 'ok') return replyVia;
  const { conversation } = message;
  const code = codeOfAnswer(answer);
  session.host.log.warn({ event: 'defer-failed', platform: 'discord', conversation, code });
  return answer.kind === 'error' && answer.code === TOO_LATE ? { ...replyVia, expiresAt: 0 } : replyVia;
}
