const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
/** Part of a pause that is left to chance, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * Pause before the next try (ms): 1 s, 2 s, 4 s … 5 min, up to a fifth shorter by `random` (0 to 1). `tries`: how many
 * there were.
 */
export function backOffMs(tries: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1));
  return Math.max(FIRST_MS, Math.round(full * (1 - JITTER * random())));
}
