import type { ConversationId, Store } from '../model/index.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';

type Methods =
  | 'getValue'
  | 'setValue'
  | 'putPointer'
  | 'getPointer'
  | 'putBundle'
  | 'getBundle'
  | 'dropBundle'
  | 'activateBundle'
  | 'activeBundle'
  | 'takeTokens'
  | 'takeLease'
  | 'releaseLease';

/** What belongs to the program and is shared by its workers. */
export function programPart({ connection, codec, prefix }: RedisParts): Pick<Store, Methods> {
  const base = `${prefix}:{v}:`;
  const pointerKey = (name: string): string => `${prefix}:{o:${codec.hide(name)}}:o`;
  return {
    async getValue(name) {
      const found = await connection.call('GET', `${base}value:${name}`);
      return found === null ? null : codec.value(name, found as Buffer);
    },
    async setValue(name, value, under) {
      const keys = [`${base}value:${name}`, `${base}lease:${under?.name ?? ''}`];
      const args = [codec.seal(`v:${name}`, value), under?.token ?? ''];
      return Number(await connection.run(SCRIPTS.setValue, keys, args)) === 1;
    },
    async putPointer(name, conversation, until, now) {
      const key = pointerKey(name);
      const args = [conversation, Math.max(1, until - now)];
      return Number(await connection.run(SCRIPTS.putPointer, [key], args)) === 1;
    },
    async getPointer(name) {
      const found = await connection.call('GET', pointerKey(name));
      return found === null ? null : (String(found) as ConversationId);
    },
    async putBundle(hash, bundle) {
      await connection.call('SET', `${base}bundle:${hash}`, Buffer.from(bundle));
    },
    async getBundle(hash) {
      const found = await connection.call('GET', `${base}bundle:${hash}`);
      return found === null ? null : (found as Buffer);
    },
    async dropBundle(hash) {
      const keys = [`${base}bundle:${hash}`, `${base}active`];
      return Number(await connection.run(SCRIPTS.dropBundle, keys, [hash])) === 1;
    },
    async activateBundle(hash) {
      await connection.call('SET', `${base}active`, hash);
    },
    async activeBundle() {
      const found = await connection.call('GET', `${base}active`);
      return found === null ? null : String(found);
    },
    async takeTokens(bucket, want, rate, now) {
      const args = [want, 1000 / rate.perSecond, rate.burst, now];
      const reply = await connection.run(SCRIPTS.tokens, [`${prefix}:{b:${bucket}}`], args);
      const [granted, waitMs] = reply as number[];
      return { granted: Number(granted), waitMs: Number(waitMs) };
    },
    async takeLease(name, worker, ttlMs, now) {
      const token = String(
        await connection.run(SCRIPTS.lease, [`${base}lease:${name}`], [worker, now, ttlMs]),
      );
      return token === '' ? null : { name, worker, token: Number(token) };
    },
    async releaseLease(lease) {
      await connection.run(SCRIPTS.release, [`${base}lease:${lease.name}`], [lease.token]);
    },
  };
}
