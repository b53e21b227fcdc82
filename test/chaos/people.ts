import { setTimeout as wait } from 'node:timers/promises';
import type { TelegramPlatform } from '../platforms/telegram/server.js';
import type { User } from '../platforms/telegram/user.js';
import type { Chance } from './chance.js';
import { type Arrival, isOver, readReply, type Talk } from './ledger.js';
import type { PlainPlatform } from './plain-platform.js';

/**
 * How often somebody writes several messages at once, and how often somebody falls silent until the bot says something.
 */
const BURST = 0.2;
const SILENCE = 0.01;
const SILENCE_MS = 4_500;
const THINKING_MS = 30;
/** How often people look at their screens. */
const LOOK_MS = 40;

/** People on each platform. */
export interface Crowd {
  readonly discord: number;
  readonly slack: number;
  readonly telegram: number;
}

/** People who talk. */
export interface People {
  /** Everybody's conversations, as they are now. */
  talks(): readonly Talk[];
  /** Replies that people have had so far, each counted once. */
  replies(): number;
  /** Conversations in which something has yet to come. */
  waiting(): readonly Talk[];
  /** They talk, until they are hushed. */
  talk(): void;
  /** Nobody writes anything new; resolves when each has written what they were about to. */
  hush(): Promise<void>;
}

/** One way to reach the bot. */
interface Line {
  readonly talk: Talk;
  /** What has arrived, in words. */
  readonly heard: Set<string>;
  /** Reads what is new on the screen. */
  look(): void;
  /** Opens the flow that counts. */
  begin(): void;
  write(word: string): void;
}

/** Gathers people on the platforms; they say nothing yet. */
export function gather(
  crowd: Crowd,
  places: { readonly plain: PlainPlatform; readonly telegram: TelegramPlatform },
  chance: Chance,
): People {
  const lines: Line[] = [];
  for (const platform of ['discord', 'slack'] as const) {
    for (let index = 0; index < crowd[platform]; index += 1)
      lines.push(plainLine(places.plain, platform, `${platform}${index}`));
  }
  for (let index = 0; index < crowd.telegram; index += 1)
    lines.push(telegramLine(places.telegram.user({ languageCode: 'en' })));
  let isHushed = true;
  let lives: Promise<void> = Promise.resolve();

  const untilHeard = async (line: Line, words: readonly string[]): Promise<void> => {
    while (!isHushed) {
      line.look();
      if (words.every((word) => line.heard.has(word))) return;
      await wait(LOOK_MS / 2 + chance.below(LOOK_MS));
    }
  };
  const live = async (line: Line): Promise<void> => {
    await wait(chance.below(500));
    if (line.heard.size === 0) {
      line.begin();
      await untilHeard(line, ['hello']);
    }
    while (!isHushed) {
      const burst = chance.happens(BURST) ? 2 + Math.floor(chance.below(3)) : 1;
      const words = Array.from({ length: burst }, (_, index) => `m${line.talk.written.length + index + 1}`);
      for (const word of words) line.write(word);
      await untilHeard(line, words);
      await wait(chance.happens(SILENCE) ? SILENCE_MS : chance.below(THINKING_MS));
    }
  };

  return {
    talks: () => lines.map(({ talk }) => talk),
    replies: () => lines.reduce((sum, { heard }) => sum + heard.size, 0),
    waiting: () =>
      lines.flatMap((line) => {
        line.look();
        return isOver(line.talk, line.heard) ? [] : [line.talk];
      }),
    talk: () => {
      isHushed = false;
      lives = Promise.all(lines.map(live)).then(() => undefined);
    },
    hush: async () => {
      isHushed = true;
      await lives;
    },
  };
}

function plainLine(plain: PlainPlatform, platform: 'discord' | 'slack', user: string): Line {
  const talk = plain.open(platform, user);
  const heard = new Set<string>();
  let seen = 0;
  let pushed = 0;
  const push = (content: Parameters<PlainPlatform['push']>[3]): void => {
    pushed += 1;
    void plain.push(platform, user, String(pushed), content);
  };
  return {
    talk,
    heard,
    look: () => {
      for (const arrival of talk.arrived.slice(seen)) heard.add(readReply(arrival).what);
      seen = talk.arrived.length;
    },
    begin: () => {
      talk.written.push({ word: 'hello', at: Date.now() });
      push({ kind: 'start', payload: 'count' });
    },
    write: (word) => {
      talk.written.push({ word, at: Date.now() });
      push({ kind: 'text', text: word });
    },
  };
}

function telegramLine(user: User): Line {
  const talk: Talk = { name: `telegram:${user.id}`, hasNonce: false, written: [], arrived: [] };
  const heard = new Set<string>();
  let seen = 0;
  return {
    talk,
    heard,
    look: () => {
      const shown = user.seesFrom(seen);
      seen += shown.length;
      for (const { from, text, buttons, sentAt } of shown) {
        if (from !== 'bot') continue;
        const data = buttons[0]?.callback_data ?? null;
        const arrival: Arrival = { text, data, at: sentAt, worker: null, nonce: null, isAnswerLost: false };
        talk.arrived.push(arrival);
        heard.add(readReply(arrival).what);
      }
    },
    begin: () => {
      talk.written.push({ word: 'hello', at: Date.now() });
      user.starts('count');
    },
    write: (word) => {
      talk.written.push({ word, at: Date.now() });
      user.says(word);
    },
  };
}
