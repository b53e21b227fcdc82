import { readHtml } from './html.js';
import { bad, forbidden, type Refusal } from './method.js';
import type { Words } from './parameters.js';
import { type Entity, marksOf } from './words.js';
import { type Chat, isIn, messageIn, type StoredMessage, type World } from './world.js';

const DAY_MS = 24 * 3_600_000;

/** Why the bot may not act in a chat; `null` when it may. */
export function refusalOfChat(chat: Chat | undefined): Refusal | null {
  if (chat === undefined) return bad('chat not found');
  if (chat.isDeactivated) return forbidden('user is deactivated');
  if (chat.type === 'private') {
    if (chat.botStatus === 'absent') return forbidden("bot can't initiate conversation with a user");
    return chat.botStatus === 'kicked' ? forbidden('bot was blocked by the user') : null;
  }
  if (chat.migratedTo !== null) {
    const parameters = { migrate_to_chat_id: chat.migratedTo };
    return { ...bad('group chat was upgraded to a supergroup chat'), parameters };
  }
  if (isIn(chat)) return null;
  return chat.botStatus === 'kicked'
    ? forbidden(`bot was kicked from the ${chat.type} chat`)
    : forbidden(`bot is not a member of the ${chat.type} chat`);
}

/** Why the bot may not write there; `null` when it may. */
export function refusalOfPlace(chat: Chat, threadId: number | undefined): Refusal | null {
  const isAdministrator = chat.botStatus === 'administrator';
  if (chat.type === 'channel' && !isAdministrator)
    return bad('need administrator rights in the channel chat');
  if (chat.isMuted && !isAdministrator) return bad('not enough rights to send text messages to the chat');
  const topic = threadId === undefined ? undefined : chat.topics.get(threadId);
  if (threadId !== undefined && topic === undefined) return bad('message thread not found');
  const isClosed = topic === undefined ? chat.isGeneralClosed : topic.isClosed;
  return isClosed && !chat.botRights.canManageTopics ? bad('TOPIC_CLOSED') : null;
}

/** What a text and its buttons come to, or why they are not taken (Bot API: sendMessage, InlineKeyboardButton). */
export function readWords(
  words: Words,
):
  | { readonly kind: 'words'; readonly text: string; readonly marks: readonly Entity[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal } {
  const refuse = (sentence: string) => ({ kind: 'refused', refusal: bad(sentence) }) as const;
  const source = words.text ?? '';
  const read =
    words.parse_mode === 'HTML'
      ? readHtml(source)
      : { kind: 'text' as const, text: source, marks: words.entities ?? [] };
  if (read.kind === 'unreadable') return refuse(read.why);
  // Lengths count after the marks were read; white space around a text is cut off.
  const text = read.text.trim();
  if (text === '') return refuse('message text is empty');
  if (text.length > 4096) return refuse('message is too long');
  if (/\p{Surrogate}/u.test(text)) return refuse('strings must be encoded in UTF-8');
  const why = refusalOfButtons(words);
  if (why !== null) return refuse(why);
  const cut = read.text.length - read.text.trimStart().length;
  const own = read.marks.map((mark) => ({ ...mark, offset: mark.offset - cut }));
  return { kind: 'words', text, marks: [...own, ...marksOf(text)] };
}

function refusalOfButtons({ reply_markup: markup }: Words): string | null {
  if (markup !== undefined && isTooLong(markup)) return 'reply markup is too long';
  const buttons = markup?.inline_keyboard.flat() ?? [];
  for (const { text, callback_data: data, url } of buttons) {
    if (text.trim() === '') return 'inline keyboard button text must be non-empty';
    if ((data === undefined) === (url === undefined))
      return 'exactly one of the optional fields must be used';
    if (data !== undefined && !isIn1To64(Buffer.byteLength(data, 'utf8'))) return 'BUTTON_DATA_INVALID';
    if (url !== undefined && !/^(https?|tg):\/\/[^\s/]/.test(url)) return 'BUTTON_URL_INVALID';
  }
  return null;
}

/** Written nowhere; what bots run into: 100 buttons, eight in a row, 10 kB in all. */
function isTooLong(markup: NonNullable<Words['reply_markup']>): boolean {
  const { inline_keyboard: rows } = markup;
  if (rows.flat().length > 100 || rows.some((row) => row.length > 8)) return true;
  return Buffer.byteLength(JSON.stringify(markup), 'utf8') > 10_000;
}

/** Why a message cannot be deleted; `null` when it can (Bot API: deleteMessage). */
export function refusalOfDeletion(world: World, chat: Chat, messageId: number): Refusal | null {
  const message = messageIn(chat, messageId);
  if (message === undefined) return bad('message to delete not found');
  if (world.now() - message.sentAt >= 2 * DAY_MS) return bad("message can't be deleted");
  if (message.author === 'bot' || chat.type === 'private' || chat.botRights.canDelete) return null;
  return bad("message can't be deleted");
}

/** The message the bot may change, or why there is none (Bot API: "Updating messages"). */
export function editable(
  chat: Chat,
  messageId: number,
):
  | { readonly kind: 'message'; readonly message: StoredMessage }
  | { readonly kind: 'refused'; readonly refusal: Refusal } {
  const message = messageIn(chat, messageId);
  if (message === undefined) return { kind: 'refused', refusal: bad('message to edit not found') };
  return message.author === 'bot'
    ? { kind: 'message', message }
    : { kind: 'refused', refusal: bad("message can't be edited") };
}

function isIn1To64(value: number): boolean {
  return value >= 1 && value <= 64;
}
