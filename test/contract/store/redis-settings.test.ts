import { afterEach, describe, expect, it } from 'vitest';
import { LifelineError, type OpenKeyring, type Store } from '../../../src/model/index.js';
import { askRedis } from '../../support/redis/ask-redis.js';
import { startFakeRedis } from '../../support/redis/fake-redis.js';
import { freshKeyring, openOn } from '../../support/redis/open-redis.js';
import { redisPort } from '../../support/redis/redis-port.js';
import { type RedisOptions, startRedis } from '../../support/redis/start-redis.js';
import { startProxy } from '../../support/tcp-proxy.js';
import { aliceDirect, bobDirect, commitNext, freshInbound, NOW, row, turn } from './fixture.js';

const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** A server that is stopped after the test. */
async function serverHere(options: RedisOptions = {}) {
  const server = await startRedis(options);
  atEnd.push(server.stop);
  return server;
}

/** A store that is closed after the test, and the codes of what it warned of. */
async function openHere(url: string, keyring?: OpenKeyring) {
  const warnings: string[] = [];
  const store = await openOn(url, {
    ...(keyring === undefined ? {} : { keyring }),
    warn: (warning) => warnings.push(warning),
  });
  atEnd.push(() => store.close());
  return { store, warnings };
}

/** The code a promise rejects with; throws when it does not reject, or with another error. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  const fault = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (fault instanceof LifelineError) return fault.code;
  throw new Error('it did not end as a fault of the program', { cause: fault });
}

/** Every key of a server with its value, as bytes in hexadecimal. */
async function contentOf(port: number): Promise<unknown> {
  return askRedis(
    port,
    'EVAL',
    `local found = {}
     for _, key in ipairs(redis.call('KEYS', '*')) do
       local bytes = redis.call('DUMP', key)
       found[#found + 1] = key .. ' ' .. bytes:gsub('.', function(c) return ('%02x'):format(c:byte()) end)
     end
     table.sort(found)
     return found`,
    '0',
  );
}

describe('opening', () => {
  it('turns down a server that is too old', async () => {
    const old = await startFakeRedis({ redis_version: '5.0.14', role: 'master', loading: '0' });
    atEnd.push(old.stop);
    expect(await codeOf(openOn(old.url))).toBe('store-unsuitable');
  });

  it.each(['allkeys-lru', 'volatile-ttl'])(
    'turns down a server that drops keys when full (%s)',
    async (policy) => {
      const server = await serverHere({ maxmemory: '50mb', policy });
      expect(await codeOf(openOn(server.url))).toBe('store-unsuitable');
    },
  );

  it('turns down a replica, which takes no writes', async () => {
    const master = await serverHere();
    const replica = await serverHere({ replicaof: master.port });
    expect(await codeOf(openOn(replica.url))).toBe('store-unsuitable');
  });

  it('warns of a server that keeps nothing on disk', async () => {
    const { warnings } = await openHere((await serverHere()).url);
    expect(warnings).toHaveLength(1);
  });

  it('is content with a server that keeps everything on disk, and where CONFIG is not allowed', async () => {
    const server = await serverHere({ appendonly: true, renameCommand: { CONFIG: '' } });
    const { store, warnings } = await openHere(server.url);
    expect(warnings).toEqual([]);
    expect(await commitNext(store, aliceDirect)).toBeGreaterThan(0);
  });

  it('ends as unavailable where nobody listens', async () => {
    expect(await codeOf(openOn(`redis://127.0.0.1:${await redisPort()}`))).toBe('store-unavailable');
  });

  it('turns down another secret and overwrites nothing', async () => {
    const server = await serverHere();
    const keyring = freshKeyring();
    const { store } = await openHere(server.url, keyring);
    await commitNext(store, aliceDirect, { outbox: [row(aliceDirect, 1)] });
    const before = await contentOf(server.port);
    expect(await codeOf(openOn(server.url, { keyring: freshKeyring() }))).toBe('store-wrong-key');
    expect(await contentOf(server.port)).toEqual(before);
    const again = await openHere(server.url, keyring);
    expect(await again.store.nextRow(aliceDirect, NOW)).toMatchObject(row(aliceDirect, 1));
  });
});

describe('a server that is full', () => {
  it('refuses a turn as a full store and takes it when there is room again', async () => {
    const server = await serverHere({ maxmemory: '4mb', policy: 'noeviction' });
    const { store } = await openHere(server.url);
    await commitNext(store, bobDirect);
    await askRedis(server.port, 'SETRANGE', 'filler', String(4 * 1024 * 1024), 'x');
    const commit = turn(aliceDirect, { outbox: [row(aliceDirect, 1)] });
    expect(await codeOf(store.commit(commit))).toBe('store-full');
    expect(await store.load(aliceDirect)).toMatchObject({ version: 0 });
    await askRedis(server.port, 'DEL', 'filler');
    expect(await store.commit(commit)).toMatchObject({ kind: 'ok' });
  });
});

describe('a server that stalls', () => {
  /** One of each kind of operation. */
  const operations = (store: Store): readonly Promise<unknown>[] => [
    store.load(aliceDirect),
    store.commit(turn(aliceDirect)),
    store.nextRow(aliceDirect, NOW),
    store.dueLanes(NOW, 10),
    store.claimLane(aliceDirect, { worker: 'w1', leaseMs: 3_000 }, NOW),
    store.settleRow(row(aliceDirect, 1).id, { kind: 'sent' }),
    store.listDead(10),
    store.claimTimers(NOW, 10, 3_000),
    store.nextDue(),
    store.takeTokens('bucket', 1, { perSecond: 1, burst: 1 }, NOW),
    store.takeLease('poll', 'w1', 3_000, NOW),
    store.countFailure(aliceDirect, freshInbound(), NOW),
    store.listCases(10),
    store.readCounters(),
    store.getValue('offset'),
    store.setValue('offset', '1'),
  ];

  it('ends every operation as unavailable, and serves again once it goes on', async () => {
    const server = await serverHere();
    const proxy = await startProxy(server.port);
    atEnd.push(proxy.close);
    const { store } = await openHere(`redis://127.0.0.1:${proxy.port}`);
    await commitNext(store, bobDirect);
    proxy.halfOpen();
    const codes = await Promise.all(operations(store).map(codeOf));
    expect(new Set(codes)).toEqual(new Set(['store-unavailable']));
    await proxy.heal();
    expect((await store.load(bobDirect)).version).toBeGreaterThan(0);
  });

  it('refuses at once what comes on top of thousands that wait, and serves again once it goes on', async () => {
    const server = await serverHere();
    const proxy = await startProxy(server.port);
    atEnd.push(proxy.close);
    const { store } = await openHere(`redis://127.0.0.1:${proxy.port}`);
    proxy.halfOpen();
    let refused = 0;
    const all = Array.from({ length: 20_000 }, () =>
      store.load(aliceDirect).catch((error: unknown) => {
        refused += 1;
        return error;
      }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(refused).toBeGreaterThan(10_000);
    expect(refused).toBeLessThan(20_000);
    await proxy.heal();
    await Promise.all(all);
    expect(await store.load(aliceDirect)).toMatchObject({ version: 0 });
  });
});
