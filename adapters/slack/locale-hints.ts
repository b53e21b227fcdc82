import { z } from 'zod';
import type { Clock } from '../../src/model/index.js';
import { within } from '../shared/pause.js';
import type { CallApi } from './api.js';

/** People whose locale is remembered; the one asked for longest ago goes first. */
const MAX_PEOPLE = 10_000;
/** A locale is asked for again after this; so is one that could not be had. */
const KEPT_MS = 6 * 3_600_000;
const UNKNOWN_KEPT_MS = 300_000;

const answerSchema = z.object({ user: z.object({ locale: z.string().min(2).max(35) }) });

/** The languages people have set in Slack. They only seed the choice of a locale. */
export interface LocaleHints {
  /** BCP-47, or `null` when Slack does not tell, or not in time. Never rejects. */
  of(userId: string): Promise<string | null>;
}

interface Known {
  readonly locale: Promise<string | null>;
  until: number;
}

/**
 * Asks `users.info` once a person. All who wait for one person's locale wait for the same answer, so that their
 * messages stay in order.
 */
export function createLocaleHints(api: CallApi, clock: Clock, waitMs: number): LocaleHints {
  const known = new Map<string, Known>();

  const ask = async (userId: string): Promise<string | null> => {
    const answer = await api('users.info', { user: userId, include_locale: true });
    if (answer.kind !== 'ok') return null;
    const parsed = answerSchema.safeParse(answer.result);
    return parsed.success ? parsed.data.user.locale : null;
  };

  const inTime = async (userId: string): Promise<string | null> => {
    let locale: string | null = null;
    const asked = ask(userId).then((answered) => {
      locale = answered;
    });
    return (await within(clock, waitMs, asked)) ? locale : null;
  };

  return {
    of(userId) {
      const now = clock.now();
      const before = known.get(userId);
      if (before !== undefined && before.until > now) return before.locale;
      const entry: Known = {
        until: now + KEPT_MS,
        locale: inTime(userId).then((locale) => {
          if (locale === null) entry.until = now + UNKNOWN_KEPT_MS;
          return locale;
        }),
      };
      known.delete(userId);
      known.set(userId, entry);
      for (const oldest of known.keys()) {
        if (known.size <= MAX_PEOPLE) break;
        known.delete(oldest);
      }
      return entry.locale;
    },
  };
}
