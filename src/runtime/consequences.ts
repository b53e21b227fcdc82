import type { Commit, Effect, Loaded, StoreRecord, TimerChange } from '../model/index.js';
import type { ShortRequest, TurnInput, TurnRequest } from './turn-request.js';

/** What an answer changes. `replicated`: not told before a replica has it; `false` by default. */
type Changes = Pick<Commit, 'snapshot' | 'outbox' | 'timers' | 'records'> &
  Partial<Pick<Commit, 'replicated' | 'handOff' | 'session'>>;

/** The one commit of an answer; who sends its rows is for the caller to say. */
export function commitOf(request: ShortRequest, loaded: Loaded, changes: Changes): Commit {
  const { conversation, person, seen, now, input } = request;
  const sentAt = input.kind === 'message' ? (input.message.sentAt ?? null) : null;
  const base = { conversation, person, seen, now, sentAt, expectedVersion: loaded.version };
  return { ...base, sender: null, replicated: false, ...changes };
}

/** The last change of each timer; the timer that has fired is taken away, and not one that was set anew meanwhile. */
export function timerChanges(effects: readonly Effect[], input: TurnInput): readonly TimerChange[] {
  const changes = new Map<string, TimerChange>();
  if (input.kind === 'timer')
    changes.set(input.timer, { kind: 'cancel', timer: input.timer, dueAt: input.dueAt });
  for (const effect of effects) {
    if (effect.kind === 'set-timer')
      changes.set(effect.timer, { kind: 'set', timer: effect.timer, dueAt: effect.dueAt });
    if (effect.kind === 'cancel-timer') changes.set(effect.timer, { kind: 'cancel', timer: effect.timer });
  }
  return [...changes.values()];
}

/** What the effects ask to be kept beside the snapshot. */
export function records(
  effects: readonly Effect[],
  request: TurnRequest,
  number: string | null,
  locale: string,
): readonly StoreRecord[] {
  const { person, platform, now } = request;
  return effects.flatMap((effect): readonly StoreRecord[] => {
    switch (effect.kind) {
      case 'human':
        return number === null
          ? []
          : [
              {
                kind: 'put-case',
                person,
                case: {
                  number,
                  topic: effect.topic,
                  platform,
                  locale,
                  openedAt: now,
                  state: 'open',
                  notified: false,
                },
              },
            ];
      case 'set-locale':
        return [{ kind: 'put-person', person, record: { locale: effect.locale } }];
      case 'forget-me':
        return [{ kind: 'forget', person }];
      case 'report':
        return [{ kind: 'count', name: `scam-report:${aKind(effect.what)}`, by: 1 }];
      default:
        return [];
    }
  });
}

/**
 * Counts the secrets of a turn by kind, platform and locale, each kind once: all that a message held, else what was
 * held and is one after all. Nothing in it belongs to anybody.
 */
export function secretCounts(
  effects: readonly Effect[],
  { input, platform }: TurnRequest,
  locale: string,
): readonly StoreRecord[] {
  const found = input.kind === 'message' ? input.inspection.secrets : [];
  const kinds =
    found.length > 0
      ? found
      : effects.flatMap((effect) => (effect.kind === 'secret-seen' ? [effect.secret] : []));
  return kinds.map((kind) => ({ kind: 'count', name: `secret:${kind}:${platform}:${locale}`, by: 1 }));
}

/** A kind is a word of ours, the value of a button; what a person typed is counted without it. */
function aKind(what: string): string {
  return /^[a-z]+(?:-[a-z]+)*$/.test(what) ? what : 'other';
}
