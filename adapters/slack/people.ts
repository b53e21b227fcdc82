import { z } from 'zod';
import type { Clock } from '../../src/model/index.js';
import { within } from '../shared/pause.js';
import type { CallApi } from './api.js';

/** People who are remembered; the one asked for longest ago goes first. */
const MAX_PEOPLE = 10_000;
/** A person is asked for again after this; so is one of whom nothing could be had. */
const KEPT_MS = 6 * 3_600_000;
const UNKNOWN_KEPT_MS = 300_000;

/** Of another form than expected, either counts as not told. */
const answerSchema = z.object({
  user: z.object({
    locale: z.string().min(2).max(35).optional().catch(undefined),
    name: z.string().min(1).max(80).optional().catch(undefined),
  }),
});

/** What Slack tells of a person beside their id. */
export interface AboutPerson {
  /** The language they have set (BCP-47); it only seeds the choice of a locale. */
  readonly localeHint?: string;
  /** Their own name, which messages do not tell. */
  readonly handle?: string;
}

export interface People {
  /** Empty when Slack does not tell, or not in time. Never rejects. */
  of(userId: string): Promise<AboutPerson>;
}

interface Known {
  readonly person: Promise<AboutPerson>;
  until: number;
}

const NOTHING: AboutPerson = {};

/**
 * Asks `users.info` once a person. All who wait for one person wait for the same answer, so that their messages stay in
 * order.
 */
export function createPeople(api: CallApi, clock: Clock, waitMs: number): People {
  const known = new Map<string, Known>();

  const ask = async (userId: string): Promise<AboutPerson> => {
    const answer = await api('users.info', { user: userId, include_locale: true });
    if (answer.kind !== 'ok') return NOTHING;
    const { locale, name } = answerSchema.safeParse(answer.result).data?.user ?? {};
    return {
      ...(locale === undefined ? {} : { localeHint: locale }),
      ...(name === undefined ? {} : { handle: name }),
    };
  };

  const inTime = async (userId: string): Promise<AboutPerson> => {
    let person = NOTHING;
    const asked = ask(userId).then((answered) => {
      person = answered;
    });
    return (await within(clock, waitMs, asked)) ? person : NOTHING;
  };

  return {
    of(userId) {
      const now = clock.now();
      const before = known.get(userId);
      if (before !== undefined && before.until > now) return before.person;
      const entry: Known = {
        until: now + KEPT_MS,
        person: inTime(userId).then((person) => {
          if (person.localeHint === undefined) entry.until = now + UNKNOWN_KEPT_MS;
          return person;
        }),
      };
      known.delete(userId);
      known.set(userId, entry);
      for (const oldest of known.keys()) {
        if (known.size <= MAX_PEOPLE) break;
        known.delete(oldest);
      }
      return entry.person;
    },
  };
}
