import type { Bundle, ContentFiles } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import { readApprovals } from './approvals.js';
import { keysUsed } from './check-content.js';
import type { TooLong } from './check-limits.js';
import { type Translation, translationsOf } from './translations.js';

/** What `lifeline texts` tells, for people and programs. */
export interface TextReport {
  readonly source: string;
  readonly locales: Readonly<
    Record<string, Translation & { readonly texts: number; readonly tooLong: readonly string[] }>
  >;
}

/** What is to be done in some languages. */
export function textReport(
  files: ContentFiles,
  bundle: Bundle,
  sources: Sources,
  long: readonly TooLong[],
  tags: readonly string[],
): TextReport {
  const { locales } = translationsOf(files, bundle, sources, keysUsed(bundle, sources), readApprovals(files));
  return {
    source: bundle.locales.source,
    locales: Object.fromEntries(
      [...locales]
        .filter(([tag]) => tags.includes(tag))
        .map(([tag, translation]) => [
          tag,
          {
            texts: bundle.texts.get(tag)?.size ?? 0,
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
