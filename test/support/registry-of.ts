import { parse } from 'yaml';
import { REGISTRY_SCHEMA, type Registry, toRegistry } from '../../src/content/index.js';

/** A registry from the words of an `official.yaml`. */
export function registryOf(yaml: string): Registry {
  return toRegistry(REGISTRY_SCHEMA.parse(parse(yaml)));
}
