/**
 * What may be in hand of what is pushed over one connection without our asking; above it no more is taken until half of
 * it is done. A thousand people with eight messages each stay below it, and so does all that the runtime lets wait
 * before it says that there are too many (4,000 messages).
 */
export const MAX_IN_HAND = 10_000;

/** Work that is under way. */
export interface InHand {
  /** Counts the work until it settles; the same promise. */
  add<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when everything that is under way at this moment has settled, however. */
  settled(): Promise<void>;
}

/** Keeps what is under way, so that a stop can wait for it. */
export function createInHand(): InHand {
  const works = new Set<Promise<unknown>>();
  return {
    add(work) {
      const done = (): void => void works.delete(work);
      works.add(work);
      work.then(done, done);
      return work;
    },
    async settled() {
      await Promise.allSettled(works);
    },
  };
}
