import { z } from 'zod';
import { parseJson } from '../shared/parse-json.js';
import { CATCH_UP_MS, IN_HAND_MS, REMEMBERED_TALKS } from './limits.js';

/** A direct channel (`D…`), or a thread in one. */
export interface Talk {
  readonly channel: string;
  readonly thread: string | null;
}

/** A talk, and the time stamp up to which everything of its person was handled. */
export interface KnownTalk extends Talk {
  readonly after: string;
}

const ts = z.string().regex(/^\d{1,16}\.\d{1,10}$/);
const progressSchema = z.object({
  /** Until when Slack was surely heard (epoch ms). */
  heardAt: z.number().nullable(),
  /** Channel, thread, and up to where it was handled; the least recent first. */
  talks: z.array(z.tuple([z.string().regex(/^D[A-Z0-9]{1,30}$/), ts.nullable(), ts])),
});

/** How far the talks of a workspace have come: what a restart catches up from. */
export interface Progress {
  /** A message of a person was handled. */
  handled(talk: Talk, message: string): void;
  /**
   * Something else happened in a talk. It says nothing of messages that are still in hand, so that what was written
   * shortly before is read again.
   */
  happened(talk: Talk, ts: string): void;
  /** Slack is heard at a moment (epoch ms). */
  heard(at: number): void;
  /** Until when Slack was surely heard (epoch ms); `null` for never. */
  heardAt(): number | null;
  /** Talks that can be caught up, the most recent first. */
  talks(): readonly KnownTalk[];
  /** Takes in what another worker, or this one in a former life, has kept. What cannot be read adds nothing. */
  merge(kept: string | null): void;
  toJson(): string;
}

/** Progress of which nothing is known yet. */
export function createProgress(): Progress {
  const known = new Map<string, KnownTalk>();
  let heardAt: number | null = null;

  const remember = (talk: KnownTalk): void => {
    const key = keyOf(talk);
    const before = known.get(key);
    if (before !== undefined && secondsOf(before.after) >= secondsOf(talk.after)) return;
    known.delete(key);
    known.set(key, talk);
  };
  /** The most recent that are young enough; what is older would not be answered any more. */
  const recent = (): readonly KnownTalk[] => {
    const oldest = ((heardAt ?? 0) - CATCH_UP_MS) / 1000;
    return [...known.values()]
      .filter(({ after }) => secondsOf(after) >= oldest)
      .sort((a, b) => secondsOf(b.after) - secondsOf(a.after))
      .slice(0, REMEMBERED_TALKS);
  };
  return {
    handled: ({ channel, thread }, message) => remember({ channel, thread, after: message }),
    happened: ({ channel, thread }, ts) =>
      remember({ channel, thread, after: Math.max(0, secondsOf(ts) - IN_HAND_MS / 1000).toFixed(6) }),
    heard: (at) => {
      heardAt = Math.max(heardAt ?? 0, at);
    },
    heardAt: () => heardAt,
    talks: recent,
    merge: (kept) => {
      const parsed = progressSchema.safeParse(kept === null ? null : parseJson(kept)?.value);
      if (!parsed.success) return;
      for (const [channel, thread, after] of parsed.data.talks) remember({ channel, thread, after });
      if (parsed.data.heardAt !== null) heardAt = Math.max(heardAt ?? 0, parsed.data.heardAt);
    },
    toJson: () => {
      const talks = recent();
      known.clear();
      for (const talk of [...talks].reverse()) remember(talk);
      const kept: z.infer<typeof progressSchema> = {
        heardAt,
        talks: [...known.values()].map(({ channel, thread, after }) => [channel, thread, after]),
      };
      return JSON.stringify(kept);
    },
  };
}

/** Tells talks apart. */
export function keyOf({ channel, thread }: Talk): string {
  return thread === null ? channel : `${channel}/${thread}`;
}

/** The moment of a time stamp, in seconds since 1970; six digits behind the point are told apart. */
export function secondsOf(message: string): number {
  return Number(message);
}
