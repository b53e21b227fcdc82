import type { Bundle, ContentFiles, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import { type Approvals, hashOfText } from './approvals.js';
import type { Parts } from './parts.js';
import { readStamps } from './stamps.js';

/** What is to be done in a language: text keys, in the order of the source. */
export interface Translation {
  readonly missing: readonly string[];
  /** The source has changed since the translation was compared with it. */
  readonly stale: readonly string[];
  /** Never compared with the source. */
  readonly notCompared: readonly string[];
  readonly sameAsSource: readonly string[];
  /** Nothing says them. */
  readonly unused: readonly string[];
}

/** The texts of a language as they are written. */
export function rawTexts(sources: Pick<Sources, 'texts'>, tag: string): ReadonlyMap<string, string> {
  const value = sources.texts.get(tag)?.value;
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([key, text]): [string, string][] =>
      typeof text === 'string' ? [[key, text]] : [],
    ),
  );
}

/** What a button for a language says; who speaks fewer languages than are there keeps the others' names. */
const LANGUAGE_NAME = /^language\.btn-[a-z-]+$/;

/** The state of every language. */
export function translationsOf(
  files: ContentFiles,
  {
    bundle,
    sources,
    said,
    used,
    mayBeMeant,
    toMend,
  }: Pick<Parts, 'bundle' | 'sources' | 'said' | 'used' | 'mayBeMeant' | 'toMend'>,
  approvals: Pick<Approvals, 'allows'>,
): { readonly locales: ReadonlyMap<string, Translation>; readonly findings: readonly Finding[] } {
  const { source } = bundle.locales;
  const originals = rawTexts(sources, source);
  const broken: Finding[] = [];
  const locales = Object.keys(bundle.locales.names).map((tag): [string, Translation] => {
    const texts = rawTexts(sources, tag);
    const unused = [...texts.keys()].filter(
      (key) => !used.has(key) && !mayBeMeant(key) && !LANGUAGE_NAME.test(key),
    );
    const missing = [...new Set([...originals.keys(), ...said])].filter((key) => !texts.has(key));
    if (tag === source) return [tag, { missing, stale: [], notCompared: [], sameAsSource: [], unused }];
    const { stamps, findings } = readStamps(files, tag);
    broken.push(...findings);
    // Compared with another source than today's is as good as not compared.
    const compared = stamps?.source === source ? stamps.texts : new Map<string, string>();
    const both = [...originals].filter(([key]) => texts.has(key));
    return [
      tag,
      {
        unused,
        missing,
        stale: both.flatMap(([key, text]) => {
          const stamp = compared.get(key);
          // A source that has yet to be mended will change again.
          if (toMend(key)) return [];
          return stamp === undefined || stamp === hashOfText(text) ? [] : [key];
        }),
        notCompared: both.flatMap(([key]) => (compared.has(key) ? [] : [key])),
        sameAsSource: both.flatMap(([key, text]) =>
          texts.get(key) === text &&
          isOneLanguage(text, tag, source) &&
          !approvals.allows('same-as-source', tag, key, text)
            ? [key]
            : [],
        ),
      },
    ];
  });
  return { locales: new Map(locales), findings: broken };
}

/** A sentence that long is never the same in two variants of one language, in Chinese characters or letters. */
const SAME_IN_VARIANTS = 16;
/** Shorter words than this are names and signs that all languages share. */
const SHARED_LETTERS = 4;

/** Whether a text surely belongs to one of two languages only. */
function isOneLanguage(text: string, tag: string, source: string): boolean {
  const plain = text.replace(/\{[^{}]*\}/g, ' ');
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  const isVariant = tag.split('-', 1)[0] === source.split('-', 1)[0];
  if (isVariant) return letters >= SAME_IN_VARIANTS;
  return /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}/u.test(plain) || letters >= SHARED_LETTERS;
}

/** How many keys of texts that were never compared are named. */
const NAMED = 5;

/** The findings of the languages' state; what is missing in a required one is told where it is used. */
export function checkTranslations(
  locales: ReadonlyMap<string, Translation>,
  bundle: Bundle,
  sources: Pick<Sources, 'texts'>,
): readonly Finding[] {
  const mustSay = new Set(bundle.locales.must_say);
  const { source } = bundle.locales;
  const unusedInSource = new Set(locales.get(source)?.unused);
  return [...locales].flatMap(([tag, { stale, notCompared, sameAsSource, unused }]) => {
    const file = sources.texts.get(tag);
    if (file === undefined) return [];
    const [first] = notCompared;
    return [
      ...stale.map((key) => {
        const isMust = mustSay.has(key);
        const said = `"${key}" was changed in ${source} since this translation was compared with it.`;
        return file.finding(isMust ? 'stale-must-say' : 'stale-text', [key], said, { onKey: true });
      }),
      ...(first === undefined
        ? []
        : [
            file.finding(
              'not-compared',
              [first],
              `${notCompared.length} texts were never compared with ${source}: ${notCompared.slice(0, NAMED).join(', ')}${notCompared.length > NAMED ? ' …' : ''}.`,
              { onKey: true },
            ),
          ]),
      ...sameAsSource.map((key) =>
        file.finding('same-as-source', [key], `"${key}" is letter by letter its source.`, { onKey: true }),
      ),
      // A text that nothing says is told once, in the source, and elsewhere when only a translation has it.
      ...unused
        .filter((key) => tag === source || !unusedInSource.has(key))
        .map((key) => file.finding('unused-text', [key], `nothing says the text "${key}".`, { onKey: true })),
    ];
  });
}
