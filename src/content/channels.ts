import type { TextKey } from '../model/index.js';
import type { Registry } from './registry.js';

/** The support channels as lines: name, address where it is written out, and what each is for. */
export function channelLines(registry: Registry, textOf: (key: TextKey) => string): string {
  return registry.support
    .map((entry) => {
      const address = entry.mail ?? entry.handle ?? entry.phone;
      const name = textOf(`support.${entry.channel}`);
      const purpose = textOf(`support.${entry.channel}-for`);
      return `• ${name}${address === undefined ? '' : ` (${address})`}: ${purpose}`;
    })
    .join('\n');
}
