import { z } from 'zod';

/** Turns of the event loop after which payloads are handed over even if more are still coming in. */
const MAX_ROUNDS = 32;

/**
 * Several connections are read one after another, each as far as it goes: after a busy moment, everything of one would
 * come before everything of the other. So what is there to be read is read first, and then handed over in the order in which
 * it was written. Resolves when it is the payload's turn; those who waited go on one after another.
 */
export function createSorter(): (body: unknown) => Promise<void> {
  let waiting: { readonly at: number; readonly go: () => void }[] = [];
  let rounds = 0;
  let counted = 0;

  const look = (): void => {
    rounds += 1;
    const isMore = waiting.length > counted;
    counted = waiting.length;
    if (isMore && rounds < MAX_ROUNDS) {
      setImmediate(look);
      return;
    }
    const sorted = waiting.sort((a, b) => a.at - b.at);
    waiting = [];
    rounds = 0;
    counted = 0;
    for (const { go } of sorted) go();
  };

  return (body) =>
    new Promise((go) => {
      if (waiting.length === 0) setImmediate(look);
      waiting.push({ at: writtenAt(body) ?? waiting.at(-1)?.at ?? 0, go });
    });
}

const datedSchema = z.union([
  z.object({ event: z.object({ event_ts: z.string() }) }).transform(({ event }) => event.event_ts),
  z
    .object({ actions: z.tuple([z.object({ action_ts: z.string() })], z.unknown()) })
    .transform(({ actions }) => actions[0].action_ts),
]);

/** When a payload was made (seconds since 1970, by Slack's clock), or `null` for one that does not tell. */
function writtenAt(body: unknown): number | null {
  const dated = datedSchema.safeParse(body);
  const at = dated.success ? Number(dated.data) : Number.NaN;
  return Number.isFinite(at) ? at : null;
}
