import type { Button, EncodeTarget, OutboundMessage, PlatformCall } from '../../src/model/index.js';

/** One button as a terminal shows it: `key` is what the person types. */
export interface ShownButton {
  readonly key: string;
  readonly label: string;
  readonly data: string;
}

/** What `print` writes: text, then what can be typed, then where official links lead. */
export interface PrintPayload {
  readonly text: string;
  readonly choices: readonly ShownButton[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Messages to `print` calls: choices are numbered, helpers such as "it won't open" have a letter. Taps need no answer
 * here.
 */
export function encode(message: OutboundMessage, _to: EncodeTarget): readonly PlatformCall[] {
  if (message.kind !== 'message') return [];
  const taps = message.buttons.filter((button) => button.kind === 'tap');
  const numbered = taps.filter((button) => button.numbered);
  const helpers = taps.filter((button) => !button.numbered);
  const payload: PrintPayload = {
    text: printable(message.text),
    choices: [
      ...numbered.map((button, index) => shown(String(index + 1), button)),
      ...helpers.map((button, index) => shown(LETTERS[index] ?? '?', button)),
    ],
    links: message.buttons.flatMap((button: Button) =>
      button.kind === 'url' ? [{ label: printable(button.label), url: button.url }] : [],
    ),
  };
  return [{ method: 'print', payload: { ...payload } }];
}

function shown(key: string, button: { readonly label: string; readonly data: string }): ShownButton {
  return { key, label: printable(button.label), data: button.data };
}

/** Without control characters, which could move the cursor or change colours. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '');
}
