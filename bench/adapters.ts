import { benchLatency } from './latency.js';
import { benchThroughput } from './throughput.js';
import { watchWire } from './wire/watch.js';

/** Figures of the adapters over real sockets: latency, and a thousand people at once on each platform. */
export async function benchAdapters(part: string | undefined): Promise<void> {
  const wire = watchWire();
  if (part === undefined || part === 'latency') await benchLatency(wire);
  if (part === undefined || part === 'crowd') await benchThroughput(wire);
}
