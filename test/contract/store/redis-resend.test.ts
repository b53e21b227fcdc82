import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sender, Settling, Store } from '../../../src/model/index.js';
import { openOn } from '../../support/redis/open-redis.js';
import { type RunningRedis, startRedis } from '../../support/redis/start-redis.js';
import { startProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import {
  alice,
  aliceDirect,
  bobDirect,
  commitNext,
  freshInbound,
  NOW,
  openedCase,
  row,
  turn,
} from './fixture.js';

const SENDER: Sender = { worker: 'w1', leaseMs: 3_000 };
/** Every script, and nothing a client sends on its own. */
const SCRIPT = 'evalsha';

let server: RunningRedis;
let proxy: TcpProxy;
let store: Store;
beforeAll(async () => {
  server = await startRedis();
  proxy = await startProxy(server.port);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});
beforeEach(async () => {
  await server.empty();
  store = await openOn(`redis://127.0.0.1:${proxy.port}`);
  // Scripts the server knows from now on: the answers dropped below are those of scripts that ran.
  await commitNext(store, bobDirect, { outbox: [row(bobDirect, 1)], sender: SENDER });
  await store.settleRow(row(bobDirect, 1).id, { kind: 'sent' });
  await store.countFailure(bobDirect, freshInbound(), NOW);
  await store.updateCase('none', { state: 'taken' });
});
afterEach(() => store.close());

/** What an operation answers when its first answer, given by a server that did the work, is lost on the way. */
async function answerLost<Answer>(operation: () => Promise<Answer>): Promise<Answer> {
  const dropped = proxy.dropNextAnswer(SCRIPT);
  const [answer] = await Promise.all([operation(), dropped]);
  return answer;
}

describe('an operation whose answer was lost', () => {
  it('commits once and answers as the first time', async () => {
    const commit = turn(aliceDirect, {
      outbox: [row(aliceDirect, 1)],
      sender: SENDER,
      records: [{ kind: 'count', name: 'turns', by: 1 }],
    });
    const result = await answerLost(() => store.commit(commit));
    const { version } = await store.load(aliceDirect);
    expect(result).toMatchObject({
      kind: 'ok',
      version,
      claim: { conversation: aliceDirect, row: { id: row(aliceDirect, 1).id, tries: 0 } },
    });
    expect(await store.readCounters()).toMatchObject({ turns: 1 });
    expect(await store.commit(commit)).toEqual({ kind: 'duplicate' });
  });

  it('gives with the commit a claim that can be used', async () => {
    const result = await answerLost(() =>
      store.commit(turn(aliceDirect, { outbox: [row(aliceDirect, 1)], sender: SENDER })),
    );
    if (result.kind !== 'ok' || result.claim === null) throw new Error('no claim');
    const settling: Settling = { token: result.claim.token, paceAt: 0, now: NOW, leaseMs: SENDER.leaseMs };
    expect(await store.settleRow(row(aliceDirect, 1).id, { kind: 'sent' }, settling)).toEqual({
      kind: 'settled',
      next: null,
    });
  });

  it('settles one row only', async () => {
    const rows = [1, 2, 3].map((number) => row(aliceDirect, number));
    const result = await store.commit(turn(aliceDirect, { outbox: rows, sender: SENDER }));
    if (result.kind !== 'ok' || result.claim === null) throw new Error('no claim');
    const { token, row: first } = result.claim;
    const settling: Settling = { token, paceAt: 7, now: NOW, leaseMs: SENDER.leaseMs };
    const settled = await answerLost(() => store.settleRow(first.id, { kind: 'sent' }, settling));
    expect(settled).toMatchObject({ kind: 'settled', next: { id: rows[1]?.id } });
    expect(await store.nextRow(aliceDirect, NOW)).toMatchObject({ id: rows[1]?.id, tries: 0 });
  });

  it('counts one try of a row that is to be sent later', async () => {
    const result = await store.commit(turn(aliceDirect, { outbox: [row(aliceDirect, 1)], sender: SENDER }));
    if (result.kind !== 'ok' || result.claim === null) throw new Error('no claim');
    const settling: Settling = { token: result.claim.token, paceAt: 0, now: NOW, leaseMs: SENDER.leaseMs };
    const later = { kind: 'later', notBefore: NOW + 500, unclearSince: NOW } as const;
    expect(await answerLost(() => store.settleRow(row(aliceDirect, 1).id, later, settling))).toEqual({
      kind: 'settled',
      next: null,
    });
    expect(await store.nextRow(aliceDirect, NOW + 500)).toMatchObject({ tries: 1, unclearSince: NOW });
  });

  it('buries a row once', async () => {
    await commitNext(store, aliceDirect, { outbox: [row(aliceDirect, 1), row(aliceDirect, 2)] });
    const dead = { kind: 'dead', code: 'platform-refused', at: NOW } as const;
    expect(await answerLost(() => store.settleRow(row(aliceDirect, 1).id, dead))).toMatchObject({
      kind: 'settled',
    });
    expect((await store.listDead(10)).map((letter) => letter.row.id)).toEqual([row(aliceDirect, 1).id]);
    expect(await store.nextRow(aliceDirect, NOW)).toMatchObject({ id: row(aliceDirect, 2).id });
  });

  it('counts a failure once', async () => {
    const inbound = freshInbound();
    expect(await answerLost(() => store.countFailure(aliceDirect, inbound, NOW))).toBe(1);
    expect(await store.countFailure(aliceDirect, inbound, NOW)).toBe(2);
  });

  it('changes a case and says so', async () => {
    await commitNext(store, aliceDirect, {
      records: [{ kind: 'put-case', case: openedCase('LL-1'), person: alice }],
    });
    expect(await answerLost(() => store.updateCase('LL-1', { state: 'taken' }))).toBe(true);
    expect(await store.listCases(10)).toMatchObject([{ number: 'LL-1', state: 'taken' }]);
  });

  it('opens a case with a commit that is not refused for its own number', async () => {
    const commit = turn(aliceDirect, {
      records: [{ kind: 'put-case', case: openedCase('LL-2'), person: alice }],
    });
    expect(await answerLost(() => store.commit(commit))).toMatchObject({ kind: 'ok' });
    expect(await store.listCases(10)).toHaveLength(1);
  });
});
