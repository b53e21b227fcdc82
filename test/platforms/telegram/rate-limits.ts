import type { Chat } from './world.js';

/**
 * How many messages are taken (core.telegram.org/bots/faq: about 30 a second, 1 a second a chat, 20 a minute a group).
 */
export interface RateLimits {
  readonly perSecond: number;
  readonly perSecondInChat: number;
  readonly perMinuteInGroup: number;
}

/** Counts a message: `null` when it is taken, else after how many seconds it would be. */
export type CountMessage = (chat: Chat) => number | null;

/** A sliding window for all messages, one for each chat, and a longer one for each group. */
export function createRateLimits(limits: RateLimits | null, now: () => number): CountMessage {
  if (limits === null) return () => null;
  const sent = new Map<string, number[]>();
  const waitMs = (name: string, most: number, windowMs: number): number => {
    const times = (sent.get(name) ?? []).filter((at) => at > now() - windowMs);
    sent.set(name, times);
    const first = times.at(-most);
    return first === undefined ? 0 : first + windowMs - now();
  };
  return (chat) => {
    const windows: readonly (readonly [string, number, number])[] = [
      ['all', limits.perSecond, 1_000],
      [`chat ${chat.id}`, limits.perSecondInChat, 1_000],
      ...(chat.type === 'private' ? [] : ([[`group ${chat.id}`, limits.perMinuteInGroup, 60_000]] as const)),
    ];
    const longest = Math.max(...windows.map(([name, most, windowMs]) => waitMs(name, most, windowMs)));
    if (longest > 0) return Math.ceil(longest / 1_000);
    for (const [name] of windows) sent.get(name)?.push(now());
    return null;
  };
}
