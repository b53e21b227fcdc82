import { checkShape } from '../content/check-shape.js';
import type { ContentFiles, Finding } from '../content/index.js';
import { exampleEntries, REGISTRY_SCHEMA } from '../content/registry.js';
import { parseYaml } from '../content/yaml-source.js';
import { LifelineError } from '../model/index.js';

const REGISTRY_FILE = 'flows/official.yaml';

/**
 * With a platform token, real people read what the registry says: a registry that still names example domains, or
 * that names no support channel, is refused with the lines to edit. Throws `registry-example`.
 */
export function refuseExampleRegistry(files: ContentFiles): void {
  const lines = exampleFindings(files).map(
    (finding) => `${finding.file}:${finding.line}:${finding.col} ${finding.message}`,
  );
  if (lines.length > 0) {
    throw new LifelineError(
      'registry-example',
      `A platform token is set, so real people would read this. Edit these lines first:\n${lines.join('\n')}`,
    );
  }
}

/** What keeps a registry from real people; nothing of one that cannot be read. */
export function exampleFindings(files: ContentFiles): readonly Finding[] {
  const { source } = parseYaml(REGISTRY_FILE, files.get(REGISTRY_FILE) ?? '');
  const shape = checkShape(source, REGISTRY_SCHEMA);
  if ('findings' in shape) return [];
  const entries = exampleEntries(shape.value).map((path) =>
    source.finding(
      'registry-example',
      path,
      `still names an example address at ${path.join('.')}; put yours.`,
    ),
  );
  const reachable = shape.value.support.filter((channel) => channel.none !== true);
  const support =
    reachable.length === 0
      ? [
          source.finding(
            'no-support',
            ['support'],
            'names no way to reach your support; add at least one channel.',
          ),
        ]
      : [];
  return [...entries, ...support];
}
