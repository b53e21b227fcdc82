/** So much the two clocks may drift apart between two looks without it being a jump (ms). */
const DRIFT_MS = 1_000;

/**
 * A clock that goes on when the machine's is set back: what had run out does not begin anew. It follows a machine that
 * is ahead, which has slept. Epoch ms; `elapsed` is a clock that nobody sets.
 */
export function createSteadyClock(
  wall: () => number = Date.now,
  elapsed: () => number = () => performance.now(),
): () => number {
  let last = wall();
  let seenAt = elapsed();
  let aheadMs = 0;
  return () => {
    const at = elapsed();
    const wanted = last + at - seenAt;
    const shown = wall() + aheadMs;
    if (shown < wanted - DRIFT_MS) aheadMs += wanted - shown;
    last = Math.max(last, Math.round(wall() + aheadMs));
    seenAt = at;
    return last;
  };
}
