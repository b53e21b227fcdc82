import { type Built, type Bundle, buildBundle, type Finding, formatFinding } from '../content/index.js';
import { type Memory, NO_MEMORY } from '../content/memory.js';
import type { ReadContent } from '../content/read-files.js';
import type { Sources } from '../content/sources.js';
import type { ModelShelf } from '../model/index.js';
import { type Approvals, readApprovals } from './approvals.js';
import { checkForm } from './check-form.js';
import { checkLimits } from './check-limits.js';
import { checkGlobals, checkPhrases } from './check-phrases.js';
import { checkWarnings } from './check-warnings.js';
import { checkWays } from './check-ways.js';
import { checkWording } from './check-wording.js';
import { type CheckWords, readCheckWords } from './check-words.js';
import { checkTerms } from './glossary.js';
import { type Parts, partsOf } from './parts.js';
import { phraseText } from './phrase-text.js';
import { checkTranslations, type Translation, translationsOf } from './translations.js';

/** What a check of content came to. */
export interface Checked {
  /** `null` when what the texts and flows say cannot even be compiled. */
  readonly bundle: Bundle | null;
  /** `null` with the bundle. */
  readonly sources: Sources | null;
  readonly findings: readonly Finding[];
  /** What is to be done in each language. */
  readonly translations: ReadonlyMap<string, Translation>;
}

/**
 * Checks content as a whole: every finding of every file, in the order of files and lines, also of content that does
 * not compile. Trains models not on the shelf. With a memory, what depends on files that are as they were is not worked
 * out again.
 */
export function checkContent(
  { files, unread, others }: ReadContent,
  shelf: ModelShelf | null,
  memory: Memory = NO_MEMORY,
): Checked {
  const built = buildBundle(files, unread, memory);
  const parts = partsOf(built, files, unread.length > 0);
  const { bundle, sources, has } = parts;
  const approvals = readApprovals(files);
  const { words, findings: wordFindings } = readCheckWords(files, bundle.locales, sources, memory);
  const translations = translationsOf(files, parts, approvals);
  const shared = has.globals ? checkGlobals(parts, approvals) : [];
  const told = new Set(shared.map(placeOf));
  const findings = [
    ...checkForm(others === undefined ? { files } : { files, others }),
    ...built.findings,
    ...approvals.findings,
    ...wordFindings,
    ...translations.findings,
    ...checkWays(parts),
    ...checkTranslations(translations.locales, bundle, sources),
    ...checkWording(bundle, sources, words, approvals),
    ...checkWarnings(bundle, sources, words),
    ...checkTerms(files, sources),
    ...(has.registry ? checkLimits(bundle, sources) : []),
    ...shared,
    // A phrase that two intents share is taken for one of them: it is told once.
    ...memory
      .of('phrases of checks', phraseText(files), () => checkPhrases(bundle, sources, shelf))
      .filter((finding) => !told.has(placeOf(finding))),
    ...unusedApprovals(approvals, built.kind, parts, words),
  ];
  const isBuilt = built.kind === 'built';
  return {
    bundle: isBuilt ? built.bundle : null,
    sources: isBuilt ? built.sources : null,
    findings: inOrder(findings),
    translations: translations.locales,
  };
}

/** Approvals that nothing needs. With mistakes about, only those of which that is known all the same. */
function unusedApprovals(
  approvals: Approvals,
  kind: Built['kind'],
  { bundle, sources }: Parts,
  words: ReadonlyMap<string, CheckWords>,
): readonly Finding[] {
  const tags = Object.keys(bundle.locales.names);
  const judged = tags.filter((tag) => sources.texts.has(tag) && words.has(tag));
  return [
    ...approvals.unused(judged, ['asks-secret', 'promises-contact', 'written-duration']),
    ...(kind === 'built' ? approvals.unused(tags, ['same-as-source', 'label-is-global']) : []),
  ];
}

function placeOf({ file, line, col }: Finding): string {
  return `${file}:${line}:${col}`;
}

/** In the order of files and lines; what several checks say of one place is said once. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...unique.values()].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.col - b.col,
  );
}
