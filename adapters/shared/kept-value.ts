import type { AdapterHost, Platform } from '../../src/model/index.js';
import { backOffMs, pause } from './pause.js';

/**
 * Reads a value kept for an adapter, again and again while the store is away; `null` when the adapter stops before
 * that.
 */
export async function readKept(
  platform: Platform,
  { host, stopping }: { readonly host: AdapterHost; readonly stopping: AbortSignal },
  name: string,
): Promise<{ readonly value: string | null } | null> {
  for (let count = 1; !stopping.aborted; count += 1) {
    try {
      return { value: await host.values.get(name) };
    } catch {
      host.log.warn({ event: 'progress-unknown', platform, count });
      await pause(host.clock, backOffMs(count), stopping);
    }
  }
  return null;
}
