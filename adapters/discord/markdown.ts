import { splitText } from '../shared/split-text.js';
import { MAX_TEXT_CHARS } from './limits.js';

/** Addresses: Discord reads no Markdown in them, and a backslash would become a part of them. */
const ADDRESS = /https?:\/\/[^\s<]+/g;
/** What can begin or end a mark anywhere, or at the start of a line; `1.` is shown as it is written. */
const MARKS = /[\\*_~`|[\]<@]|^(\s*)([>#+-])/gm;

/** Makes a plain text show as it is: nothing in it becomes a mark, a mention or a link under other words. */
export function escapeMarkdown(text: string): string {
  let escaped = '';
  let end = 0;
  for (const { index, 0: address } of text.matchAll(ADDRESS)) {
    escaped += escapeMarks(text.slice(end, index), end === 0) + address;
    end = index + address.length;
  }
  return escaped + escapeMarks(text.slice(end), end === 0);
}

function escapeMarks(text: string, startsLine: boolean): string {
  return text.replace(MARKS, (mark, indent: string | undefined, opener: string | undefined, at: number) => {
    if (opener === undefined) return `\\${mark}`;
    // What follows an address is no start of a line, even where this piece begins.
    return at > 0 || startsLine ? `${indent ?? ''}\\${opener}` : mark;
  });
}

/** Splits a text so that each part fits into one message once it is escaped. Parts of white space alone are left out. */
export function messageParts(text: string): readonly string[] {
  return splitText(text, MAX_TEXT_CHARS)
    .flatMap(fitting)
    .filter((part) => part.trim() !== '');
}

function fitting(part: string): readonly string[] {
  if (escapeMarkdown(part).length <= MAX_TEXT_CHARS) return [part];
  return splitText(part, Math.ceil(part.length / 2)).flatMap(fitting);
}
