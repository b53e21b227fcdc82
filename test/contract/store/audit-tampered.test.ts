import { afterEach, describe, expect, it } from 'vitest';
import { partitionOf } from '../../../src/model/index.js';
import { verifyChain } from '../../../src/store/verify-audit.js';
import { liveStore, type StoreKind } from '../../support/live-store.js';
import { noteSome, type Tamper, tamper } from '../../support/tampered-audit.js';
import { alice } from './fixture.js';

const PARTITION = partitionOf(alice);

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

describe.each<StoreKind>(['LMDB', 'Redis'])('an audit trail that was tampered with on %s', (kind) => {
  it.each<[string, readonly string[], Tamper]>([
    [
      'an entry that was changed',
      ['2 changed'],
      ({ entries }) => {
        const bytes = entries[1];
        if (bytes !== undefined) bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      },
    ],
    ['an entry that was taken out', ['3 missing'], ({ entries }) => void entries.splice(1, 1)],
    [
      'two that changed places',
      kind === 'LMDB' ? ['2 changed', '3 changed'] : ['3 missing', '2 moved', '4 missing'],
      ({ entries }) => void entries.splice(1, 2, ...entries.slice(1, 3).reverse()),
    ],
    ['a tail that was cut', ['3 tail-cut'], ({ entries }) => void entries.pop()],
    ['a chain that was emptied', ['0 tail-cut'], ({ entries }) => void entries.splice(0)],
    [
      'a head that was taken away',
      ['4 head-changed'],
      (chain) => {
        chain.head = null;
      },
    ],
    ['a beginning that was cut', ['3 front-cut'], ({ entries }) => void entries.splice(0, 2)],
  ])('shows %s', async (_what, wanted, change) => {
    const live = await liveStore(kind, atEnd);
    await noteSome(live);
    await tamper(kind, live, change);
    const chain = await live.store.readAudit(PARTITION);
    const found = verifyChain(chain, PARTITION, live.store.now()).map(({ seq, why }) => `${seq} ${why}`);
    expect(found).toEqual(wanted);
  });
});
