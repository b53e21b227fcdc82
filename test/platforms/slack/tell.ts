import type { Delivery } from './deliveries.js';
import type { Channel, World } from './world.js';

/** How the app is told. */
export interface Notify {
  /** `type` is the name of the subscription, such as `message.im`. */
  event(type: string, content: Readonly<Record<string, unknown>>): void;
  interaction(kind: 'interactive' | 'slash_commands', payload: Readonly<Record<string, unknown>>): Delivery;
  responseUrl(channel: Channel, userId: string): string;
}

/**
 * Tells the app what happened to a text of a channel it is in. One text can be two events: a message, and a mention.
 */
export function tell(
  { bot }: World,
  notify: Notify,
  channel: Channel,
  content: Readonly<Record<string, unknown>> & { readonly wire: string },
): void {
  const isDirect = channel.kind === 'im';
  if (!channel.members.has(bot.userId)) return;
  const { wire, ...shown } = content;
  const event = { ...shown, channel: channel.id, event_ts: shown.ts };
  notify.event(isDirect ? 'message.im' : 'message.channels', {
    ...event,
    type: 'message',
    channel_type: isDirect ? 'im' : 'channel',
  });
  const isNew = shown.subtype === undefined || shown.subtype === 'file_share';
  if (!isDirect && isNew && wire.includes(`<@${bot.userId}>`))
    notify.event('app_mention', { ...event, type: 'app_mention' });
}
