/** A link that a text shows under other words. */
export interface HiddenLink {
  readonly words: string;
  readonly url: string;
}

/** The marks that a Telegram client puts on a text: commands, mentions, links under words. */
function entitiesOf(text: string, hiddenLinks: readonly HiddenLink[]): readonly Record<string, unknown>[] {
  const marks = [
    ...marksOf(text, /(?<![^\s])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?/g, 'bot_command'),
    ...marksOf(text, /(?<![^\s,;(])@[A-Za-z0-9_]{3,32}/g, 'mention'),
    ...hiddenLinks.map(({ words, url }) => ({
      type: 'text_link',
      offset: text.indexOf(words),
      length: words.length,
      url,
    })),
  ];
  return marks.sort((left, right) => left.offset - right.offset);
}

function marksOf(
  text: string,
  pattern: RegExp,
  type: string,
): { type: string; offset: number; length: number }[] {
  return [...text.matchAll(pattern)].map(({ index, 0: marked }) => ({
    type,
    offset: index,
    length: marked.length,
  }));
}

/** Whether a bot in privacy mode is shown a text: a mention or a command that names no other bot. */
export function isForBot(text: string, botName: string): boolean {
  const name = botName.toLowerCase();
  return entitiesOf(text, []).some(({ type, offset, length }) => {
    const marked = text.slice(Number(offset), Number(offset) + Number(length)).toLowerCase();
    if (type === 'mention') return marked === `@${name}`;
    return type === 'bot_command' && (!marked.includes('@') || marked.endsWith(`@${name}`));
  });
}

/** A caption with its marks, as a part of a message; nothing for an empty one. */
export function captioned(caption: string): Readonly<Record<string, unknown>> {
  if (caption === '') return {};
  const entities = entitiesOf(caption, []);
  return { caption, ...(entities.length === 0 ? {} : { caption_entities: entities }) };
}

/** The marks of a text, as a part of a message. */
export function marked(text: string, hiddenLinks: readonly HiddenLink[]): Readonly<Record<string, unknown>> {
  const entities = entitiesOf(text, hiddenLinks);
  return entities.length === 0 ? {} : { entities };
}
