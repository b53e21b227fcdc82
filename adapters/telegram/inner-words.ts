/** Names under which the Bot API keeps what people read, in polls, checklists, places and rich messages. */
const WORDS = new Set([
  ...['text', 'title', 'question', 'explanation', 'description', 'caption', 'summary', 'label', 'address'],
]);
/** Deeper than anything Telegram builds. */
const MAX_DEPTH = 40;

/** Everything people read in a structure of the Bot API: pieces of one text together, all else a line each. */
export function innerWords(value: unknown): string {
  return read(value, false, 0);
}

/** Every address in a structure of the Bot API, in order. */
export function innerLinks(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'url' && typeof inner === 'string' ? [inner] : innerLinks(inner, depth + 1),
  );
}

function read(value: unknown, isWords: boolean, depth: number): string {
  if (typeof value === 'string') return isWords ? value : '';
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) {
    const parts = value.map((inner: unknown) => read(inner, isWords, depth + 1));
    return isWords ? parts.join('') : lines(parts);
  }
  return lines(
    Object.entries(value).map(([key, inner]: [string, unknown]) => read(inner, WORDS.has(key), depth + 1)),
  );
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
