import { blocksSchema } from './send-rules.js';
import { shownMarkup, shownPlain } from './words.js';
import type { SlackButton, StoredMessage } from './world.js';

/** A message as a person sees it. */
export interface SeenMessage {
  readonly ts: string;
  readonly from: 'bot' | 'user';
  readonly text: string;
  /** What in it is more than words: mentions, links, groups of people, formatting. */
  readonly marks: readonly string[];
  readonly buttons: readonly SlackButton[];
  readonly threadTs: string | null;
  readonly isEphemeral: boolean;
  readonly isEdited: boolean;
}

/** Shows a message: its blocks where it has some, else its text. */
export function seen(message: StoredMessage): SeenMessage {
  const blocks = blocksSchema.parse(message.blocks);
  const words =
    blocks.length === 0
      ? [message.isMarkup ? shownMarkup(message.text) : shownPlain(message.text)]
      : blocks.flatMap((block) =>
          block.type !== 'section'
            ? []
            : [block.text.type === 'mrkdwn' ? shownMarkup(block.text.text) : shownPlain(block.text.text)],
        );
  const buttons = blocks.flatMap((block) =>
    block.type !== 'actions'
      ? []
      : block.elements.map(({ text, action_id: actionId, value, url }) => ({
          label: shownPlain(text.text).text,
          actionId,
          blockId: block.block_id ?? '',
          ...(value === undefined ? {} : { value }),
          ...(url === undefined ? {} : { url }),
        })),
  );
  return {
    ts: message.ts,
    from: message.author === 'bot' ? 'bot' : 'user',
    text: words.map(({ text }) => text).join('\n'),
    marks: words.flatMap(({ marks }) => marks),
    buttons,
    threadTs: message.threadTs,
    isEphemeral: message.onlyFor !== null,
    isEdited: message.editedTs !== null,
  };
}
