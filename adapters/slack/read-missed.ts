import { z } from 'zod';
import { handOverUntilCommitted } from '../shared/hand-over.js';
import { backOffMs, pause } from '../shared/pause.js';
import { decode } from './decode.js';
import type { BotSelf } from './event-schema.js';
import { CATCH_UP_MS, CATCH_UP_PAGES, CATCH_UP_TRIES, MESSAGES_PER_PAGE } from './limits.js';
import { type KnownTalk, secondsOf } from './progress.js';
import { codeOfAnswer, isFinal, type Session } from './session.js';

const pageSchema = z.object({
  messages: z.array(z.looseObject({ ts: z.string().regex(/^\d{1,16}\.\d{1,10}$/) })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
type Message = z.infer<typeof pageSchema>['messages'][number];

/**
 * Reads what was written in a talk since the last message that was handled there, and hands it over, oldest first, as
 * if it came by itself; what did so meanwhile has the same ids. Returns the last message of the person, or `null` for
 * none. Gives up after some tries: a talk that cannot be read must not hold up what is written in it now.
 */
export async function readMissed(session: Session, self: BotSelf, talk: KnownTalk): Promise<string | null> {
  const { host } = session;
  let last: string | null = null;
  const oldest = (host.clock.now() - CATCH_UP_MS) / 1000;
  const after = secondsOf(talk.after) < oldest ? oldest.toFixed(6) : talk.after;
  for (const message of await messagesSince(session, { ...talk, after })) {
    const event = { ...message, type: 'message', channel: talk.channel, channel_type: 'im' };
    const decoded = decode({ type: 'event_callback', event }, self, host.clock.now());
    if (decoded.kind !== 'message') continue;
    if (!(await handOverUntilCommitted(host, decoded.message, session.stopping))) break;
    last = message.ts;
  }
  return last;
}

/** Messages of a talk after the last one that was handled, oldest first; none where it cannot be read. */
async function messagesSince(session: Session, talk: KnownTalk): Promise<readonly Message[]> {
  const found: Message[] = [];
  let cursor = '';
  for (let page = 0; page < CATCH_UP_PAGES; page += 1) {
    const read = await readPage(session, talk, cursor);
    if (read === null) return [];
    found.push(...read.messages);
    cursor = read.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  if (cursor !== '') session.host.log.warn({ event: 'catch-up-cut', platform: 'slack' });
  // A thread comes with the message it hangs on, and that of a channel the newest first.
  return found
    .filter((message) => secondsOf(message.ts) > secondsOf(talk.after))
    .sort((a, b) => secondsOf(a.ts) - secondsOf(b.ts));
}

async function readPage(
  session: Session,
  { channel, thread, after }: KnownTalk,
  cursor: string,
): Promise<z.infer<typeof pageSchema> | null> {
  const { host, api, stopping } = session;
  const method = thread === null ? 'conversations.history' : 'conversations.replies';
  const where = {
    channel,
    oldest: after,
    limit: MESSAGES_PER_PAGE,
    ...(thread === null ? {} : { ts: thread }),
  };
  for (let count = 1; count <= CATCH_UP_TRIES && !stopping.aborted; count += 1) {
    const answer = await api(method, { ...where, ...(cursor === '' ? {} : { cursor }) });
    const page = answer.kind === 'ok' ? pageSchema.safeParse(answer.result) : null;
    if (page?.success === true) return page.data;
    const code = answer.kind === 'ok' ? 'unreadable-answer' : codeOfAnswer(answer);
    host.log.warn({ event: 'catch-up-failed', platform: 'slack', code, count });
    // The channel is gone, or closed to us.
    if (answer.kind === 'error' && (isFinal(answer) || answer.code.endsWith('_not_found'))) return null;
    await pause(host.clock, answer.kind === 'limited' ? answer.retryAfterMs : backOffMs(count), stopping);
  }
  return null;
}
