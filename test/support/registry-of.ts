import { parseRegistry, type Registry } from '../../src/content/index.js';

/** A registry from the words of an `official.yaml`. */
export function registryOf(yaml: string): Registry {
  return parseRegistry('official.yaml', yaml);
}
