import { join } from 'node:path';
import { Redis } from 'ioredis';
import { open } from 'lmdb';
import { partitionOf, type StoreRecord } from '../../src/model/index.js';
import { alice, aliceDirect, bobDirect, commitNext, snapshot } from '../contract/store/fixture.js';
import type { LiveStore, StoreKind } from './live-store.js';

/** A note of a hand-off. */
export const note = (outcome: string): StoreRecord => ({
  kind: 'append-audit',
  what: 'hand-off',
  outcome,
  bundle: 'b1',
});

/** Four notes of Alice and one of Bob. */
export async function noteSome({ store }: LiveStore): Promise<void> {
  const now = store.now();
  const kept = { snapshot: snapshot('asked', now) };
  for (const [index, outcome] of ['issued', 'opened', 'matched', 'completed'].entries())
    await commitNext(store, aliceDirect, { ...kept, records: [note(outcome)], now: now - 9_000 + index });
  await commitNext(store, bobDirect, { ...kept, records: [note('issued')], now });
}

/** Alice's chain as it is kept: entries in bytes, and its head. */
export interface Chain {
  entries: Buffer[];
  head: string | null;
}
export type Tamper = (chain: Chain) => void;

/** Changes Alice's chain behind the store's back. */
export async function tamper(kind: StoreKind, live: LiveStore, change: Tamper): Promise<void> {
  const partition = partitionOf(alice);
  if (kind === 'LMDB') {
    const path = join(live.folder, 'store');
    const db = open<Buffer>({ path, noSubdir: false, overlappingSync: false, encoding: 'binary' });
    const keys = [...db.getKeys()].filter(
      (key) => Array.isArray(key) && key[0] === 'audit' && key[1] === partition,
    );
    const headKey = ['audit-head', partition];
    const entries: readonly Buffer[] = keys.map((key) => Buffer.from(db.get(key) ?? Buffer.alloc(0)));
    const chain: Chain = { entries: [...entries], head: db.get(headKey)?.toString() ?? null };
    change(chain);
    await db.transaction(() => {
      for (const key of keys) db.remove(key);
      // An entry that was only taken out leaves the numbers of the others as they are.
      const numbers = chain.entries.map((entry, index) => {
        const at = entries.indexOf(entry);
        return at < 0 || chain.entries.length === entries.length ? index + 1 : at + 1;
      });
      for (const [index, entry] of chain.entries.entries())
        db.put(['audit', partition, numbers[index] ?? 0], entry);
      if (chain.head === null) db.remove(headKey);
      else db.put(headKey, Buffer.from(chain.head));
    });
    await db.close();
    return;
  }
  const redis = new Redis(live.name);
  const base = `ll:{${partition}}:`;
  const entries: readonly Buffer[] = await redis.lrangeBuffer(`${base}a`, 0, -1);
  const chain: Chain = { entries: [...entries], head: await redis.get(`${base}ah`) };
  change(chain);
  await redis.del(`${base}a`, `${base}ah`);
  for (const entry of chain.entries) await redis.rpush(`${base}a`, entry);
  if (chain.head !== null) await redis.set(`${base}ah`, chain.head);
  redis.disconnect();
}
