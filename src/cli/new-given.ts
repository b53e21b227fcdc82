import { z } from 'zod';
import { MIN_PHRASES, type NewEntry, type Part } from '../authoring/new-entry.js';
import { checkShape } from '../content/check-shape.js';
import { formatFinding } from '../content/index.js';
import { parseYaml } from '../content/yaml-source.js';
import { LifelineError } from '../model/index.js';
import { readText } from './read-text.js';

/** What was given instead of answers to questions. */
export interface GivenOptions {
  readonly content: string | undefined;
  readonly file?: string;
  /** Print a file to begin with. */
  readonly example: boolean;
  /** Part → `TAG=TEXT` of each language. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
  /** `TAG=TEXT`. */
  readonly phrases: readonly string[];
  readonly links: readonly string[];
  readonly private: boolean;
}

/** Whether anything but a name was given, so that nothing is asked. */
export function isGiven({ file, parts, phrases }: GivenOptions): boolean {
  return file !== undefined || phrases.length > 0 || Object.values(parts).some((texts) => texts.length > 0);
}

/**
 * Something new from a file or options, with nothing checked but its form. Throws `settings-invalid` for a file that
 * cannot be read, a word it does not know, and an option that is no `TAG=TEXT`.
 */
export function readGiven(
  name: string | undefined,
  options: GivenOptions,
  parts: readonly Part[],
  locales: readonly string[],
): NewEntry {
  if (options.file !== undefined) {
    const entry = fromFile(options.file, parts, locales);
    return name === undefined ? entry : { ...entry, name };
  }
  const said = Object.entries(options.parts).flatMap(([part, texts]) =>
    texts.map((text) => ({ part, ...tagged(`--${part}`, text, locales) })),
  );
  const phrases = options.phrases.map((text) => tagged('--phrase', text, locales));
  return {
    name: name ?? '',
    words: Object.fromEntries(
      locales.map((locale) => [
        locale,
        Object.fromEntries(said.filter(({ tag }) => tag === locale).map(({ part, text }) => [part, text])),
      ]),
    ),
    phrases: Object.fromEntries(
      locales.map((locale) => [locale, phrases.flatMap(({ tag, text }) => (tag === locale ? [text] : []))]),
    ),
    links: options.links,
    private: options.private,
  };
}

function tagged(option: string, given: string, locales: readonly string[]): { tag: string; text: string } {
  const at = given.indexOf('=');
  const tag = given.slice(0, at).trim();
  if (!locales.includes(tag))
    throw new LifelineError(
      'settings-invalid',
      `${option} needs a language before its text, such as  ${option} "${locales[0]}=…"  The languages are ${locales.join(', ')}.`,
    );
  return { tag, text: newLines(given.slice(at + 1)) };
}

/** `\n` as it is typed becomes a new line. */
export function newLines(typed: string): string {
  return typed
    .replaceAll('\\n', '\n')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

function fromFile(path: string, parts: readonly Part[], locales: readonly string[]): NewEntry {
  const text = z.string().optional();
  const words = z.strictObject({
    ...Object.fromEntries(parts.map(({ id }) => [id, text])),
    phrases: z.array(z.string()).optional(),
  });
  const schema = z.strictObject({
    name: z.string(),
    ...Object.fromEntries(locales.map((locale) => [locale, words.optional()])),
    links: z.array(z.string()).optional(),
    private: z.enum(['true', 'false']).optional(),
  });
  const { source, findings } = parseYaml(path, readText(path), { plain: true });
  const shape = findings.length > 0 ? { findings } : checkShape(source, schema);
  if ('findings' in shape)
    throw new LifelineError('settings-invalid', shape.findings.map(formatFinding).join('\n'));
  const given = new Map<string, unknown>(Object.entries(shape.value));
  const wordsOf = (locale: string) => words.parse(given.get(locale) ?? {});
  return {
    name: shape.value.name,
    words: Object.fromEntries(
      locales.map((locale) => {
        const { phrases: _phrases, ...texts } = wordsOf(locale);
        return [
          locale,
          Object.fromEntries(Object.entries(texts).map(([id, said]) => [id, String(said ?? '')])),
        ];
      }),
    ),
    phrases: Object.fromEntries(locales.map((locale) => [locale, wordsOf(locale).phrases ?? []])),
    links: shape.value.links ?? [],
    private: shape.value.private === 'true',
  };
}

/** A file for `--file` to begin with: every word that is needed, in every language. */
export function exampleFile(
  kind: 'answer' | 'flow',
  parts: readonly Part[],
  locales: readonly string[],
): string {
  const words = locales.map((locale) =>
    [
      `${locale}:`,
      ...parts.map(
        ({ id, ask, explain }) => `  # ${ask}. ${explain.replace(/ For a new line.*/, '')}\n  ${id}: ""`,
      ),
      `  # How people say it: at least ${MIN_PHRASES}.`,
      '  phrases:',
      '    - ""',
    ].join('\n'),
  );
  return [
    `# For  lifeline new ${kind} --file FILE`,
    '# Small Latin letters, with "-" between words.\nname: ""\n',
    `${words.join('\n\n')}\n`,
    ...(kind === 'answer'
      ? ['# Names of links in flows/official.yaml, such as [help-fees].\nlinks: []']
      : []),
    "# true: only in a direct chat, because it is about the person's own account.\nprivate: false\n",
  ].join('\n');
}
