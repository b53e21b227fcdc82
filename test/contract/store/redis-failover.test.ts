import { afterEach, expect, it } from 'vitest';
import type { OpenKeyring } from '../../../src/model/index.js';
import { type CommitStream, emptyLane, streamCommits } from '../../support/redis/commit-stream.js';
import { freshKeyring, openOn } from '../../support/redis/open-redis.js';
import { startCluster } from '../../support/redis/start-cluster.js';
import { startRedis } from '../../support/redis/start-redis.js';
import { startSentinel } from '../../support/redis/start-sentinel.js';

const PEOPLE = 6;
const atEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

/** Opens a store that is closed, and notes servers that are stopped, after the test. */
async function openHere(url: string, keyring: OpenKeyring) {
  const store = await openOn(url, { keyring });
  atEnd.push(() => store.close());
  return store;
}

/** Ends a stream, opens the store anew and compares: every acknowledged row is there once, in order, and no other. */
async function expectAllKept(stream: CommitStream, url: string, keyring: OpenKeyring): Promise<void> {
  const acknowledged = await stream.stop();
  const store = await openHere(url, keyring);
  for (const [conversation, rows] of acknowledged) {
    expect(rows.length).toBeGreaterThan(0);
    expect(await emptyLane(store, conversation)).toEqual(rows);
  }
}

it('keeps every acknowledged turn over SIGKILL and a restart', async () => {
  const server = await startRedis({ appendonly: true });
  atEnd.push(server.stop);
  const keyring = freshKeyring();
  const stream = streamCommits(await openHere(server.url, keyring), PEOPLE, false);
  await stream.more(3);
  await server.kill();
  await server.restart();
  await stream.more(3);
  await expectAllKept(stream, server.url, keyring);
});

it('keeps every turn that a replica had too when a Cluster master is killed', async () => {
  const cluster = await startCluster();
  atEnd.push(cluster.stop);
  const keyring = freshKeyring();
  const stream = streamCommits(await openHere(cluster.url, keyring), 2 * PEOPLE, true);
  await stream.more(3);
  const victim = await cluster.killMaster();
  await stream.more(3);
  expect(await cluster.masters()).not.toContain(victim);
  await expectAllKept(stream, cluster.url, keyring);
});

it('keeps every turn that the replica had too when the sentinels promote it', async () => {
  const sentinel = await startSentinel();
  atEnd.push(sentinel.stop);
  const keyring = freshKeyring();
  const stream = streamCommits(await openHere(sentinel.url, keyring), PEOPLE, true);
  await stream.more(3);
  const victim = await sentinel.killMaster();
  await stream.more(3);
  expect(await sentinel.master()).not.toBe(victim);
  await expectAllKept(stream, sentinel.url, keyring);
});
