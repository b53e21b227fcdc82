/** A text without its values in braces, as nobody can tell what will stand there; the words of plurals stay. */
export function withoutValues(text: string): string {
  return text.replace(/\{\s*[a-z][a-z0-9-]*\s*(?:,\s*duration\s*)?\}/g, ' ');
}
