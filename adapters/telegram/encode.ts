import type { Button, EncodeTarget, OutboundMessage, PlatformCall } from '../../src/model/index.js';
import { shorten, splitText } from '../shared/split-text.js';
import { flowLink } from './deep-link.js';
import {
  MAX_BUTTONS,
  MAX_CALLBACK_BYTES,
  MAX_KEYBOARD_BYTES,
  MAX_TAP_ANSWER_CHARS,
  MAX_TEXT_CHARS,
} from './limits.js';

/**
 * One outbound message to Bot API calls, in order. Texts go out without `parse_mode`, so nothing in them can be
 * markup. A long text becomes several messages, the buttons below the last, and more buttons than one message holds go
 * below further ones. Throws `RangeError` for what Telegram would never take (no words, a payload over 64 bytes, a
 * reference that is no message id) and for a private message to a public place: those are faults of the caller.
 */
export function encode(message: OutboundMessage, to: EncodeTarget): readonly PlatformCall[] {
  switch (message.kind) {
    case 'message':
      return encodeMessage(message, to);
    case 'delete':
      return [
        {
          method: 'deleteMessage',
          payload: { chat_id: to.place.channel, message_id: wholeNumber(message.messageRef) },
        },
      ];
    case 'answer-tap':
      return [
        {
          method: 'answerCallbackQuery',
          payload: {
            callback_query_id: message.token,
            ...(message.text === '' ? {} : { text: shorten(message.text, MAX_TAP_ANSWER_CHARS) }),
          },
        },
      ];
    default:
      return message satisfies never;
  }
}

function encodeMessage(
  message: OutboundMessage & { readonly kind: 'message' },
  to: EncodeTarget,
): readonly PlatformCall[] {
  // Ids of groups are negative: the place itself is asked too, so that no caller's mistake makes it public.
  const isPublic = to.visibility === 'public' || to.place.channel.startsWith('-');
  if (message.private && isPublic) throw new RangeError('a private message for a public place');
  // Telegram trims texts and refuses what is nothing but white space.
  const parts = splitText(message.text, MAX_TEXT_CHARS).filter((part) => part.trim() !== '');
  if (parts.length === 0) throw new RangeError('a message without words');
  const [keyboard = [], ...more] = pagesOf(buttonRows(message.buttons, to.botHandle));
  return [
    ...parts.map((text, index) => post(text, index === parts.length - 1 ? keyboard : [], to)),
    ...more.map((page) => post(MORE, page, to)),
  ];
}

/** Stands above buttons for which the message before had no room. */
const MORE = '…';

function post(text: string, keyboard: Keyboard, to: EncodeTarget): PlatformCall {
  return {
    method: 'sendMessage',
    payload: {
      chat_id: to.place.channel,
      ...(to.place.thread === undefined ? {} : { message_thread_id: wholeNumber(to.place.thread) }),
      text,
      link_preview_options: { is_disabled: true },
      ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
    },
  };
}

type Keyboard = readonly (readonly InlineButton[])[];

/** Rows in keyboards that Telegram takes, in order. */
function pagesOf(rows: Keyboard): readonly Keyboard[] {
  const pages: (readonly InlineButton[])[][] = [];
  for (const row of rows) {
    const page = pages.at(-1);
    if (page !== undefined && isFitting([...page, row])) page.push(row);
    else pages.push([row]);
  }
  return pages;
}

function isFitting(keyboard: Keyboard): boolean {
  const sizeBytes = Buffer.byteLength(JSON.stringify(keyboard), 'utf8');
  return keyboard.flat().length <= MAX_BUTTONS && sizeBytes <= MAX_KEYBOARD_BYTES;
}

/** A label up to this width shares its row; two such fit a narrow phone. */
const HALF_ROW_WIDTH = 16;

type InlineButton =
  | { readonly text: string; readonly callback_data: string }
  | { readonly text: string; readonly url: string };

/** In order, two short labels a row or one long one. */
function buttonRows(buttons: readonly Button[], botHandle: string): Keyboard {
  const rows: InlineButton[][] = [];
  let roomFor = 0;
  for (const button of buttons) {
    const isShort = width(button.label) <= HALF_ROW_WIDTH;
    const row = rows.at(-1);
    if (row !== undefined && isShort && roomFor > 0) {
      row.push(inlineButton(button, botHandle));
      roomFor = 0;
    } else {
      rows.push([inlineButton(button, botHandle)]);
      roomFor = isShort ? 1 : 0;
    }
  }
  return rows;
}

function inlineButton(button: Button, botHandle: string): InlineButton {
  switch (button.kind) {
    case 'tap': {
      const sizeBytes = Buffer.byteLength(button.data, 'utf8');
      if (sizeBytes < 1 || sizeBytes > MAX_CALLBACK_BYTES) {
        throw new RangeError(
          `a button's data has ${sizeBytes} bytes; Telegram takes 1 to ${MAX_CALLBACK_BYTES}`,
        );
      }
      return { text: button.label, callback_data: button.data };
    }
    case 'url':
      return { text: button.label, url: button.url };
    case 'private':
      return { text: button.label, url: flowLink(botHandle, button.flow) };
    default:
      return button satisfies never;
  }
}

/** Letters of East Asian scripts and emoji, which are two columns wide. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;

/** Columns a label takes. */
function width(label: string): number {
  return [...label].reduce((columns, letter) => columns + (WIDE.test(letter) ? 2 : 1), 0);
}

/** Message and thread ids are 32-bit integers in the Bot API; chat ids go out as strings. */
function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new RangeError('a message or thread reference is no whole number');
  return Number(text);
}
