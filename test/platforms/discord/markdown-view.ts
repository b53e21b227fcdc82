/** A text as it is shown, and what in it is more than words: links, mentions, formatting. */
export interface ShownText {
  readonly text: string;
  readonly marks: readonly string[];
}

/** Addresses, in which no sign is a mark and no backslash an escape. */
const ADDRESS = /https?:\/\/[^\s<]+/g;

/** What Discord's apps make something of (Discord, Reference, Message Formatting; the support pages on Markdown). */
const MARKS: readonly RegExp[] = [
  /```[\s\S]+?```|`[^`\n]+`/g,
  /\*\*[^*]+\*\*|\*[^\s*][^*]*\*/g,
  /__[^_]+__|(?<![0-9A-Za-z])_[^_]+_(?![0-9A-Za-z])/g,
  /~~[^~]+~~|\|\|[^|]+\|\|/g,
  /^[^\S\n]*(?:#{1,3}|-#|>{1,3}|[-*+]) \S.*/gm,
  /\[[^\]\n]+\]\([^)\n]+\)/g,
  /<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|<\/[^:<>\n]+:\d+>|<id:\w+>/g,
];

/** Stands for a sign that a backslash made plain, so that no pattern sees it. */
const PLAIN = '\u{F0000}';
/** Stands for an address. */
const LINK = '\u{F0001}';

/** Shows a text as Discord does. `pings` are the kinds of mention that count beyond their looks. */
export function shown(content: string, pings: readonly string[]): ShownText {
  const links = content.match(ADDRESS) ?? [];
  const rest = content.replace(ADDRESS, LINK).replace(/\\[^0-9A-Za-z\s]/g, PLAIN);
  const calls = pings.includes('everyone') ? (rest.match(/@everyone|@here/g) ?? []) : [];
  const marks = MARKS.flatMap((pattern) => rest.match(pattern) ?? []);
  return { text: withoutEscapes(content), marks: [...links, ...calls, ...marks] };
}

function withoutEscapes(content: string): string {
  return content.replace(
    /https?:\/\/[^\s<]+|\\([^0-9A-Za-z\s])/g,
    (found, sign: string | undefined) => sign ?? found,
  );
}
