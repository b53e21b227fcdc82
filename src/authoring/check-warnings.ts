import type { Bundle, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import { type CheckWords, holdsAny, plainly } from './check-words.js';
import { WARNINGS } from './proof/rules.js';

/** Whether the warning names person and place, in each language whose words are known. */
export function checkWarnings(
  bundle: Bundle,
  sources: Pick<Sources, 'texts'>,
  words: ReadonlyMap<string, CheckWords>,
): readonly Finding[] {
  return WARNINGS.flatMap((key) =>
    [...sources.texts].flatMap(([tag, source]): readonly Finding[] => {
      const known = words.get(tag);
      const text = bundle.texts
        .get(tag)
        ?.get(key)
        ?.format(() => undefined);
      if (known === undefined || text === undefined) return [];
      const missing = (['we', 'official'] as const).filter((list) => !holdsAny(known[list], plainly(text)));
      if (missing.length === 0) return [];
      const needs = missing.map((list) => NEEDS[list]).join(', and ');
      return [source.finding('weak-warning', [key], `"${key}" is the warning, and does not say ${needs}.`)];
    }),
  );
}

const NEEDS = {
  we: 'that nobody needs a secret, "we included"',
  official: 'that codes are typed only into the "official app" or "official page"',
} as const;
