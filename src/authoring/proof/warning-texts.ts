import type { Finding } from '../../content/index.js';
import { type Bundle, messageOf } from '../../content/index.js';
import type { Sources } from '../../content/sources.js';
import { RULES, WARNINGS } from './rules.js';

/** Words by language and script that name the person (we included) and the place (the official app or page). */
const WORDS: Readonly<Record<string, { readonly person: RegExp; readonly place: RegExp }>> = {
  'en-Latn': { person: /\b(?:us|we)\b/iu, place: /\bofficial (?:app|page|site|website)\b/iu },
  'zh-Hans': { person: /我们/u, place: /官方(?:应用|页面|网站|网页)/u },
  'zh-Hant': { person: /我們/u, place: /官方(?:應用|頁面|網站|網頁|App|程式)/iu },
};

/** Whether the warning names person and place in each locale whose language is known here, and must be said. */
export function checkWarnings(bundle: Bundle, sources: Sources): readonly Finding[] {
  return WARNINGS.flatMap((key) =>
    [...sources.texts].flatMap(([tag, source]): readonly Finding[] => {
      const { language, script } = new Intl.Locale(tag).maximize();
      const words = WORDS[`${language}-${script}`];
      const text = messageOf(bundle, tag, key)?.format(() => undefined);
      if (words === undefined || text === undefined) return [];
      const missing = (['person', 'place'] as const).filter((what) => !words[what].test(text));
      if (missing.length === 0) return [];
      const needs = missing.map((what) => NEEDS[what]).join(', and ');
      return [
        source.finding('proof-warning-text', [key], `${RULES['proof-warning-text']}: say ${needs}.`, {}),
      ];
    }),
  );
}

const NEEDS = {
  person: 'that nobody needs a secret, "we included"',
  place: 'that codes are typed only into the "official app" or "official page"',
} as const;
