import { personOf, type Store, UNANSWERED_KEPT } from '../model/index.js';
import { allBases, baseOf } from './redis-keys.js';
import { chunks } from './redis-outbox.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';
import { byDay, partitionIn } from './unanswered-id.js';

type Methods =
  | 'listCases'
  | 'updateCase'
  | 'readCounters'
  | 'listQuarantine'
  | 'dropQuarantine'
  | 'listUnanswered'
  | 'closeUnanswered';

/** What people of the support team and operators look at; all partitions are asked. */
export function supportPart({ connection, codec, prefix }: RedisParts): Pick<Store, Methods> {
  const bases = allBases(prefix);
  const newest = async (kind: string, limit: number): Promise<readonly { id: string; value: Buffer }[]> => {
    const replies = await Promise.all(
      bases.map((base) => connection.run(SCRIPTS.newest, [`${base}${kind}x`], [`${base}${kind}:`, limit])),
    );
    return replies
      .flatMap((reply) => chunks(reply as Buffer[], 3))
      .map(([value, score, id]) => ({
        value: value ?? Buffer.alloc(0),
        score: Number(score),
        id: String(id),
      }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  };
  /** The partition that holds a thing, and its value; `null` when none does. */
  const find = async (name: string): Promise<{ readonly base: string; readonly value: Buffer } | null> => {
    const values = await Promise.all(bases.map((base) => connection.call('GET', `${base}${name}`)));
    const at = values.findIndex((value) => value !== null);
    const base = bases[at];
    return base === undefined ? null : { base, value: values[at] as Buffer };
  };
  return {
    listCases: async (limit) => (await newest('k', limit)).map(({ id, value }) => codec.case(id, value).case),
    async updateCase(number, change) {
      for (;;) {
        const found = await find(`k:${number}`);
        if (found === null) return false;
        const before = codec.case(number, found.value);
        const after = codec.seal(`k:${number}`, { ...before, case: { ...before.case, ...change } });
        const key = `${found.base}k:${number}`;
        if (Number(await connection.run(SCRIPTS.replace, [key], [found.value, after])) === 1) return true;
      }
    },
    async readCounters() {
      const replies = await Promise.all(bases.map((base) => connection.call('HGETALL', `${base}ct`)));
      const counters: Record<string, number> = {};
      for (const reply of replies) {
        for (const [name, count] of chunks(reply as Buffer[], 2)) {
          counters[String(name)] = (counters[String(name)] ?? 0) + Number(count);
        }
      }
      return counters;
    },
    async listUnanswered() {
      const found = await newest('u', bases.length * UNANSWERED_KEPT);
      return found.map(({ id, value }) => codec.unanswered(id, value)).sort(byDay);
    },
    async closeUnanswered(id) {
      const key = `${baseOf(prefix, partitionIn(id))}u:${id}`;
      for (;;) {
        const before = (await connection.call('GET', key)) as Buffer | null;
        if (before === null) return false;
        const after = codec.seal(`u:${id}`, { ...codec.unanswered(id, before), done: true });
        if (Number(await connection.run(SCRIPTS.replace, [key], [before, after])) === 1) return true;
      }
    },
    listQuarantine: async (limit) =>
      (await newest('f', limit)).map(({ id, value }) => codec.quarantine(id, value)),
    async dropQuarantine(id) {
      const found = await find(`f:${id}`);
      if (found === null) return false;
      const { conversation } = codec.quarantine(id, found.value);
      const { base } = found;
      const keys = [`${base}f:${id}`, `${base}fx`, `${base}p:${personOf(conversation)}`];
      return Number(await connection.run(SCRIPTS.dropFiled, keys, [id, `f${id}`])) === 1;
    },
  };
}
