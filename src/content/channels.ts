import type { TextKey } from '../model/index.js';
import type { ValueFor } from './message.js';
import type { Registry } from './registry.js';

/** The support channels as lines: name, address where it is written out, and what each is for. */
export function channelLines(
  registry: Registry,
  textOf: (key: TextKey, values?: ValueFor) => string,
): string {
  return registry.support
    .map((entry) => {
      const values: Readonly<Record<string, string | undefined>> = {
        name: textOf(`support.${entry.channel}`),
        purpose: textOf(`support.${entry.channel}-for`),
        address: entry.mail ?? entry.handle ?? entry.phone,
      };
      return textOf(
        values.address === undefined ? 'channels.line' : 'channels.line-with-address',
        (name) => values[name],
      );
    })
    .join('\n');
}
