/** Links and mentions under other words, and tags: Markdown, HTML, BBCode, Slack, Discord. */
const MARKUP: readonly RegExp[] = [
  /\[[^[\]\n]{0,300}\]\s?\(\s{0,3}\S/,
  /\[\/?(?:url|img|b|i|quote)(?:=[^\]]{0,300})?\]/i,
  /<\/?[a-z!][^<>\n]{0,300}>/i,
  /<[@#!:&][^<>\n]{1,100}>/,
  /<[^<>|\s]{3,300}\|[^<>\n]{0,300}>/,
  /(?<![\p{L}\p{N}])@(?:everyone|here|channel)(?![\p{L}\p{N}])/iu,
];
/** Characters that turn the order of others around, or stand for letters that nobody sees. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069\u{e0020}-\u{e007f}]/u;

/** Whether a text holds markup, or characters that show it otherwise than it is. Our own texts have none. */
export function holdsMarkup(text: string): boolean {
  return REORDERING.test(text) || MARKUP.some((pattern) => pattern.test(text));
}
