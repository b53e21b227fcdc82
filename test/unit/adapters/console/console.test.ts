import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../adapters/console/decode.js';
import { encode } from '../../../../adapters/console/encode.js';
import { type ConsoleOptions, createConsoleAdapter } from '../../../../adapters/console/index.js';
import type {
  AdapterHost,
  InboundContent,
  InboundMessage,
  OutboundMessage,
} from '../../../../src/model/index.js';
import { createFakeClock } from '../../../../src/simulate/fake-clock.js';
import { keptLog } from '../../../support/engine.js';
import { FIRST_TRY } from '../../../support/first-try.js';

const TO = { place: { channel: 'terminal' }, userId: 'me', visibility: 'direct', botHandle: '' } as const;
const SHOWN = [
  { key: '1', label: 'Yes', data: 'D1' },
  { key: '2', label: 'No', data: 'D2' },
  { key: 'a', label: 'It does not open', data: 'DA' },
];
const QUESTION: OutboundMessage = {
  kind: 'message',
  text: 'Has it come?\u001b[2J\u0007',
  keys: ['mail.came'],
  private: false,
  buttons: [
    { kind: 'url', label: 'Open the page', url: 'https://wallet.example/', link: 'page' },
    { kind: 'tap', label: 'Yes', value: 'yes', data: 'D1', numbered: true },
    { kind: 'tap', label: 'It does not open', value: 'wont-open', data: 'DA', numbered: false },
    { kind: 'tap', label: 'No', value: 'no', data: 'D2', numbered: true },
  ],
};

function contentOf(line: string): InboundContent | null {
  const decoded = decode({ line, userId: 'me', lineId: '1', shown: SHOWN });
  return decoded.kind === 'message' ? decoded.message.content : null;
}

describe('decode', () => {
  it.each(['1', ' 1 ', '1.', '1)', '１', '１．'])('takes "%s" for the first choice', (line) => {
    expect(contentOf(line)).toEqual({ kind: 'tap', data: 'D1' });
  });

  it.each(['a', 'A', 'a)'])('takes "%s" for the helper', (line) => {
    expect(contentOf(line)).toEqual({ kind: 'tap', data: 'DA' });
  });

  it.each(['3', '12', 'yes', '1 or 2', ''])('takes "%s" for words', (line) => {
    expect(contentOf(line)).toEqual({ kind: 'text', text: line });
  });

  it.each([
    ['/start', { kind: 'start', payload: '' }],
    ['/start mail-missing.came', { kind: 'start', payload: 'mail-missing.came' }],
    ['/help', { kind: 'command', name: 'help', text: '' }],
    ['/Language zh-CN', { kind: 'command', name: 'language', text: 'zh-CN' }],
    ['/forget-me', { kind: 'command', name: 'forgetme', text: '' }],
  ] as const)('takes "%s" for a command', (line, content) => {
    expect(contentOf(line)).toEqual(content);
  });

  it.each(['/', '/1', 'a /help', '/help!'])('takes "%s" for no command', (line) => {
    expect(contentOf(line)).toEqual({ kind: 'text', text: line });
  });

  it('names person, place and line', () => {
    const decoded = decode({ line: 'x', userId: 'me', lineId: '7', shown: [], localeHint: 'en' });
    expect(decoded).toMatchObject({
      kind: 'message',
      message: {
        id: 'console:me:7',
        conversation: 'console:terminal:me',
        person: 'console:me',
        visibility: 'direct',
        localeHint: 'en',
      },
    });
  });
});

describe('encode', () => {
  it('numbers the choices, letters the helpers, lists the links, and drops what could move the cursor', () => {
    expect(encode(QUESTION, TO)).toEqual([
      {
        method: 'print',
        payload: {
          text: 'Has it come?[2J',
          choices: [
            { key: '1', label: 'Yes', data: 'D1' },
            { key: '2', label: 'No', data: 'D2' },
            { key: 'a', label: 'It does not open', data: 'DA' },
          ],
          links: [{ label: 'Open the page', url: 'https://wallet.example/' }],
        },
      },
    ]);
  });

  it('has nothing to do for deletions and taps', () => {
    expect(encode({ kind: 'delete', messageRef: '1' }, TO)).toEqual([]);
    expect(encode({ kind: 'answer-tap', token: 't', text: '' }, TO)).toEqual([]);
  });
});

