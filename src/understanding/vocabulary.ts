/** The features a model knows, each with its row of weights: an open-addressing table from hash to row. */
export interface Vocabulary {
  /** Rows given out so far: 0 … size − 1. */
  size(): number;
  /** The row of a hash, or −1 when it is not known. */
  rowOf(hash: number): number;
  /** The row of a hash, a new one when it is not known. */
  add(hash: number): number;
  /** The hash of each row, in their order. */
  hashes(): Uint32Array;
}

/** A vocabulary of these hashes, each once, in the order of their rows; empty without any. It grows by itself. */
export function createVocabulary(known: Uint32Array = new Uint32Array(0)): Vocabulary {
  let mask = (1 << 12) - 1;
  while (mask < known.length * 2) mask = mask * 2 + 1;
  let hashes = new Uint32Array(mask + 1);
  let rows = new Int32Array(mask + 1).fill(-1);
  let size = 0;

  const slotOf = (hash: number): number => {
    let slot = hash & mask;
    while (rows[slot] !== -1 && hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    const [oldHashes, oldRows] = [hashes, rows];
    mask = mask * 2 + 1;
    hashes = new Uint32Array(mask + 1);
    rows = new Int32Array(mask + 1).fill(-1);
    oldRows.forEach((row, i) => {
      const hash = oldHashes[i];
      if (row === -1 || hash === undefined) return;
      const slot = slotOf(hash);
      hashes[slot] = hash;
      rows[slot] = row;
    });
  };

  const add = (hash: number): number => {
    if (size * 2 > mask) grow();
    const slot = slotOf(hash);
    if (rows[slot] === -1) {
      hashes[slot] = hash;
      rows[slot] = size;
      size += 1;
    }
    return rows[slot] ?? -1;
  };
  for (const hash of known) add(hash);

  return {
    size: () => size,
    rowOf: (hash) => rows[slotOf(hash)] ?? -1,
    add,
    hashes() {
      const inOrder = new Uint32Array(size);
      rows.forEach((row, slot) => {
        if (row >= 0) inOrder[row] = hashes[slot] as number;
      });
      return inOrder;
    },
  };
}
