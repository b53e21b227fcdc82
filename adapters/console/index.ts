import { randomUUID } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import {
  type Adapter,
  type AdapterHost,
  type InboundContent,
  type PlatformCall,
  type SendResult,
  UNLIMITED,
} from '../../src/model/index.js';
import { decode } from './decode.js';
import { encode, type PrintPayload, type ShownButton } from './encode.js';
import { CONSOLE_CAPABILITIES } from './limits.js';

export interface ConsoleOptions {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  readonly color: boolean;
  readonly userId: string;
  /** The language the person asked for; `null` for none. */
  readonly locale: string | null;
  /** The language the machine is set to; `null` when it does not tell. */
  readonly localeHint: string | null;
  /** A flow, or `FLOW.STEP`, to begin at; `null` for the welcome. */
  readonly at: string | null;
  /** One line below the first message: how to answer, how to leave. */
  readonly hint: string;
  readonly goodbye: string;
  /** Called when the person leaves (Ctrl+D) or the input ends. */
  readonly ended: () => void;
}

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const LINK = '\u001b[36m';
const RESET = '\u001b[0m';

/** The terminal as a platform: the reference adapter. A pipe is read line by line, each answered before the next. */
export function createConsoleAdapter(options: ConsoleOptions): Adapter {
  const { input, output, userId } = options;
  const interactive = input.isTTY === true;
  const paint = (code: string, text: string): string => (options.color ? `${code}${text}${RESET}` : text);
  let reader: Interface | null = null;
  let shown: readonly ShownButton[] = [];
  let handled: Promise<void> = Promise.resolve();

  const take = async (host: AdapterHost, line: string, content?: InboundContent): Promise<void> => {
    const locale = options.locale ?? options.localeHint;
    const hint = locale === null ? {} : { localeHint: locale };
    const decoded = decode({ line, userId, lineId: randomUUID(), shown, ...hint });
    if (decoded.kind !== 'message') return;
    const message = content === undefined ? decoded.message : { ...decoded.message, content };
    try {
      await host.receive(message);
      await host.delivered();
    } catch (error) {
      host.log.error({
        event: 'line-failed',
        code: error instanceof Error ? error.name : 'unknown',
        platform: 'console',
      });
    }
    reader?.prompt();
  };

  const opening = (): readonly InboundContent[] => {
    if (options.at !== null) return [{ kind: 'start', payload: options.at }];
    if (!interactive) return [];
    return [
      options.locale === null
        ? { kind: 'start', payload: '', resume: true }
        : { kind: 'command', name: 'language', text: options.locale },
    ];
  };

  return {
    capabilities: CONSOLE_CAPABILITIES,
    rates: { platform: UNLIMITED, direct: UNLIMITED, public: UNLIMITED },
    encode,
    start: async (host) => {
      // Nobody reads any more (a closed pipe): the talk is over.
      output.once('error', (error) => {
        host.log.warn({ event: 'output-closed', code: error.name, platform: 'console' });
        options.ended();
      });
      if (interactive) output.write(`${paint(DIM, options.hint)}\n`);
      for (const content of opening()) await take(host, '', content);
      reader = createInterface({
        input,
        ...(interactive ? { output, prompt: '> ' } : {}),
        terminal: interactive,
      });
      reader.on('line', (line) => {
        handled = handled.then(() => take(host, line));
      });
      reader.on('close', () => {
        if (interactive) output.write(`\n${options.goodbye}\n`);
        void handled.then(options.ended);
      });
      reader.prompt();
    },
    stop: async () => {
      reader?.close();
      await handled;
      // A socket as standard input would keep the process alive.
      input.destroy();
    },
    send: async (call: PlatformCall): Promise<SendResult> => {
      const { text, choices, links } = call.payload as unknown as PrintPayload;
      const lines = [
        '',
        text,
        ...links.map((link) => `${paint(DIM, '→')} ${link.label}: ${paint(LINK, link.url)}`),
        ...choices.map((choice) => `${paint(BOLD, `${choice.key}.`)} ${choice.label}`),
      ];
      output.write(`${lines.join('\n')}\n`);
      if (choices.length > 0) shown = merge(shown, choices);
      return { kind: 'sent' };
    },
  };
}

/** What a newer message offers replaces the same keys of an older one; a new list of numbers replaces all numbers. */
function merge(before: readonly ShownButton[], now: readonly ShownButton[]): readonly ShownButton[] {
  const numbers = now.some((choice) => /^[0-9]+$/.test(choice.key));
  const kept = before.filter(
    (choice) => !now.some((other) => other.key === choice.key) && !(numbers && /^[0-9]+$/.test(choice.key)),
  );
  return [...kept, ...now];
}
