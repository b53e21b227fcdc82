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
