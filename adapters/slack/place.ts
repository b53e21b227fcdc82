import type { Place } from '../../src/model/index.js';

/** Slack's ids: a letter for the kind, then capitals and digits. */
const ID = '[A-Z][A-Z0-9]{1,30}';
/** The time stamp that numbers a message in its channel. */
const TS = '\\d{1,16}\\.\\d{1,10}';
const BLOCK_ID = new RegExp(`^(${ID})(?:/(${TS}))?#\\d{1,4}$`);
const CHANNEL = new RegExp(`^${ID}$`);

/**
 * A direct conversation has the person's own id as its channel, so that it can be addressed before Slack has told the
 * channel of it; `direct-channels.ts` finds that out.
 */
export function isDirect(place: Place, userId: string): boolean {
  return place.channel === userId;
}

/** The block id that tells a tap where its conversation is: an ephemeral message may be tapped from elsewhere. */
export function blockIdOf({ channel, thread }: Place, index: number): string {
  return `${channel}${thread === undefined ? '' : `/${thread}`}#${index}`;
}

/** The place in a block id of ours; `null` for any other. */
export function placeOfBlock(blockId: string): Place | null {
  const [, channel, thread] = BLOCK_ID.exec(blockId) ?? [];
  if (channel === undefined) return null;
  return thread === undefined ? { channel } : { channel, thread };
}

/** Whether an id is that of a person (`U…`, `W…`), which stands for the direct conversation with them. */
export function isPerson(id: string): boolean {
  return /^[UW]/.test(id) && CHANNEL.test(id);
}

/** Whether a channel's id is that of a direct conversation (`D…`). */
export function isDirectChannel(channel: string): boolean {
  return channel.startsWith('D') && CHANNEL.test(channel);
}