describe('createConsoleAdapter', () => {
  /** Plays lines into the adapter; `answer` shows one message for each. */
  async function played(
    lines: readonly string[],
    parts: {
      readonly at?: string;
      readonly answer?: (message: InboundMessage) => OutboundMessage | null;
    } = {},
  ) {
    const input = new PassThrough();
    const output = new PassThrough();
    const received: InboundMessage[] = [];
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const options: ConsoleOptions = {
      input,
      output,
      color: false,
      userId: 'me',
      locale: null,
      localeHint: 'en',
      at: parts.at ?? null,
      hint: 'hint',
      goodbye: 'bye',
      ended,
    };
    const adapter = createConsoleAdapter(options);
    const log = keptLog();
    const host: AdapterHost = {
      receive: async (message) => {
        received.push(message);
        const answer = parts.answer === undefined ? QUESTION : parts.answer(message);
        if (answer !== null)
          for (const call of adapter.encode(answer, TO)) await adapter.send(call, FIRST_TRY);
        return { kind: 'committed' };
      },
      delivered: () => Promise.resolve(),
      log,
      clock: createFakeClock(0),
      values: { get: async () => null, set: async () => true },
      intake: () => ({ stop: async () => undefined }),
      commands: [],
    };
    await adapter.start(host);
    input.end(`${lines.join('\n')}\n`);
    await end;
    await adapter.stop();
    return { received, printed: String(output.read() ?? ''), log };
  }

  it('reads a pipe line by line, each answered before the next, without hint and goodbye', async () => {
    const { received, printed } = await played(['hello', '2']);
    expect(received.map((message) => message.content)).toEqual([
      { kind: 'text', text: 'hello' },
      { kind: 'tap', data: 'D2' },
    ]);
    expect(printed).toBe(
      '\nHas it come?[2J\n→ Open the page: https://wallet.example/\n1. Yes\n2. No\na. It does not open\n'.repeat(
        2,
      ),
    );
  });

  it('gives every line an id of its own, also a repeated one', async () => {
    const { received } = await played(['x', 'x']);
    expect(new Set(received.map((message) => message.id)).size).toBe(2);
  });

  it('begins where it is told to', async () => {
    const { received } = await played([], { at: 'mail-missing.came' });
    expect(received[0]?.content).toEqual({ kind: 'start', payload: 'mail-missing.came' });
  });

  it('takes a number of a list that is gone for words, and keeps a helper', async () => {
    const shorter: OutboundMessage = {
      kind: 'message',
      text: 'x',
      keys: [],
      private: false,
      buttons: [{ kind: 'tap', label: 'Go', value: 'go', data: 'E1', numbered: true }],
    };
    let first = true;
    const { received } = await played(['x', 'y', '2', '1', 'a'], {
      answer: () => {
        const message = first ? QUESTION : shorter;
        first = false;
        return message;
      },
    });
    expect(received.slice(2).map((message) => message.content)).toEqual([
      { kind: 'text', text: '2' },
      { kind: 'tap', data: 'E1' },
      { kind: 'tap', data: 'DA' },
    ]);
  });

  it('logs a line that failed and goes on with the next', async () => {
    let failed = false;
    const { received, log } = await played(['x', 'y'], {
      answer: () => {
        if (!failed) {
          failed = true;
          throw new TypeError('broken');
        }
        return null;
      },
    });
    expect(received).toHaveLength(2);
    expect(log.lines).toEqual([{ event: 'line-failed', code: 'TypeError', platform: 'console' }]);
  });
});
