import { draftState, draftsOf } from '../authoring/new-locale.js';
import type { ContentFiles } from '../content/index.js';
import { countOf } from './count-of.js';

/** A line for each draft, for the check of everything. */
export function draftLines(files: ContentFiles): readonly string[] {
  return Object.entries(draftsOf(files)).map(([tag, name]) => {
    const { texts, missing, phrases } = draftState(files, tag);
    return `${name} (${tag}) is a draft and not served: ${countOf(texts.length + missing.length, 'text')} and ${countOf(phrases.length, 'list')} of phrases to translate.`;
  });
}
