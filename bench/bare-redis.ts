import type { OpenKeyring } from '../src/model/index.js';
import { openRedisStore } from '../src/store/redis.js';
import { RedisCodec } from '../src/store/redis-codec.js';
import { commandOf } from '../src/store/redis-commit.js';
import type { Argument } from '../src/store/redis-connection.js';
import { SCRIPTS } from '../src/store/redis-scripts.js';
import { bareClient } from './redis-server.js';
import { type Side, Talks } from './sides.js';

/** The method of the client that its types leave out. */
interface Scripting {
  evalshaBuffer(sha: string, keyCount: number, ...keysAndArgs: readonly Argument[]): Promise<unknown>;
}

const PREFIX = 'bare';

/** A loop without Lifeline, and one that writes as many bytes without saying what they are. */
export interface BareSides {
  readonly bare: Side;
  readonly plain: Side;
  close(): Promise<void>;
}

/** The script of a turn on a client of its own, with arguments made before the clock runs; plain is a bare `SET`. */
export async function bareRedis(port: number, keyring: OpenKeyring, first: number): Promise<BareSides> {
  const store = await openRedisStore({ url: `redis://127.0.0.1:${port}?prefix=${PREFIX}`, keyring });
  const client = bareClient(port);
  const codec = new RedisCodec(keyring(await store.keyNote()).sealer);
  const parts = { codec, prefix: PREFIX, attempt: () => 'AbCdEfGhIjK' };
  const scripting = client as unknown as Scripting;
  const talks = new Talks(store, first);
  let value = Buffer.alloc(0);
  const bare: Side = {
    async ready(count) {
      const turns = await talks.turns(count);
      const calls = turns.map((turn) => ({ turn, ...commandOf(parts, turn) }));
      value = Buffer.alloc(bytesOf(calls[0]?.args ?? []), 'x');
      return async (index) => {
        const call = calls[index];
        if (call === undefined) return;
        const { keys, args, turn } = call;
        const reply = await scripting.evalshaBuffer(SCRIPTS.commit.sha, keys.length, ...keys, ...args);
        const [kind, version, token] = reply as Buffer[];
        const { conversation, now } = turn;
        const [own] = turn.outbox;
        if (String(kind) !== 'ok' || own === undefined) throw new Error(`the script answered "${kind}"`);
        const row = { ...own, conversation, tries: 0, notBefore: now, unclearSince: null };
        const claim = { conversation, token: Number(token), row, paceAt: 0 };
        talks.noted(index, { kind: 'ok', version: Number(version), claim });
      };
    },
    settle: () => talks.settle(),
  };
  return {
    bare,
    plain: {
      ready: async () => (index) => client.set(`plain:${index}`, value),
      settle: async () => undefined,
    },
    async close() {
      client.disconnect();
      await store.close();
    },
  };
}

function bytesOf(args: readonly Argument[]): number {
  return args.reduce<number>(
    (sum, each) => sum + (Buffer.isBuffer(each) ? each.length : String(each).length),
    0,
  );
}
