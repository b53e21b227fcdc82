/** First millisecond of Discord's ids: 1 January 2015 (Discord, API Reference, Snowflakes). */
const EPOCH_MS = 1_420_070_400_000;
/** Bits below the time. */
const LOW_BITS = 22n;

/** When the thing with this id was made (epoch ms). `id` is a row of digits. */
export function timeOf(id: string): number {
  return Number(BigInt(id) >> LOW_BITS) + EPOCH_MS;
}

/** The lowest id of a moment (epoch ms): everything made then or later has a higher one. */
export function idAt(time: number): string {
  return String(BigInt(Math.max(0, Math.floor(time) - EPOCH_MS)) << LOW_BITS);
}

/** Whether `left` is the higher id, that is, the later one. Ids are 64-bit: as numbers they would lose digits. */
export function isAfter(left: string, right: string): boolean {
  return BigInt(left) > BigInt(right);
}
