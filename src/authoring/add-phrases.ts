import { isScalar, isSeq, parseDocument, stringify } from 'yaml';

/** The list of a phrases file that holds what is not ours to answer. */
export const OUTSIDE = 'outside';

/**
 * A phrases file with phrases more at the end of an intent's list, or of {@link OUTSIDE}; every other character stays
 * as it is. `null` when the file has no such list. Pure.
 */
export function addPhrases(text: string, intent: string, phrases: readonly string[]): string | null {
  const document = parseDocument(text, { schema: 'failsafe' });
  const list = document.getIn(intent === OUTSIDE ? [OUTSIDE] : ['intents', intent], true);
  if (!isSeq(list) || list.range == null) return null;
  if (phrases.length === 0) return text;
  if (list.flow === true) {
    const end = text.lastIndexOf(']', list.range[1]);
    const before = text.slice(0, end).trimEnd();
    const first = list.items.length === 0 || before.endsWith(',') ? '' : ',';
    const gap = before.endsWith('[') ? '' : ' ';
    return `${before}${first}${gap}${phrases.map((phrase) => JSON.stringify(phrase)).join(', ')}${text.slice(end)}`;
  }
  const last = list.items.at(-1);
  if (!isScalar(last) || last.range == null) return null;
  const [from, to] = last.range;
  const dash = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  const lineEnd = text.indexOf('\n', to - 1);
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = phrases.map((phrase) => `${dash}${stringify(phrase, { lineWidth: 0 }).trimEnd()}${eol}`);
  return `${text.slice(0, at)}${lineEnd < 0 ? eol : ''}${lines.join('')}${text.slice(at)}`;
}
