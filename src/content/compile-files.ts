import { LifelineError } from '../model/index.js';
import { type Built, buildBundle } from './build-bundle.js';
import type { ContentFiles } from './files.js';
import { type Finding, formatFinding } from './finding.js';

/** What content files compile to, as `buildBundle`. Throws `content-invalid` with every finding, one a line. */
export function compileFiles(
  files: ContentFiles,
  unread: readonly Finding[] = [],
): Built & { readonly kind: 'built' } {
  const built = buildBundle(files, unread);
  if (built.kind === 'built') return built;
  throw contentInvalid(built.findings);
}

/** The fault `content-invalid` with every finding, one a line. */
export function contentInvalid(findings: readonly Finding[]): LifelineError {
  const lines = findings.map(formatFinding);
  return new LifelineError(
    'content-invalid',
    `The content has ${lines.length === 1 ? 'one problem' : `${lines.length} problems`}:\n${lines.join('\n')}`,
  );
}
