import { PassThrough } from 'node:stream';
import { createConsoleAdapter } from '../../../adapters/console/index.js';
import type { Adapter } from '../../../src/model/index.js';
import type { OpenPlatform, Person, PlatformFixture, Seen } from './fixture.js';

/** The terminal: one person, no network, and nobody who repeats a line. */
export const consoleFixture: PlatformFixture = {
  name: 'the terminal',
  platform: 'console',
  traits: {
    network: false,
    people: 'one',
    bringsAgain: false,
    lostTap: 'is-lost',
    lostAnswer: 'once',
    tellsBlock: false,
    tellsOutage: false,
    edits: false,
    rooms: null,
  },
  troubles: [],
  open: () => Promise.resolve(openTerminal()),
};

/** What the person sees: their lines, and what each process of the bot printed while it had the terminal. */
type Line = { readonly from: 'bot'; text: string } | { readonly from: 'person'; readonly text: string };

function openTerminal(): OpenPlatform {
  const screen: Line[] = [];
  const waiting = new Set<{ readonly isDone: () => boolean; readonly resolve: () => void }>();
  let input: PassThrough | null = null;
  let posts = 0;

  const changed = (): void => {
    for (const waiter of [...waiting]) {
      if (!waiter.isDone()) continue;
      waiting.delete(waiter);
      waiter.resolve();
    }
  };
  const types = (line: string): string => {
    screen.push({ from: 'person', text: line });
    input?.write(`${line}\n`);
    return line;
  };

  const adapter = (): Adapter => {
    const own = new PassThrough();
    const output = new PassThrough();
    input = own;
    output.on('data', (bytes) => {
      // What has lost its terminal prints into nothing.
      if (input !== own) return;
      posts += 1;
      screen.push({ from: 'bot', text: String(bytes) });
      changed();
    });
    return createConsoleAdapter({
      ...{ input: own, output, color: false, userId: 'you', locale: null, localeHint: null, at: null },
      ...{ hint: '', goodbye: '', ended: () => undefined },
    });
  };

  const person: Person = {
    id: 'you',
    says: types,
    mentions: types,
    edits: () => undefined,
    deletes: () => undefined,
    command: (name) => {
      types(`/${name}`);
      return () => 'answered';
    },
    taps: (label) => {
      const shown = screen.findLast(({ from, text }) => from === 'bot' && keyOf(text, label) !== null);
      const key = shown === undefined ? null : keyOf(shown.text, label);
      if (key === null) throw new Error(`no choice "${label}" to be seen`);
      types(key);
      return () => 'answered';
    },
    tapsOf: () => () => 'answered',
    reachable: () => undefined,
    sees: () => screen.map(seenOf),
    notes: () => [],
  };

  return {
    adapter,
    ready: () => Promise.resolve(),
    person: () => person,
    room: (name = 'nowhere') => ({ name }),
    allowDeleting: () => undefined,
    limitAnswers: () => undefined,
    otherBotSays: () => undefined,
    repeatNext: null,
    unacknowledged: null,
    redeliver: () => undefined,
    giveUp: () => undefined,
    faults: null,
    trouble: () => undefined,
    posts: () => posts,
    transcript: () => JSON.stringify(screen.filter(({ from }) => from === 'bot')),
    cut: () => {
      input = null;
    },
    mend: () => undefined,
    until(isDone) {
      if (isDone()) return Promise.resolve();
      return new Promise((resolve) => waiting.add({ isDone, resolve }));
    },
    close: () => Promise.resolve(),
  };
}

const CHOICE = /^(?<key>\w+)\. (?<label>.*)$/;
const LINK = /^→ .*: (?<url>https?:\/\/\S+)$/;

/** What to type for a choice of a printed message. */
function keyOf(printed: string, label: string): string | null {
  const found = printed.split('\n').flatMap((line) => {
    const choice = CHOICE.exec(line)?.groups;
    return choice?.label === label ? [choice.key ?? ''] : [];
  });
  return found.at(-1) ?? null;
}

/** A printed message in its parts: words, links, choices. Colours and cursor movements would be marks. */
function seenOf({ from, text }: Line): Seen {
  const lines = text.replace(/^\n|\n$/g, '').split('\n');
  const isWords = (line: string): boolean => !CHOICE.test(line) && !LINK.test(line);
  const end = lines.findLastIndex(isWords) + 1;
  const rest = lines.slice(end);
  return {
    from,
    text: from === 'bot' ? lines.slice(0, end).join('\n') : text,
    marks: text.match(/[^\P{Cc}\n]/gu) ?? [],
    choices: rest.flatMap((line) => CHOICE.exec(line)?.groups?.label ?? []),
    links: rest.flatMap((line) => LINK.exec(line)?.groups?.url ?? []),
    alone: true,
  };
}
