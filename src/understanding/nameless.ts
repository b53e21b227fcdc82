import { MARKS, scan } from './found.js';
import { cleanText } from './normalise.js';

/** Longest text that is kept, in UTF-16 units: that of a phrase. */
const MAX_CHARS = 200;
/** Numbers of four digits and more, however they are grouped: of an account, a phone, a day of birth. */
const DIGITS = String.raw`\p{Nd}(?:[ ().,:/–-]{0,2}\p{Nd}){3,}`;
const NUMBERS = new RegExp(String.raw`(?<![\p{Script=Latin}\p{Nd}_])${DIGITS}(?![\p{Script=Latin}_])`, 'gu');
const REST = new RegExp(DIGITS, 'gu');
/** Words of letters and digits that are an address, a code or an account: long ones, or with two digits in six. */
const CODES =
  /(?<![\p{L}\p{N}_-])(?=[\p{Script=Latin}_-]{0,63}\p{Nd})(?:[\p{Script=Latin}\p{Nd}_-]{12,}|(?=(?:[\p{Script=Latin}_-]{0,63}\p{Nd}){2})[\p{Script=Latin}\p{Nd}_-]{6,})/gu;
/** One word that only a handle looks like. */
const HANDLES = /(?<![\p{L}\p{N}_])[a-z0-9.]{1,31}_[a-z0-9_.]{1,31}/giu;
/** What people say before their name. */
const NAMES = [
  /(?<=\b(?:[Mm]y (?:full |real )?[Nn]ame(?: is|['’]s|:)|[Ii] am called|[Tt]his is (?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r)\.?) )\p{L}[\p{L}'’.-]{0,31}(?: \p{Lu}[\p{L}'’.-]{0,31}){0,3}/gu,
  /(?<=(?:我叫|叫我|我名叫|我的名字是|我的名字叫|本名|姓名[:是])\s?)[\p{Script=Han}·]{2,4}/gu,
] as const;

/**
 * A text without what leads to a person: links, mail addresses, handles, hashes and numbers of four digits and more
 * become the placeholders of phrases (`{link}` …), a name after "my name is" a dot or two. A name that stands anywhere
 * else is not known for one. Linear; cut to 200 characters.
 */
export function nameless(text: string): string {
  let { masked } = scan(cleanText(text));
  for (const [kind, mark] of Object.entries(MARKS)) masked = masked.replaceAll(mark, `{${kind}}`);
  for (const names of NAMES) masked = masked.replace(names, '…');
  masked = masked.replace(HANDLES, '{handle}').replace(NUMBERS, '{number}');
  masked = masked.replace(CODES, '{hash}').replace(REST, '{number}');
  if (masked.length <= MAX_CHARS) return masked;
  return masked
    .slice(0, MAX_CHARS)
    .replace(/\{[a-z]*$|\p{Cs}$/u, '')
    .trim();
}
