import {
  type ConversationId,
  DEAD_TTL_MS,
  type DueTimer,
  IDLE_TTL_MS,
  LifelineError,
  PERSON_TTL_MS,
  personOf,
  type RowId,
  type RowOutcome,
  type Settled,
  type Settling,
  type Store,
} from '../model/index.js';
import { readable } from './records.js';
import { allBases, keysOfTalk } from './redis-keys.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';

/** The state of a lane outlives its claim by this, so that a late holder is recognised. */
const LANE_KEPT_MS = 60_000;

type Methods =
  | 'nextRow'
  | 'dueLanes'
  | 'claimLane'
  | 'renewLane'
  | 'settleRow'
  | 'listDead'
  | 'retryDead'
  | 'dropDead'
  | 'dueTimers'
  | 'claimTimers'
  | 'nextDue';

/** Lanes, timers and dead letters. */
export function outboxPart(parts: RedisParts): Pick<Store, Methods> {
  const { connection, codec, prefix } = parts;
  const bases = allBases(prefix);

  const timersOf = async (
    base: string,
    now: number,
    limit: number,
    leaseMs: number | '',
  ): Promise<readonly FoundTimer[]> => {
    const keys = [`${base}tm`, `${base}th`];
    const reply = await connection.run(SCRIPTS.dueTimers, keys, [now, limit, leaseMs, base]);
    return inFours(reply as Buffer[]).map((each) => ({ ...each, base }));
  };
  const earliest = async (
    parts: readonly Promise<readonly FoundTimer[]>[],
    limit: number,
  ): Promise<readonly FoundTimer[]> => {
    const found = (await Promise.all(parts)).flat();
    return found.sort((a, b) => a.score - b.score).slice(0, limit);
  };
  const opened = (found: readonly FoundTimer[]): readonly DueTimer[] =>
    readable(found, ({ conversation, sealed }) => codec.timer(conversation, sealed));

  const revive = async (id: RowId, now: number | ''): Promise<boolean> => {
    const conversation = conversationOf(id);
    const keys = keysOfTalk(prefix, conversation);
    const { base } = keys;
    const names = [keys.queue, `${base}due`, keys.person, `${base}d:${id}`, `${base}dx`, `${base}n`];
    return Number(await connection.run(SCRIPTS.revive, names, [conversation, id, now, IDLE_TTL_MS])) === 1;
  };

  return {
    async nextRow(conversation, now) {
      const first = await connection.call('LINDEX', keysOfTalk(prefix, conversation).queue, 0);
      if (first === null) return null;
      const row = codec.row(first as Buffer);
      return row.notBefore <= now ? row : null;
    },
    async dueLanes(now, limit) {
      const replies = await Promise.all(
        bases.map((base) => connection.run(SCRIPTS.dueLanes, [`${base}due`], [now, limit, base])),
      );
      const found = replies.flatMap((reply) => inTwos(reply as Buffer[]));
      found.sort((a, b) => a.score - b.score);
      return found.slice(0, limit).map(({ name }) => name as ConversationId);
    },
    async claimLane(conversation, sender, now) {
      const keys = keysOfTalk(prefix, conversation);
      const names = [keys.queue, keys.lane, `${keys.base}due`, `${keys.base}n`];
      const reply = await connection.run(SCRIPTS.claim, names, [conversation, now, sender.leaseMs]);
      const [token, paceAt, first] = reply as Buffer[];
      if (token === undefined || first === undefined) return null;
      return { conversation, token: Number(token), row: codec.row(first), paceAt: Number(paceAt) };
    },
    async renewLane({ conversation, token }, leaseMs, now) {
      const { lane } = keysOfTalk(prefix, conversation);
      const args = [token, now + leaseMs, leaseMs + LANE_KEPT_MS];
      return Number(await connection.run(SCRIPTS.renew, [lane], args)) === 1;
    },
    async settleRow(id, outcome, settling): Promise<Settled> {
      const conversation = conversationOf(id);
      const keys = keysOfTalk(prefix, conversation);
      const names = [keys.queue, keys.lane, `${keys.base}due`, keys.person];
      const args = [conversation, id, ...settleArguments(outcome, settling), keys.base];
      const lifetimes = [DEAD_TTL_MS, PERSON_TTL_MS, IDLE_TTL_MS];
      const reply = await connection.run(SCRIPTS.settle, names, [...args, ...lifetimes, parts.attempt()]);
      const [kind, next] = reply as Buffer[];
      if (kind?.toString() === 'lost') return { kind: 'lost' };
      return { kind: 'settled', next: next === undefined || next.length === 0 ? null : codec.row(next) };
    },
    async listDead(limit) {
      const replies = await Promise.all(
        bases.map((base) => connection.run(SCRIPTS.newest, [`${base}dx`], [`${base}d:`, limit])),
      );
      const found = replies.flatMap((reply) => inThrees(reply as Buffer[]));
      found.sort((a, b) => b.score - a.score);
      return found.slice(0, limit).map(({ value }) => codec.dead(value));
    },
    retryDead: (id, now) => revive(id, now),
    dropDead: (id) => revive(id, ''),
    dueTimers: async (now, limit) =>
      opened(
        await earliest(
          bases.map((base) => timersOf(base, now, limit, '')),
          limit,
        ),
      ),
    async claimTimers(now, limit, leaseMs) {
      // Looked at first: each partition hides what it gives, and all together have more than may be taken.
      const free = await earliest(
        bases.map((base) => timersOf(base, now, limit, 0)),
        limit,
      );
      const wanted = new Map<string, number>();
      for (const { base } of free) wanted.set(base, (wanted.get(base) ?? 0) + 1);
      const claimed = [...wanted].map(([base, count]) => timersOf(base, now, count, leaseMs));
      return opened(await earliest(claimed, limit));
    },
    async nextDue() {
      const replies = await Promise.all(
        bases.map((base) =>
          connection.run(SCRIPTS.nextDue, [`${base}due`, `${base}tm`, `${base}th`], [base]),
        ),
      );
      const times = replies.flatMap((reply) => {
        const text = String(reply);
        return text === '' ? [] : [Math.floor(Number(text))];
      });
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}

/** Arguments 3 to 11 of `lua/settle.lua`. */
function settleArguments(outcome: RowOutcome, settling: Settling | undefined): readonly (string | number)[] {
  const waits = outcome.kind === 'later' || outcome.kind === 'held';
  return [
    outcome.kind,
    settling?.token ?? '',
    settling?.paceAt ?? 0,
    settling?.now ?? 0,
    settling?.leaseMs ?? 0,
    waits ? outcome.notBefore : '',
    outcome.kind === 'later' ? (outcome.unclearSince ?? '') : '',
    outcome.kind === 'dead' ? outcome.code : '',
    outcome.kind === 'dead' ? outcome.at : '',
  ];
}

/** The conversation of a row; its id begins with it. */
function conversationOf(id: RowId): ConversationId {
  const conversation = id.slice(0, id.indexOf('#')) as ConversationId;
  // Throws for what is no id: no key is made of it.
  personOf(conversation);
  return conversation;
}

interface Scored {
  readonly score: number;
}

interface FoundTimer extends Scored {
  readonly conversation: ConversationId;
  readonly sealed: Buffer;
  /** Of the partition it is in. */
  readonly base: string;
}

function inTwos(reply: readonly Buffer[]): readonly (Scored & { readonly name: string })[] {
  return chunks(reply, 2).map(([name, score]) => ({ name: String(name), score: Number(score) }));
}

function inThrees(
  reply: readonly Buffer[],
): readonly (Scored & { readonly value: Buffer; readonly id: string })[] {
  return chunks(reply, 3).map(([value, score, id]) => ({
    value: value ?? Buffer.alloc(0),
    score: Number(score),
    id: String(id),
  }));
}

function inFours(
  reply: readonly Buffer[],
): readonly (Scored & { readonly conversation: ConversationId; readonly sealed: Buffer })[] {
  return chunks(reply, 4).map(([conversation, , sealed, score]) => {
    if (sealed === undefined) throw new LifelineError('store-damaged', 'a record of "timer" is missing');
    return { conversation: String(conversation) as ConversationId, sealed, score: Number(score) };
  });
}

/** A flat reply in pieces of one length. */
export function chunks(reply: readonly Buffer[], length: number): readonly (readonly Buffer[])[] {
  return Array.from({ length: reply.length / length }, (_, index) =>
    reply.slice(index * length, (index + 1) * length),
  );
}
