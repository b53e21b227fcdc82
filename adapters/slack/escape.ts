import { shorten, splitText } from '../shared/split-text.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const LETTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * Escapes a text for Slack: `&`, `<` and `>`, no more and no less (docs.slack.dev, formatting message text). What is
 * escaped is neither a mention nor a link.
 */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (letter) => ENTITIES[letter] ?? letter);
}

/** The text that was escaped, by us or by Slack. */
export function unescapeText(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => LETTERS[entity] ?? entity);
}

/**
 * Escapes a text in parts of at most `maxChars` UTF-16 units each (at least 10); no part cuts a surrogate pair or an
 * entity. Unescaped and joined, the parts are the text again.
 */
export function escapeInParts(text: string, maxChars: number, rawChars = maxChars): readonly string[] {
  return splitText(text, rawChars).flatMap((part) => {
    const escaped = escapeText(part);
    return escaped.length <= maxChars ? [escaped] : escapeInParts(part, maxChars, Math.ceil(part.length / 2));
  });
}

/** Shortens a text until it is escaped in at most `maxChars` UTF-16 units. */
export function escapeShortened(text: string, maxChars: number): string {
  for (let chars = maxChars; chars > 1; chars -= 1) {
    const escaped = escapeText(shorten(text, chars));
    if (escaped.length <= maxChars) return escaped;
  }
  return '…';
}
