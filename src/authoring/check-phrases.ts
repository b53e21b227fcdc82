import type { Bundle, Finding } from '../content/index.js';
import type { Sources } from '../content/sources.js';
import type { ModelShelf } from '../model/index.js';
import { createTutor, misread } from '../understanding/index.js';

/**
 * Phrases that the classifier takes for another intent although it was taught them: they stand under the wrong intent,
 * or say what the phrases of another one say. Trains the models, unless they are on the shelf.
 */
export function checkPhrases(
  bundle: Pick<Bundle, 'phrases'>,
  sources: Pick<Sources, 'phrases'>,
  shelf: ModelShelf | null,
): readonly Finding[] {
  const tutor = createTutor(bundle.phrases, shelf);
  return [...bundle.phrases].flatMap(([locale, book]) => {
    const source = sources.phrases.get(locale);
    if (source === undefined) return [];
    return misread(book, tutor.taught(locale)).map(({ intent, index, text, takenFor }) =>
      source.finding(
        'phrase-misread',
        ['intents', intent, index],
        `the phrase "${text}" is taken for ${takenFor}: move it there, or give ${intent} more phrases like it.`,
        { mark: text },
      ),
    );
  });
}
