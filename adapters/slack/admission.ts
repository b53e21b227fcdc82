import { z } from 'zod';

/** Bounds what is in hand. */
export interface Admission {
  /** Whether nothing is taken in, until half of what may be in hand is done. */
  readonly isFull: boolean;
  /** Begins the work of a payload, unless there is too much in hand; resolves when it has ended, or at once. */
  admit(body: unknown, work: () => Promise<unknown>): Promise<void>;
}

const eventSchema = z.object({ event_id: z.string() });

/**
 * Takes payloads in until `max` are in hand; `changed` is told when it is full, and when it is not any more. Slack
 * repeats what is in hand for long: a repetition is taken in only while there is much room, because its event is there
 * already.
 */
export function createAdmission(max: number, changed: (isFull: boolean) => void): Admission {
  const events = new Set<string>();
  let count = 0;
  let isFull = false;
  const set = (is: boolean): void => {
    if (is === isFull) return;
    isFull = is;
    changed(is);
  };
  return {
    get isFull() {
      return isFull;
    },
    admit: async (body, work) => {
      const event = eventSchema.safeParse(body).data?.event_id ?? null;
      const isRepeated = event !== null && events.has(event);
      if (isFull || (isRepeated && count >= max / 2)) return;
      if (event !== null) events.add(event);
      count += 1;
      if (count >= max) set(true);
      try {
        await work();
      } finally {
        count -= 1;
        if (event !== null && !isRepeated) events.delete(event);
        if (count <= max / 2) set(false);
      }
    },
  };
}
