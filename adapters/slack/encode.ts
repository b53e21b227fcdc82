import type { Button, EncodeTarget, OutboundMessage, PlatformCall } from '../../src/model/index.js';
import { OPEN_PREFIX } from './decode.js';
import { escapeInParts, escapeShortened } from './escape.js';
import {
  MAX_BLOCKS,
  MAX_BUTTONS_PER_BLOCK,
  MAX_LABEL_CHARS,
  MAX_SECTION_CHARS,
  MAX_VALUE_CHARS,
} from './limits.js';
import { blockIdOf, isDirect } from './place.js';

/**
 * One outbound message to calls of Slack, in order. The answer to a tap or command in a channel goes through its
 * `response_url`, so that only that person sees it; everything else is posted, to a mention in its thread. All words
 * are escaped and stand in `plain_text`, so nothing in them can be markup. A long text becomes several messages, the
 * buttons below the last. A person's message cannot be deleted and a tap is acknowledged at once, so neither makes a
 * call. Throws `RangeError` for what Slack would never take (no words, a value that is too long) and for a private
 * message to a channel: those are faults of the caller.
 */
export function encode(message: OutboundMessage, to: EncodeTarget): readonly PlatformCall[] {
  if (message.kind !== 'message') return [];
  const isHere = isDirect(to.place, to.userId);
  if (message.private && (!isHere || to.visibility === 'public'))
    throw new RangeError('a private message for a public place');
  const texts = escapeInParts(message.text, MAX_SECTION_CHARS).filter((text) => text.trim() !== '');
  const last = texts.at(-1);
  if (last === undefined) throw new RangeError('a message without words');
  const [first = [], ...more] = pagesOf(buttonBlocks(message.buttons, to));
  return [
    ...texts.slice(0, -1).map((text) => post(text, [], to)),
    post(last, first, to),
    // More choices than a message holds go below the same question again.
    ...more.map((blocks) => post(last, blocks, to)),
  ];
}

type Block = Readonly<Record<string, unknown>>;

/** What to post, escaped already. The text beside the blocks is what a notification shows. */
function post(text: string, buttons: readonly Block[], to: EncodeTarget): PlatformCall {
  const words = { type: 'plain_text', text, emoji: false };
  const content = {
    text,
    blocks: [{ type: 'section', text: words, expand: true }, ...buttons],
    ...(to.place.thread === undefined ? {} : { thread_ts: to.place.thread }),
  };
  const plain = { ...content, mrkdwn: false, unfurl_links: false, unfurl_media: false };
  const { replyVia: via } = to;
  if (via?.kind === 'slack-response' && !isDirect(to.place, to.userId)) {
    const { token, expiresAt } = via;
    return { method: 'response_url', payload: { response_url: token, expiresAt, user: to.userId, ...plain } };
  }
  return { method: 'chat.postMessage', payload: { channel: to.place.channel, ...plain } };
}

/** Rows of buttons, as many in each as Slack takes. */
function buttonBlocks(buttons: readonly Button[], to: EncodeTarget): readonly Block[] {
  const elements = buttons.map(buttonElement);
  return chunks(elements, MAX_BUTTONS_PER_BLOCK).map((row, index) => ({
    type: 'actions',
    block_id: blockIdOf(to.place, index),
    elements: row,
  }));
}

/** One block of each message is its text. */
function pagesOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  return chunks(blocks, MAX_BLOCKS - 1);
}

function buttonElement(button: Button, index: number): Block {
  const text = { type: 'plain_text', text: escapeShortened(button.label, MAX_LABEL_CHARS), emoji: false };
  const element = { type: 'button', text, action_id: `${button.kind}-${index}` };
  switch (button.kind) {
    case 'tap':
      return { ...element, value: checkedValue(button.data) };
    case 'url':
      return { ...element, url: button.url };
    case 'private':
      return { ...element, value: checkedValue(`${OPEN_PREFIX}${button.flow}`) };
    default:
      return button satisfies never;
  }
}

function checkedValue(data: string): string {
  if (data.length < 1 || data.length > MAX_VALUE_CHARS)
    throw new RangeError(
      `a button's value has ${data.length} characters; Slack takes 1 to ${MAX_VALUE_CHARS}`,
    );
  return data;
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
