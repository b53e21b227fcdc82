/** What is judged, as numbers (1 where a feature is there), and whether it is what is looked for. */
export interface Example {
  readonly features: readonly boolean[];
  readonly isMeant: boolean;
  /** How much it counts; 1 where nothing is said. */
  readonly weight?: number;
}

/** How strongly weights are kept small, and how long is fitted. */
const SHRINKAGE = 0.002;
const ROUNDS = 1_500;
const STEP = 0.03;

/**
 * Fits a logistic regression by Adam's method, from zero: the same examples give the same weights. The bias comes last.
 */
export function fitOdds(examples: readonly Example[]): readonly number[] {
  const size = (examples[0]?.features.length ?? 0) + 1;
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const spread = new Float64Array(size);
  const rows = examples.map(({ features }) => [
    ...features.flatMap((has, index) => (has ? [index] : [])),
    size - 1,
  ]);
  const all = examples.reduce((sum, { weight = 1 }) => sum + weight, 0);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const slope = new Float64Array(size);
    rows.forEach((row, index) => {
      const odds = row.reduce((sum, at) => sum + (weights[at] ?? 0), 0);
      const error = 1 / (1 + Math.exp(-odds)) - (examples[index]?.isMeant === true ? 1 : 0);
      const counted = error * (examples[index]?.weight ?? 1);
      for (const at of row) slope[at] = (slope[at] ?? 0) + counted;
    });
    for (let at = 0; at < size; at += 1) {
      const shrunk = at < size - 1 ? SHRINKAGE * (weights[at] ?? 0) : 0;
      const each = (slope[at] ?? 0) / all + shrunk;
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * each;
      spread[at] = 0.999 * (spread[at] ?? 0) + 0.001 * each * each;
      const speed = Math.sqrt((spread[at] ?? 0) / (1 - 0.999 ** round)) + 1e-8;
      weights[at] = (weights[at] ?? 0) - (STEP * ((mean[at] ?? 0) / (1 - 0.9 ** round))) / speed;
    }
  }
  return [...weights];
}
