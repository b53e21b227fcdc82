import { type BotSelf, eventSchema, messageSchema, slashSchema, tapSchema } from './event-schema.js';
import { isDirectChannel } from './place.js';
import type { Talk } from './progress.js';
import { isWritten } from './sender.js';

/** A moment in a direct talk; `ts` is Slack's time stamp of it. */
export interface Moment {
  readonly talk: Talk;
  readonly ts: string;
}

/** The direct talk that a payload is a new message of, whoever wrote it; `null` for any other. */
export function writtenIn(body: unknown): Moment | null {
  const event = messageSchema.safeParse(eventSchema.safeParse(body).data?.event);
  if (!event.success || !isWritten(event.data)) return null;
  return momentIn(event.data.channel, event.data.thread_ts, event.data.ts);
}

/**
 * The direct talk in which we have written, or somebody has tapped or given a command, and so may write next; `null`
 * for anything else. `at` (epoch ms) is when the payload arrived: Slack does not date commands.
 */
export function happenedIn(body: unknown, self: BotSelf, at: number): Moment | null {
  const event = eventSchema.safeParse(body);
  if (event.success)
    return messageSchema.safeParse(event.data.event).data?.user === self.userId ? writtenIn(body) : null;
  const tap = tapSchema.safeParse(body).data;
  if (tap !== undefined) {
    const channel = tap.channel?.id ?? tap.container?.channel_id;
    const thread = tap.container?.thread_ts ?? tap.message?.thread_ts;
    const ts = tap.actions[0]?.action_ts;
    return channel === undefined || ts === undefined ? null : momentIn(channel, thread, ts);
  }
  const command = slashSchema.safeParse(body).data;
  return command === undefined ? null : momentIn(command.channel_id, undefined, (at / 1000).toFixed(6));
}

function momentIn(channel: string, thread: string | undefined, ts: string): Moment | null {
  return isDirectChannel(channel) ? { talk: { channel, thread: thread ?? null }, ts } : null;
}
