/** A link that a text shows under other words. */
export interface HiddenLink {
  readonly words: string;
  readonly url: string;
}

/** `&`, `<` and `>` as Slack writes them in a text. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The letters that were escaped. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What looks like an address to Slack, with or without a scheme, or a mail address. */
const ADDRESS =
  /https?:\/\/[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|example|internal)(?:\/[^\s<>]*)?/giu;

/**
 * What a client of Slack makes of what a person typed: escaped, `@handle` of the bot as its mention, addresses as
 * links, and links of the person's own under other words.
 */
export function typed(
  text: string,
  bot: { readonly userId: string; readonly handle: string },
  links: readonly HiddenLink[],
): string {
  const marked = escaped(text).replace(ADDRESS, (address) => {
    if (/^https?:/i.test(address)) return `<${address}>`;
    return address.includes('@') ? `<mailto:${address}|${address}>` : `<http://${address}|${address}>`;
  });
  const named = marked.replaceAll(`@${bot.handle}`, `<@${bot.userId}>`);
  return links.reduce(
    (words, link) => words.replace(link.words, `<${escaped(link.url)}|${link.words}>`),
    named,
  );
}

/** A text as it is shown, and what in it is more than words: mentions, links, groups of people, bold and the like. */
export interface ShownText {
  readonly text: string;
  readonly marks: readonly string[];
}

/** Shows a text in which references and marks count. */
export function shownMarkup(wire: string): ShownText {
  const marks = [
    ...[...wire.matchAll(/<([^<>]+)>/g)].map(([, about = '']) => about),
    ...[...wire.matchAll(/(?<![\w*])\*[^\s*][^*\n]*\*|(?<![\w_])_[^\s_][^_\n]*_|~[^~\n]+~|`[^`\n]+`/g)].map(
      ([mark]) => mark,
    ),
    ...[...wire.matchAll(/(?<!\w):[a-z0-9_+-]+:/g)].map(([mark]) => mark),
  ];
  const text = wire.replace(
    /<([^<>|]+)(?:\|([^<>]*))?>/g,
    (_whole, about: string, label?: string) => label ?? about,
  );
  return { text: unescaped(text), marks };
}

/** Shows a plain text: nothing in it counts, but that `&lt;` is a `<`. */
export function shownPlain(wire: string): ShownText {
  return { text: unescaped(wire), marks: [] };
}
