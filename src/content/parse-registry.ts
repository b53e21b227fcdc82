import { LifelineError } from '../model/index.js';
import { checkShape } from './check-shape.js';
import { formatFinding } from './finding.js';
import { REGISTRY_SCHEMA, type Registry, toRegistry } from './registry.js';
import { parseYaml } from './yaml-source.js';

/**
 * Reads a registry by itself, for tools. `file` is its name in messages. Throws `content-invalid` with every finding.
 */
export function parseRegistry(file: string, text: string): Registry {
  const { source, findings } = parseYaml(file, text);
  const shape = findings.length > 0 ? { findings } : checkShape(source, REGISTRY_SCHEMA);
  if ('value' in shape) return toRegistry(shape.value);
  throw new LifelineError('content-invalid', shape.findings.map(formatFinding).join('\n'));
}
