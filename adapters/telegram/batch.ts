/** An item of a batch: its number, the lane that keeps its order (`null`: none), and whether it is done. */
export interface BatchItem<Content> {
  readonly number: number;
  readonly lane: string | null;
  readonly content: Content;
  isDone: boolean;
}

/**
 * Works through a batch: items of one lane one after another, in order, at most `concurrency` lanes at a time. An
 * item that `work` answers with `false` is not done, and what follows it in its lane is left alone. Resolves when
 * all lanes have ended; rejects never, as long as `work` does not.
 */
export async function workThrough<Content>(
  batch: readonly BatchItem<Content>[],
  concurrency: number,
  work: (content: Content) => Promise<boolean>,
): Promise<void> {
  const lanes = lanesOf(batch);
  const takeLanes = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const item of lane) {
        item.isDone = await work(item.content);
        if (!item.isDone) break;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, lanes.length) }, takeLanes));
}

/** The number before which everything is done: the first open item's, else one past the highest; `null` for no item. */
export function doneBefore(batch: readonly BatchItem<unknown>[]): number | null {
  if (batch.length === 0) return null;
  const open = batch.filter((item) => !item.isDone).map((item) => item.number);
  return open.length > 0 ? Math.min(...open) : Math.max(...batch.map((item) => item.number)) + 1;
}

function lanesOf<Content>(batch: readonly BatchItem<Content>[]): BatchItem<Content>[][] {
  const named = new Map<string, BatchItem<Content>[]>();
  const lanes: BatchItem<Content>[][] = [];
  for (const item of batch) {
    const lane = item.lane === null ? undefined : named.get(item.lane);
    if (lane !== undefined) {
      lane.push(item);
      continue;
    }
    const opened = [item];
    lanes.push(opened);
    if (item.lane !== null) named.set(item.lane, opened);
  }
  return lanes;
}
