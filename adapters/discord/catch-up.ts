import { z } from 'zod';
import { backOffMs, pause } from '../shared/pause.js';
import { codeOfAnswer } from './api.js';
import type { BotSelf } from './event-schema.js';
import { handOver, readUpdate } from './hand-over.js';
import { CATCH_UP_MS, CATCH_UP_PAGES, MESSAGES_PER_PAGE } from './limits.js';
import { isFinal, retryAfterOf, type Session } from './persist.js';
import type { ChannelRef, Progress } from './progress.js';
import { idAt, isAfter } from './snowflake.js';

const pageSchema = z.array(z.looseObject({ id: z.string().regex(/^\d{1,20}$/) }));
type Page = z.infer<typeof pageSchema>;

/**
 * Reads what was written in a channel since the last message that was handled there, oldest first, and hands it over.
 * `false` when the adapter stops before the end. A channel that is gone or closed to us is forgotten.
 */
export async function catchUp(
  session: Session,
  self: BotSelf,
  progress: Progress,
  channel: ChannelRef,
): Promise<boolean> {
  const last = progress.after(channel.id);
  if (last === null) return true;
  const oldest = idAt(session.host.clock.now() - CATCH_UP_MS);
  let after = isAfter(oldest, last) ? oldest : last;
  for (let count = 0; count < CATCH_UP_PAGES; count += 1) {
    const page = await readPage(session, channel.id, after);
    if (page === 'stopped') return false;
    if (page === 'gone') {
      progress.forgetChannel(channel.id);
      return true;
    }
    for (const message of page) {
      // What the REST API shows of a message does not say in which server it is.
      const d = channel.guild === null ? message : { ...message, guild_id: channel.guild };
      const update = readUpdate(session, { t: 'MESSAGE_CREATE', d }, self);
      if (!(await handOver(session, update, null))) return false;
      progress.handled(channel, message.id, update.isOurs);
      after = message.id;
    }
    if (page.length < MESSAGES_PER_PAGE) return true;
  }
  session.host.log.warn({ event: 'catch-up-cut', platform: 'discord' });
  return true;
}

/** One page, oldest first, tried until it is there. */
async function readPage(
  session: Session,
  channel: string,
  after: string,
): Promise<Page | 'gone' | 'stopped'> {
  const { host, stopping } = session;
  const query = { after, limit: String(MESSAGES_PER_PAGE) };
  for (let attempt = 1; !stopping.aborted; attempt += 1) {
    const answer = await session.api.call(
      { method: 'GET', path: `/channels/${channel}/messages`, query },
      { signal: stopping },
    );
    if (stopping.aborted) break;
    const page = answer.kind === 'ok' ? pageSchema.safeParse(answer.result) : null;
    if (page?.success === true) return page.data.sort((a, b) => (isAfter(a.id, b.id) ? 1 : -1));
    if (isFinal(answer) && answer.kind === 'error' && answer.status !== 401) return 'gone';
    const code = answer.kind === 'ok' ? 'unreadable-answer' : codeOfAnswer(answer);
    host.log.warn({ event: 'catch-up-failed', platform: 'discord', code, count: attempt });
    await pause(host.clock, retryAfterOf(answer) ?? backOffMs(attempt), stopping);
  }
  return 'stopped';
}
