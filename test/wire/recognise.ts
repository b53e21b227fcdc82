import type { Button } from '../../src/model/index.js';
import type { Sight } from '../../src/simulate/stage.js';
import type { SeenButton, SeenMessage } from './ground.js';
import type { SentMessage } from './sent.js';

/** A sight with the messages on the screen that show it. */
export interface Recognised {
  readonly sight: Sight & { readonly kind: 'message' };
  readonly shownBy: readonly SeenMessage[];
}

/** What a message says that only carries buttons for which the one before had no room. */
const MORE = '…';

/** Whether a button opens the bot's direct chat at a flow. */
export type OpensChat = (button: SeenButton, flow: string) => boolean;

/**
 * Recognises what was sent in what is new on a screen: every word, every button with what it does, in order, and
 * nothing else. A sentence for the first thing that is otherwise.
 */
export function recognise(
  sent: readonly SentMessage[],
  fresh: readonly SeenMessage[],
  opensChat: OpensChat,
): readonly Recognised[] | string {
  const rest = [...fresh];
  const recognised: Recognised[] = [];
  for (const { message } of sent) {
    const about = message.keys.join(' + ');
    const parts = takeWords(message.text, rest, message.buttons.length);
    if (typeof parts === 'string') return `${about}: ${parts}`;
    const buttons = takeButtons(
      message.buttons,
      parts.flatMap((part) => part.buttons),
      opensChat,
    );
    if (typeof buttons === 'string') return `${about}: ${buttons}`;
    const text = parts.map((part) => part.text).join('\n');
    const { keys } = message;
    recognised.push({
      sight: { kind: 'message', text, buttons, keys, looks: looksOf(parts) },
      shownBy: parts,
    });
  }
  const [stray] = rest;
  return stray === undefined
    ? recognised
    : `"${beginning(stray.text)}" is to be seen, and was not sent there`;
}

/** Takes the messages that hold a text, and what carries its buttons only, off the front of the screen. */
function takeWords(text: string, screen: SeenMessage[], buttons: number): readonly SeenMessage[] | string {
  const parts: SeenMessage[] = [];
  for (let left = text.trim(); left !== ''; ) {
    const part = screen.shift();
    if (part === undefined) return `"${beginning(left)}" is not to be seen`;
    const words = part.text.trim();
    if (words === '' || !left.startsWith(words))
      return `should read "${beginning(left)}", but reads "${beginning(words)}"`;
    left = left.slice(words.length).trimStart();
    parts.push(part);
  }
  const last = parts.at(-1)?.text;
  const seen = (): number => parts.reduce((sum, part) => sum + part.buttons.length, 0);
  for (let next = screen[0]; next !== undefined && seen() < buttons; [next] = screen) {
    if (next.text !== MORE && next.text !== last) break;
    parts.push(next);
    screen.shift();
  }
  return parts;
}

/** The buttons as they are seen, in the order in which they were sent. */
function takeButtons(
  sent: readonly Button[],
  seen: readonly SeenButton[],
  opensChat: OpensChat,
): readonly Button[] | string {
  const left = [...seen];
  const places: number[] = [];
  for (const button of sent) {
    const index = left.findIndex(({ label }) => label === button.label);
    const found = left[index];
    if (found === undefined) {
      const labels = seen.map(({ label }) => label).join(', ');
      return `the button "${button.label}" is not to be seen${labels === '' ? '' : `, only ${labels}`}`;
    }
    left.splice(index, 1);
    const problem = wrongIn(button, found, opensChat);
    if (problem !== null) return `the button "${button.label}" ${problem}`;
    if (button.kind === 'tap' && button.numbered) places.push(seen.indexOf(found));
  }
  const [stray] = left;
  if (stray !== undefined) return `the button "${stray.label}" is to be seen, and was not sent`;
  return places.some((place, index) => place < (places[index - 1] ?? -1))
    ? 'the choices are in another order than they are counted in'
    : sent;
}

/** What is wrong with what a button does; `null` for nothing. */
function wrongIn(button: Button, seen: SeenButton, opensChat: OpensChat): string | null {
  switch (button.kind) {
    case 'tap':
      return seen.data === button.data && seen.url === null ? null : 'cannot be tapped for what it says';
    case 'url':
      return seen.url === button.url ? null : `leads to ${seen.url ?? 'nowhere'} instead of ${button.url}`;
    case 'private':
      return opensChat(seen, button.flow) ? null : `does not open the chat at ${button.flow}`;
  }
}

/** Messages as the platform shows them, for transcripts. */
function looksOf(parts: readonly SeenMessage[]): string {
  return parts
    .map(({ text, buttons, isEphemeral }) => {
      const shown = buttons.map(
        ({ label, url, inMenu }) => `  ${inMenu ? '▾ ' : ''}[${label}${url === null ? '' : ` → ${url}`}]`,
      );
      return [...(isEphemeral ? ['(only you can see this)'] : []), text, ...shown].join('\n');
    })
    .join('\n--\n');
}

function beginning(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
