import type { ContentFiles } from '../content/index.js';
import { readApprovals } from './approvals.js';
import { tooLong } from './check-limits.js';
import type { Parts } from './parts.js';
import { rawTexts, type Translation, translationsOf } from './translations.js';

/** What `lifeline texts` tells, for people and programs. */
export interface TextReport {
  readonly source: string;
  readonly locales: Readonly<
    Record<string, Translation & { readonly texts: number; readonly tooLong: readonly string[] }>
  >;
}

/** What is to be done in some languages, also of content that does not compile. */
export function textReport(files: ContentFiles, parts: Parts, tags: readonly string[]): TextReport {
  const { bundle, sources, has } = parts;
  const { locales } = translationsOf(files, parts, readApprovals(files));
  // How long names and addresses are, nobody knows without the registry.
  const long = has.registry ? tooLong(bundle) : [];
  return {
    source: bundle.locales.source,
    locales: Object.fromEntries(
      [...locales]
        .filter(([tag]) => tags.includes(tag))
        .map(([tag, translation]) => [
          tag,
          {
            texts: rawTexts(sources, tag).size,
            ...translation,
            tooLong: long.filter((one) => one.tag === tag).map(({ key }) => key),
          },
        ]),
    ),
  };
}

const COLUMNS: readonly (readonly [keyof Translation | 'tooLong', string])[] = [
  ['missing', 'missing'],
  ['stale', 'stale'],
  ['notCompared', 'not compared'],
  ['sameAsSource', 'same as source'],
  ['unused', 'unused'],
  ['tooLong', 'too long'],
];
/** Keys of one kind that are named. */
const NAMED = 20;

/** The report in words: a line of counts a language, then the keys. */
export function describeTexts({ source, locales }: TextReport): string {
  return Object.entries(locales)
    .map(([tag, report]) => {
      const counts = COLUMNS.map(([name, words]) => `${report[name].length} ${words}`).join(', ');
      const keys = COLUMNS.flatMap(([name, words]) => {
        const list = report[name];
        const more = list.length > NAMED ? [`    … and ${list.length - NAMED} more`] : [];
        return list.length === 0
          ? []
          : [`  ${words}:`, ...list.slice(0, NAMED).map((key) => `    ${key}`), ...more];
      });
      const what = `${tag}${tag === source ? ' (source)' : ''}: ${report.texts} texts; ${counts}`;
      return [what, ...keys].join('\n');
    })
    .join('\n')
    .concat('\n');
}
