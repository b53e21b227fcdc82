/**
 * How a value went over time: units a second, with the ends of an interval that holds the true slope in 95 of 100 runs.
 */
export interface Trend {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

export interface Sample {
  /** Seconds. */
  readonly at: number;
  readonly value: number;
}

/** 95 % of a normal distribution lie within so many standard deviations. */
const Z = 1.96;

/**
 * Theil–Sen slope with Sen's interval (Sen 1968, Journal of the American Statistical Association 63): the median of the
 * slopes between all pairs, which a few samples in the middle of something move little, and which needs no normal
 * distribution. Throws `RangeError` for fewer than ten samples, from which nothing follows.
 */
export function trendOf(samples: readonly Sample[]): Trend {
  const count = samples.length;
  if (count < 10) throw new RangeError('too few samples for a trend');
  const slopes = samples
    .flatMap((one, index) =>
      samples.slice(index + 1).map((other) => (other.value - one.value) / (other.at - one.at)),
    )
    .sort((a, b) => a - b);
  const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const at = (place: number): number =>
    slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(place)))] ?? Number.NaN;
  return {
    slope: at((slopes.length - 1) / 2),
    low: at((slopes.length - Z * deviation) / 2),
    high: at((slopes.length + Z * deviation) / 2),
  };
}
