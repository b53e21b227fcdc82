import { setTimeout as wait } from 'node:timers/promises';
import type { Chance } from '../../test/chaos/chance.js';
import { BUTTON, OPENING, TAPPED } from '../wire/content.js';
import { type Talker, type Tally, tally, write } from '../wire/crowd.js';
import type { Line } from '../wire/lines.js';
import type { Wire } from '../wire/watch.js';

/** People who are there at the same time, and what each of them writes before they go for good. */
const PRESENT = 20;
const MESSAGES = 12;
/** Share of messages that are taps. */
const TAPS = 0.1;
/** Messages of one person that may wait for their answers. */
const MAX_WAITING = 3;

/** People who come, write, tap and go, one after another. */
export interface Turnover {
  /** Everybody who ever came. */
  readonly people: readonly Visitor[];
  /** Messages and taps so far. */
  readonly messages: number;
  /** Nobody writes any more; resolves once everything is answered, or nothing more comes. */
  stop(): Promise<void>;
}

interface Visitor extends Talker {
  taps: number;
  waiting: number;
  /** Whether the answer to a tap may still be on its way: what is shown then is of an older turn. */
  hasTapped: boolean;
}

/** Begins at once, with `rate` messages a second at random moments. */
export function startTurnover(line: Line, wire: Wire, rate: number, chance: Chance): Turnover {
  const people: Visitor[] = [];
  const present: Visitor[] = [];
  const arrivals = new Set<Promise<unknown>>();
  let messages = 0;
  let isOver = false;

  const come = (): void => {
    const visitor = { person: line.person(), written: [], taps: 0, waiting: 0, hasTapped: false };
    people.push(visitor);
    present.push(visitor);
    visitor.person.says(OPENING);
  };
  const act = (visitor: Visitor): void => {
    messages += 1;
    const mayTap = visitor.waiting === 0 && visitor.written.length > 0 && !visitor.hasTapped;
    if (mayTap && chance.happens(TAPS)) {
      visitor.taps += 1;
      visitor.hasTapped = true;
      visitor.person.taps(BUTTON);
      return;
    }
    visitor.waiting += 1;
    const arrival = wire.arrived(write(visitor)).then(() => {
      visitor.waiting -= 1;
      visitor.hasTapped = false;
      arrivals.delete(arrival);
    });
    arrivals.add(arrival);
    if (visitor.written.length >= MESSAGES) {
      present.splice(present.indexOf(visitor), 1);
      come();
    }
  };
  const live = async (): Promise<void> => {
    await line.connected();
    for (let count = 0; count < PRESENT; count += 1) come();
    for (let at = performance.now(); !isOver; ) {
      at += (-Math.log(1 - chance.below(1)) * 1000) / rate;
      const early = at - performance.now();
      if (early > 1) await wait(early);
      const visitor = chance.pick(present.filter(({ waiting }) => waiting < MAX_WAITING));
      if (visitor !== undefined) act(visitor);
    }
  };
  const living = live();
  return {
    people,
    get messages() {
      return messages;
    },
    stop: async () => {
      isOver = true;
      await living;
      await Promise.all(arrivals);
    },
  };
}

/** What came of all that people wrote and tapped. */
export interface Outcome extends Tally {
  readonly taps: number;
  readonly tapsAnswered: number;
}

/** Compares all that was written and tapped with all that people see. */
export function outcomeOf(people: readonly Visitor[]): Outcome {
  const tapsAnswered = people
    .flatMap(({ person }) => person.hears())
    .filter((text) => text.startsWith(TAPPED)).length;
  return { ...tally(people), taps: people.reduce((sum, { taps }) => sum + taps, 0), tapsAnswered };
}
