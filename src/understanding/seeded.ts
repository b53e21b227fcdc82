/** A seeded source of 32-bit numbers (xorshift32, Marsaglia 2003): the same seed gives the same numbers everywhere. */
export function createSeeded(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Puts the numbers into an order that the source decides. */
export function shuffle(order: Uint32Array, next: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = next() % (i + 1);
    const at = order[i] as number;
    order[i] = order[j] as number;
    order[j] = at;
  }
}
