import {
  AUDIT_TTL_MS,
  CASE_TTL_MS,
  type Commit,
  DEAD_TTL_MS,
  IDLE_TTL_MS,
  type Limit,
  PERSON_TTL_MS,
  type PersonId,
  partitionOf,
  SEEN_TTL_MS,
  TOMBSTONE_TTL_MS,
  UNANSWERED_KEPT,
  UNANSWERED_TTL_MS,
} from '../model/index.js';
import { type Extension, NO_NOTES } from './redis-audit-writer.js';
import type { Argument } from './redis-connection.js';
import { baseOfPerson, keysOfTalk } from './redis-keys.js';
import type { RedisParts } from './redis-parts.js';
import { seenMark } from './seen-mark.js';

type Parts = Pick<RedisParts, 'codec' | 'prefix' | 'attempt'>;

/** Keys and arguments of a commit, in the order of `lua/commit.lua`. */
export function commandOf(
  parts: Parts,
  commit: Commit,
  extension: Extension = NO_NOTES,
): { readonly keys: readonly string[]; readonly args: readonly Argument[] } {
  const { codec, prefix, attempt } = parts;
  const { conversation, person, snapshot, now, sentAt, sender } = commit;
  const keys = keysOfTalk(prefix, conversation);
  const { base } = keys;
  let record: Buffer | '' = '';
  let forgets = 0;
  let silence = '';
  const counts: Argument[] = [];
  const cases: Argument[] = [];
  const quarantine: Argument[] = [];
  const limits: Argument[] = [];
  const unanswered: Argument[] = [];
  for (const each of commit.records) {
    if (each.kind === 'append-audit') continue;
    if (each.kind === 'silence') silence = each.code;
    else if (each.kind === 'count') counts.push(each.name, each.by);
    else if (each.kind === 'take-limit') limits.push(each.name, limitsOf(each.limits));
    else if (each.kind === 'keep-unanswered') {
      const { id, day } = each.entry;
      unanswered.push(id, day, codec.seal(`u:${id}`, each.entry), Math.max(1, day + UNANSWERED_TTL_MS - now));
    } else if (each.kind === 'put-quarantine') {
      quarantine.push(each.entry.id, each.entry.at, codec.seal(`f:${each.entry.id}`, each.entry));
    } else {
      refuseOthers(each.person, person);
      if (each.kind === 'forget') forgets = 1;
      else if (each.kind === 'put-person') record = codec.seal(`p:${person}`, each.record);
      else {
        const { number, openedAt } = each.case;
        cases.push(number, openedAt, codec.seal(`k:${number}`, { case: each.case, person }));
      }
    }
  }
  const stone = sentAt !== null || forgets === 1 ? tombstoneOf(parts, person) : null;
  const rows = commit.outbox.flatMap((row) => [row.id, codec.rowBody(row.id, { ...row, conversation })]);
  const changes = new Map(commit.timers.map((change) => [change.timer, change] as const));
  const timers = [...changes.values()].flatMap((change): Argument[] => {
    const hidden = codec.hide(change.timer);
    if (change.kind === 'cancel') return [hidden, '', change.dueAt ?? ''];
    const { timer, dueAt } = change;
    return [hidden, dueAt, codec.seal(`t:${conversation}`, { conversation, timer, dueAt })];
  });
  const lifetime = snapshot === null ? IDLE_TTL_MS : Math.max(1, snapshot.lastAt + IDLE_TTL_MS - now);
  return {
    keys: [
      keys.talk,
      keys.queue,
      keys.lane,
      keys.person,
      `${base}s:${hashOf(seenMark(person, commit.seen))}`,
      `${base}due`,
      `${base}tm`,
      `${base}n`,
      `${base}ct`,
      // Nobody looks at it when there is nothing to compare it with.
      stone?.key ?? `${base}x:`,
    ],
    args: [
      conversation,
      commit.beside === true ? 'beside' : commit.expectedVersion,
      attempt(),
      now,
      sentAt ?? '',
      snapshot === null ? '' : codec.seal(`c:${conversation}`, snapshot),
      lifetime,
      sender?.leaseMs ?? '',
      base,
      record,
      forgets,
      sentAt ?? now,
      forgets === 1 && stone !== null ? stone.sealed() : '',
      SEEN_TTL_MS,
      IDLE_TTL_MS,
      PERSON_TTL_MS,
      CASE_TTL_MS,
      DEAD_TTL_MS,
      TOMBSTONE_TTL_MS,
      commit.outbox.length,
      ...rows,
      changes.size,
      ...timers,
      counts.length / 2,
      ...counts,
      cases.length / 3,
      ...cases,
      quarantine.length / 3,
      ...quarantine,
      limits.length / 2,
      ...limits,
      unanswered.length / 4,
      ...unanswered,
      UNANSWERED_KEPT,
      extension.entries.length,
      ...extension.entries,
      AUDIT_TTL_MS,
      extension.before,
      extension.after,
      silence,
    ],
  };
}

/** `max:windowMs` of each. */
function limitsOf(limits: readonly Limit[]): string {
  return limits.map(({ max, windowMs }) => `${max}:${windowMs}`).join(' ');
}

/** One script reaches one partition. */
function refuseOthers(person: PersonId, own: PersonId): void {
  if (person !== own && partitionOf(person) !== partitionOf(own))
    throw new TypeError('a turn keeps records of its own person only');
}

/** The hash of a seen-mark, without its partition. */
export function hashOf(mark: string): string {
  return mark.slice(mark.indexOf('.') + 1);
}

/** Where the tombstone of a person is kept, and what is kept there. */
export function tombstoneOf(
  { codec, prefix }: Parts,
  person: PersonId,
): { readonly key: string; readonly sealed: () => Buffer } {
  const hidden = codec.hide(person);
  return {
    key: `${baseOfPerson(prefix, person)}x:${hidden}`,
    sealed: () => codec.seal(`x:${hidden}`, { person }),
  };
}
