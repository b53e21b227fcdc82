import { z } from 'zod';
import { parseJson } from '../shared/parse-json.js';
import { CATCH_UP_MS, REMEMBERED_CHANNELS } from './limits.js';
import { idAt, isAfter, timeOf } from './snowflake.js';

/** A session of the gateway: what comes after `sequence` is repeated to whoever resumes it. */
export interface SavedSession {
  readonly id: string;
  readonly resumeUrl: string;
  readonly sequence: number;
}

/** A channel, and the server it is in (`null`: a direct chat). */
export interface ChannelRef {
  readonly id: string;
  readonly guild: string | null;
}

const digits = z.string().regex(/^\d{1,20}$/);
const progressSchema = z.object({
  session: z
    .object({
      id: z.string(),
      resumeUrl: z.url({ protocol: /^wss?$/ }),
      sequence: z.int().nonnegative(),
    })
    .nullable(),
  /** Channel, server, and the last message, tap or command that was handled; the least recent first. */
  channels: z.array(z.tuple([digits, digits.nullable(), digits])),
});

/** How far the intake has come: what a restart goes on from. */
export interface Progress {
  /** The session to resume in this process, where everything that came is in hand; `null` for none. */
  session(): SavedSession | null;
  /** A new session: nothing of before is repeated. The returned function says that all of it was caught up. */
  opened(session: SavedSession): () => void;
  /** An event came; the returned function says that it is committed. */
  begin(sequence: number): () => void;
  /**
   * A message, tap or command was handled. Channels are remembered from the first one for us (`isOurs`) on, and as long
   * as they can be caught up; `true` for the first one.
   */
  handled(channel: ChannelRef, id: string, isOurs: boolean): boolean;
  forgetChannel(id: string): void;
  /** Remembered channels, the least recent first. */
  channels(): readonly ChannelRef[];
  /** The last of those that were handled in a remembered channel; `null` for any other. */
  after(channel: string): string | null;
  /** To keep: a session in it repeats everything that is not committed. */
  toJson(): string;
}

/** Progress from what was kept; anew from `null` and from what cannot be read. */
export function createProgress(kept: string | null): Progress {
  const saved = parse(kept);
  let session = saved.session;
  let highest = session?.sequence ?? 0;
  /** The sequence the session began with; while something from before it is in hand, it must not be resumed. */
  let first = 0;
  const inHand = new Set<{ sequence: number }>();
  const channels = new Map(saved.channels.map(([id, guild, after]) => [id, { guild, after }]));

  const hold = (sequence: number): (() => void) => {
    const item = { sequence };
    inHand.add(item);
    return () => void inHand.delete(item);
  };
  const committed = (): number => Math.min(highest, ...[...inHand].map(({ sequence }) => sequence - 1));

  return {
    session: () => (session === null ? null : { ...session, sequence: highest }),
    opened: (opened) => {
      for (const item of inHand) item.sequence = opened.sequence;
      session = opened;
      first = opened.sequence;
      highest = opened.sequence;
      return hold(opened.sequence);
    },
    begin: (sequence) => {
      highest = Math.max(highest, sequence);
      return hold(sequence);
    },
    handled: (channel, id, isOurs) => {
      const known = channels.get(channel.id);
      if (known === undefined && !isOurs) return false;
      const after = known === undefined || isAfter(id, known.after) ? id : known.after;
      channels.delete(channel.id);
      channels.set(channel.id, { guild: channel.guild, after });
      const oldest = idAt(timeOf(id) - CATCH_UP_MS);
      for (const [other, { after: last }] of channels) {
        if (channels.size <= REMEMBERED_CHANNELS && !isAfter(oldest, last)) break;
        channels.delete(other);
      }
      return known === undefined;
    },
    forgetChannel: (id) => void channels.delete(id),
    channels: () => [...channels].map(([id, { guild }]) => ({ id, guild })),
    after: (channel) => channels.get(channel)?.after ?? null,
    toJson: () => {
      const sequence = committed();
      const resumable = session !== null && sequence >= first ? { ...session, sequence } : null;
      const kept: z.infer<typeof progressSchema> = {
        session: resumable,
        channels: [...channels].map(([id, { guild, after }]) => [id, guild, after]),
      };
      return JSON.stringify(kept);
    },
  };
}

function parse(kept: string | null): z.infer<typeof progressSchema> {
  const parsed = progressSchema.safeParse(kept === null ? null : parseJson(kept)?.value);
  return parsed.success ? parsed.data : { session: null, channels: [] };
}
