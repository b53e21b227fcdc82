/** A mark on a part of a text, in UTF-16 units (Bot API, MessageEntity). */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly user?: Readonly<Record<string, unknown>>;
}

/** A link that a text shows under other words. */
export interface HiddenLink {
  readonly words: string;
  readonly url: string;
}

/** What a client marks when a text is written: links under words, and people without a name that are mentioned. */
export interface Marking {
  readonly hiddenLinks?: readonly HiddenLink[];
  /** Words that mention a user by id, as clients do for those without a user name. */
  readonly mentions?: readonly { readonly words: string; readonly user: Readonly<Record<string, unknown>> }[];
}

const COMMAND = /(?<![^\s])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?/g;
const MENTION = /(?<![^\s,;(])@[A-Za-z0-9_]{3,32}/g;
/** With a scheme, or a host with one of the usual endings. */
const ADDRESS = /\bhttps?:\/\/[^\s]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|net|org|io|me|app|info)\b[^\s]*/gi;

/** The marks that Telegram puts on any text by itself, and those of the client. */
export function marksOf(text: string, { hiddenLinks = [], mentions = [] }: Marking = {}): readonly Entity[] {
  const marks = [
    ...matches(text, COMMAND, 'bot_command'),
    ...matches(text, MENTION, 'mention'),
    ...matches(text, ADDRESS, 'url'),
    ...hiddenLinks.map(({ words, url }) => ({ ...at(text, words), type: 'text_link', url })),
    ...mentions.map(({ words, user }) => ({ ...at(text, words), type: 'text_mention', user })),
  ];
  return marks.sort((left, right) => left.offset - right.offset);
}

function at(text: string, words: string): { readonly offset: number; readonly length: number } {
  return { offset: text.indexOf(words), length: words.length };
}

function matches(text: string, pattern: RegExp, type: string): Entity[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    type,
    offset: index,
    length: found.length,
  }));
}

/** Whether a bot in privacy mode is shown a text: a mention or a command that names no other bot. */
export function isForBot(
  text: string,
  marks: readonly Entity[],
  bot: { readonly id: number; readonly username: string },
): boolean {
  const name = bot.username.toLowerCase();
  return marks.some(({ type, offset, length, user }) => {
    const marked = text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return marked === `@${name}`;
    if (type === 'text_mention') return user?.id === bot.id;
    return type === 'bot_command' && (!marked.includes('@') || marked.endsWith(`@${name}`));
  });
}

/** Words with their marks, as a part of a message: its text, or the caption of its media. */
export function marked(
  field: 'text' | 'caption',
  words: string,
  marks: readonly Entity[],
): Readonly<Record<string, unknown>> {
  if (words === '') return {};
  const name = field === 'text' ? 'entities' : 'caption_entities';
  return { [field]: words, ...(marks.length === 0 ? {} : { [name]: marks }) };
}
