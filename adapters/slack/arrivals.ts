import { z } from 'zod';

const eventSchema = z
  .object({ event: z.object({ channel: z.string(), event_ts: z.string() }) })
  .transform(({ event }) => ({ channel: event.channel, at: Number(event.event_ts) }));
const tapSchema = z
  .object({
    channel: z.object({ id: z.string() }),
    actions: z.tuple([z.object({ action_ts: z.string() })], z.unknown()),
  })
  .transform(({ channel, actions }) => ({ channel: channel.id, at: Number(actions[0].action_ts) }));
/** Where and when (seconds since 1970, by Slack's clock) something was written or tapped. */
const writtenSchema = z.union([eventSchema, tapSchema]);

/** Something that arrived, and what to do with it. */
interface Arrival {
  readonly body: unknown;
  readonly handle: () => void;
}

/** Takes arrivals, to handle them in the order in which they were written. */
export type Arrive = (body: unknown, handle: () => void) => void;

/**
 * Turns of the event loop after which what has arrived is handled, though more still comes in. With a thousand people
 * who write at once, one connection is read more than 32 turns before the other.
 */
const MAX_LOOKS = 512;

/**
 * Two messages of a person may come over two connections or requests, and the second be read first. What is there at
 * the same moment (until a turn of the event loop brings nothing more) is handled in the order of its time stamps,
 * channel by channel; Slack promises no more than that.
 */
export function createArrivals(): Arrive {
  let waiting: Arrival[] = [];
  let [looks, counted] = [0, 0];
  const look = (): void => {
    looks += 1;
    const isMore = waiting.length > counted;
    counted = waiting.length;
    if (isMore && looks < MAX_LOOKS) {
      setImmediate(look);
      return;
    }
    const arrived = waiting;
    waiting = [];
    [looks, counted] = [0, 0];
    for (const { handle } of inOrder(arrived)) handle();
  };
  return (body, handle) => {
    waiting.push({ body, handle });
    if (waiting.length === 1) setImmediate(look);
  };
}

/** What happened in each channel by its time stamps, in the places that it had together; all else stays where it is. */
function inOrder(arrived: readonly Arrival[]): readonly Arrival[] {
  const read = arrived.map((arrival) => ({
    arrival,
    written: writtenSchema.safeParse(arrival.body).data,
  }));
  const queues = new Map<string, Arrival[]>();
  for (const { arrival, written } of [...read].sort((a, b) => secondsOf(a) - secondsOf(b))) {
    if (written === undefined) continue;
    const queue = queues.get(written.channel) ?? [];
    queues.set(written.channel, queue);
    queue.push(arrival);
  }
  return read.map(({ arrival, written }) =>
    written === undefined ? arrival : (queues.get(written.channel)?.shift() ?? arrival),
  );
}

function secondsOf({ written }: { readonly written: { readonly at: number } | undefined }): number {
  return written?.at ?? 0;
}
