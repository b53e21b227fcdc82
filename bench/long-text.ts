/** Texts that are made of one thing: so many characters (UTF-16 units), or bytes of UTF-8. */
export function longText(length: number, unit: 'characters' | 'bytes', part: () => string): string {
  const parts: string[] = [];
  for (let room = length; room > 0; ) {
    const next = part();
    const size = unit === 'bytes' ? Buffer.byteLength(next) : next.length;
    parts.push(unit === 'characters' ? next.slice(0, room) : next);
    room -= size;
  }
  return parts.join('');
}

/** Milliseconds that work takes, run by run, once the engine has compiled it. */
export function warmRuns(runs: number, work: () => unknown): readonly number[] {
  return Array.from({ length: WARM_UP + runs }, () => millisecondsOf(work)).slice(WARM_UP);
}

const WARM_UP = 10;

/** Milliseconds that work takes once. */
export function millisecondsOf(work: () => unknown): number {
  const from = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - from) / 1e6;
}
