import { z } from 'zod';
import { checkShape } from '../content/check-shape.js';
import type { ContentFiles, Finding, Locales } from '../content/index.js';
import { type Memory, NO_MEMORY } from '../content/memory.js';
import type { Sources } from '../content/sources.js';
import { parseYaml } from '../content/yaml-source.js';

const words = z.array(z.string().min(1));

/** `locales/<tag>/checks.yaml`: the words by which the texts of a language are judged. */
export const CHECK_WORDS_SCHEMA = z.strictObject({
  /** What nobody may ask for. */
  secrets: words.min(1),
  /** Phrases with such a word in them that name no secret: "area code". */
  'not-secrets': words.default([]),
  /** Words that negate. */
  never: words.min(1),
  /** Phrases with such a word in them that negate nothing: "don't worry". */
  'not-never': words,
  /** Verbs by which a secret is handed over. */
  asks: words.min(1),
  /** Where it would go, when a sentence does not name it again: "here", "to me". */
  'to-us': words,
  /** Words that make a negation a condition, or its contrary: "if you don't …", "never hide …". */
  ifs: words,
  /** Words after which a negation counts no more: "but". */
  buts: words,
  /** Words with which another verb begins: "and". */
  joints: words,
  /** Words that may stand between a negation and its verb: "ever", "to". */
  between: words,
  /** Endings of a question that has no question mark. */
  questions: words,
  /** Ways to promise that someone will come, call or write. */
  promises: words,
  /** The same in three parts, with other words in between: who comes, that it will be, and how. */
  'who-comes': words.default([]),
  'will-come': words.default([]),
  comes: words.default([]),
  /** Numbers in words, and units of time; those of `figures` only behind figures: "24 h". */
  numbers: words,
  units: words.min(1),
  figures: words.default([]),
  /** How we name ourselves: one of them stands in the warning, and one of `official`. */
  we: words.min(1),
  /** Where codes may be typed: "official app", "official page". */
  official: words.min(1),
});

/** The words by which the texts of a language are judged, as patterns. */
export type CheckWords = Readonly<Record<keyof z.infer<typeof CHECK_WORDS_SCHEMA>, RegExp>>;

/** The words of each language that has some, and what is wrong with their files. */
export function readCheckWords(
  files: ContentFiles,
  locales: Locales,
  sources: Pick<Sources, 'texts'>,
  memory: Memory = NO_MEMORY,
): { readonly words: ReadonlyMap<string, CheckWords>; readonly findings: readonly Finding[] } {
  const found = new Map<string, CheckWords>();
  const findings: Finding[] = [];
  for (const tag of Object.keys(locales.names)) {
    const path = `locales/${tag}/checks.yaml`;
    const text = files.get(path);
    if (text === undefined) {
      const file = sources.texts.get(tag);
      if (locales.required.includes(tag) && file !== undefined)
        findings.push(file.finding('no-check-words', [], `cannot be judged: there is no ${path}.`));
      continue;
    }
    const read = memory.of(`check words ${tag}`, text, () => readWords(path, text));
    if ('findings' in read) findings.push(...read.findings);
    else found.set(tag, read.words);
  }
  return { words: found, findings };
}

function readWords(
  path: string,
  text: string,
): { readonly words: CheckWords } | { readonly findings: readonly Finding[] } {
  const { source, findings } = parseYaml(path, text, { plain: true });
  if (findings.length > 0) return { findings };
  const shape = checkShape(source, CHECK_WORDS_SCHEMA);
  return 'findings' in shape ? { findings: shape.findings } : { words: toPatterns(shape.value) };
}

function toPatterns(value: z.infer<typeof CHECK_WORDS_SCHEMA>): CheckWords {
  return Object.fromEntries(
    Object.entries(value).map(([name, list]) => [name, patternOf(list)]),
  ) as unknown as CheckWords;
}

/** Letters of scripts that part words by blanks. */
const PARTED = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{N}`;

/** What may stand behind a beginning that several phrases share, by its pattern. */
interface Beginning {
  readonly next: Map<string, Beginning>;
  /** Patterns of what has to stand behind a phrase that ends here. */
  readonly ends: Set<string>;
}

/**
 * Any of some phrases, the longest first; those of letters with blanks between them as whole words only. One that ends
 * with `*` stands for the words that begin so. Their common beginnings are looked for once: lists hold hundreds.
 */
function patternOf(list: readonly string[]): RegExp {
  if (list.length === 0) return /(?!)/gu;
  const [parted, others] = [newBeginning(), newBeginning()];
  for (const words of list) {
    const phrase = plainly(words).trim();
    const isStem = phrase.endsWith('*');
    const signs = [...(isStem ? phrase.slice(0, -1) : phrase).replace(/\s+/g, ' ')];
    let at = isLatin(signs[0]) ? parted : others;
    for (const [place, sign] of signs.entries()) {
      const pattern = sign === ' ' ? blankBetween(signs[place - 1], signs[place + 1]) : escaped(sign);
      const next = at.next.get(pattern) ?? newBeginning();
      at.next.set(pattern, next);
      at = next;
    }
    at.ends.add(isStem ? String.raw`[\p{L}\p{M}]*` : isLatin(signs.at(-1)) ? `(?![${PARTED}])` : '');
  }
  const either = [
    ...(parted.next.size === 0 ? [] : [`(?<![${PARTED}])${behind(parted)}`]),
    ...(others.next.size === 0 ? [] : [behind(others)]),
  ];
  return new RegExp(either.join('|'), 'gu');
}

function newBeginning(): Beginning {
  return { next: new Map(), ends: new Set() };
}

/** The pattern of all that may stand behind a beginning, the longer first. */
function behind({ next, ends }: Beginning): string {
  const ways = [...[...next].map(([sign, rest]) => sign + behind(rest)), ...ends];
  return ways.length === 1 ? ways.join('') : `(?:${ways.join('|')})`;
}

/** A hyphen parts words as a blank does; between signs of other scripts neither has to be there. */
function blankBetween(before: string | undefined, after: string | undefined): string {
  return isLatin(before) && isLatin(after) ? String.raw`[\s\p{Pd}]+` : String.raw`[\s\p{Pd}]*`;
}

function escaped(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`);
}

const LATIN = new RegExp(`[${PARTED}]`, 'u');

function isLatin(sign: string | undefined): boolean {
  return sign !== undefined && LATIN.test(sign);
}

/** A text in the form in which words are looked for: small letters, plain apostrophes, nothing that is not seen. */
export function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ＇]/g, "'")
    .replace(/(?!\u200d)\p{Cf}/gu, '');
}

/** Whether any of the words stands in a text. */
export function holdsAny(pattern: RegExp, text: string): boolean {
  // `search` begins at the beginning, wherever the pattern was left.
  return text.search(pattern) >= 0;
}
