import {
  conversationId,
  type Decoded,
  type InboundContent,
  inboundId,
  personId,
} from '../../src/model/index.js';
import type { ShownButton } from './encode.js';

/** One line typed in a terminal. */
export interface ConsoleUpdate {
  readonly line: string;
  /** Who types; one person a terminal. */
  readonly userId: string;
  /** Different for every line of every run. */
  readonly lineId: string;
  /** What is on offer on the screen. */
  readonly shown: readonly ShownButton[];
  readonly localeHint?: string;
}

/** A line to an inbound message: the number or letter of a shown choice is a tap, `/word` a command, all else text. */
export function decode(update: ConsoleUpdate): Decoded {
  const { userId, lineId, localeHint } = update;
  return {
    kind: 'message',
    message: {
      id: inboundId('console', userId, lineId),
      platform: 'console',
      conversation: conversationId('console', { channel: 'terminal' }, userId),
      person: personId('console', userId),
      visibility: 'direct',
      content: contentOf(update),
      ...(localeHint === undefined ? {} : { localeHint }),
    },
  };
}

function contentOf({ line, shown }: ConsoleUpdate): InboundContent {
  const typed = line.normalize('NFKC').trim().replace(/[.)]$/, '').toLowerCase();
  const button = shown.find((choice) => choice.key === typed);
  if (button !== undefined) return { kind: 'tap', data: button.data };
  const [, name, text] = /^\/([a-z-]{1,32})(?:\s+(.*))?$/i.exec(line.trim()) ?? [];
  if (name === undefined) return { kind: 'text', text: line };
  return name === 'start'
    ? { kind: 'start', payload: text ?? '' }
    : { kind: 'command', name: name.toLowerCase().replaceAll('-', ''), text: text ?? '' };
}
