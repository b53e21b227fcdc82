import { splitText } from '../shared/split-text.js';
import { MAX_TEXT_CHARS } from './limits.js';

/**
 * An address, in which Discord reads no Markdown and a backslash would become a part; or what can begin or end a mark,
 * anywhere or at the start of a line. `1.` is shown as it is written.
 */
const MARKS = /https?:\/\/[^\s<]+|[\\*_~`|[\]<@]|^([^\S\n]*)([>#+-])/gm;

/** Makes a plain text show as it is: nothing in it becomes a mark, a mention or a link under other words. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKS, (found, indent: string | undefined, opener: string | undefined) => {
    if (opener !== undefined) return `${indent ?? ''}\\${opener}`;
    return found.length > 1 ? found : `\\${found}`;
  });
}

/**
 * Splits a text so that each part fits into one message once it is escaped. Parts of white space alone are left out.
 */
export function messageParts(text: string): readonly string[] {
  return splitText(text, MAX_TEXT_CHARS)
    .flatMap(fitting)
    .filter((part) => part.trim() !== '');
}

function fitting(part: string): readonly string[] {
  if (escapeMarkdown(part).length <= MAX_TEXT_CHARS) return [part];
  return splitText(part, Math.ceil(part.length / 2)).flatMap(fitting);
}
