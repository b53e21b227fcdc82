import { usedTexts } from '../content/check-texts.js';
import { type Bundle, buildBundle, type Finding, formatFinding } from '../content/index.js';
import { type Memory, NO_MEMORY } from '../content/memory.js';
import type { ReadContent } from '../content/read-files.js';
import type { Sources } from '../content/sources.js';
import type { ModelShelf } from '../model/index.js';
import { readApprovals } from './approvals.js';
import { checkForm } from './check-form.js';
import { checkLimits } from './check-limits.js';
import { checkGlobals, checkPhrases } from './check-phrases.js';
import { checkWarnings } from './check-warnings.js';
import { checkWays } from './check-ways.js';
import { checkWording } from './check-wording.js';
import { readCheckWords } from './check-words.js';
import { checkTerms } from './glossary.js';
import { phraseText } from './phrase-text.js';
import { checkTranslations, type Translation, translationsOf } from './translations.js';

/** What a check of content came to. */
export interface Checked {
  /** `null` when what the texts and flows say cannot even be compiled. */
  readonly bundle: Bundle | null;
  /** `null` with the bundle. */
  readonly sources: Sources | null;
  readonly findings: readonly Finding[];
  /** What is to be done in each language; empty when the content cannot be compiled. */
  readonly translations: ReadonlyMap<string, Translation>;
}

/**
 * Checks content as a whole: every finding of every file, in the order of files and lines. Trains models not on the
 * shelf. With a memory, what depends on files that are as they were is not worked out again.
 */
export function checkContent(
  { files, unread }: ReadContent,
  shelf: ModelShelf | null,
  memory: Memory = NO_MEMORY,
): Checked {
  const built = buildBundle(files, unread, memory);
  const form = checkForm(files);
  if (built.kind === 'broken') {
    return {
      bundle: null,
      sources: null,
      findings: inOrder([...form, ...built.findings]),
      translations: new Map(),
    };
  }
  const { bundle, sources } = built;
  const approvals = readApprovals(files);
  const { words, findings: wordFindings } = readCheckWords(files, bundle.locales, sources);
  const used = keysUsed(bundle, sources);
  const translations = translationsOf(files, bundle, sources, used, approvals);
  const shared = checkGlobals(bundle, sources, approvals);
  const told = new Set(shared.map(placeOf));
  const findings = [
    ...form,
    ...built.findings,
    ...approvals.findings,
    ...wordFindings,
    ...translations.findings,
    ...checkWays(bundle, sources),
    ...checkTranslations(translations.locales, bundle, sources),
    ...checkWording(bundle, sources, words, approvals),
    ...checkWarnings(bundle, sources, words),
    ...checkTerms(files, sources),
    ...checkLimits(bundle, sources),
    ...shared,
    // A phrase that two intents share is taken for one of them: it is told once.
    ...memory
      .of('phrases of checks', phraseText(files), () => checkPhrases(bundle, sources, shelf))
      .filter((finding) => !told.has(placeOf(finding))),
  ];
  return {
    bundle,
    sources,
    translations: translations.locales,
    findings: inOrder([...findings, ...approvals.unused(Object.keys(bundle.locales.names))]),
  };
}

function placeOf({ file, line, col }: Finding): string {
  return `${file}:${line}:${col}`;
}

/** Keys of all texts that may be said. */
export function keysUsed(bundle: Bundle, sources: Sources): ReadonlySet<string> {
  const draft = {
    ...bundle,
    ...{ unclear: new Map(), allNamed: true, allTriggers: true, textKeys: new Map() },
  };
  const links = [...bundle.registry.links.keys()].map((name) => `link.${name}`);
  // Ways to reach support that this wallet does not have.
  const channels = [...(bundle.texts.get(bundle.locales.source)?.keys() ?? [])].filter((key) =>
    key.startsWith('support.'),
  );
  return new Set([...usedTexts(draft, sources).map(({ key }) => key), ...links, ...channels]);
}

/** In the order of files and lines; what several checks say of one place is said once. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...unique.values()].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.col - b.col,
  );
}
