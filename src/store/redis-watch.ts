/** How often it is looked whether something takes too long. */
const LOOK_MS = 500;

interface Waiting {
  /** When it is given up, by `performance.now()`. */
  readonly until: number;
  readonly giveUp: () => void;
}

/**
 * Bounds how long operations take, all of them with one timer: one for each would cost as much as the rest of the work.
 */
export class Watch {
  readonly #longestMs: number;
  /** In the order they began, which is the order they run out. */
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | null = null;

  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /**
   * What `work` comes to; rejects when it takes longer (up to half a second late). What comes of it then concerns
   * nobody.
   */
  whileInTime<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        until: performance.now() + this.#longestMs,
        giveUp: () => reject(new Error('no answer in time')),
      };
      this.#waiting.add(waiting);
      this.#timer ??= this.#arm();
      work.then(
        (result) => {
          this.#waiting.delete(waiting);
          resolve(result);
        },
        (error: unknown) => {
          this.#waiting.delete(waiting);
          reject(error);
        },
      );
    });
  }

  #arm(): NodeJS.Timeout {
    const timer = setTimeout(() => this.#look(), LOOK_MS);
    // What is waited for keeps the process alive by itself: a connection, or the wait for the next one.
    timer.unref();
    return timer;
  }

  #look(): void {
    const now = performance.now();
    for (const waiting of this.#waiting) {
      if (waiting.until > now) break;
      this.#waiting.delete(waiting);
      waiting.giveUp();
    }
    this.#timer = this.#waiting.size === 0 ? null : this.#arm();
  }
}
