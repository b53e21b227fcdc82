import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/model/index.js';
import type { Engine } from '../../src/runtime/turn-request.js';
import { openStore } from '../../src/store/open.js';
import { keyring } from '../contract/store/keyring.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { canaries } from '../support/canary/canaries.js';
import { tracesIn, tracesInFolder } from '../support/canary/traces.js';
import { inbound, plainEngine } from '../support/engine.js';
import { openReception } from '../support/reception.js';
import { askRedis } from '../support/redis/ask-redis.js';
import { startRedis } from '../support/redis/start-redis.js';
import { chance } from '../support/secrets/chance.js';
import { bundleOf, smallContent } from '../support/small-content.js';

let atEnd: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of atEnd.reverse()) await end();
  atEnd = [];
});

/** A store with the folder of its files, and what brings everything there. */
interface OnDisk {
  readonly store: Store;
  readonly folder: string;
  readonly written: () => Promise<unknown>;
}

const STORES: Readonly<Record<string, () => Promise<OnDisk>>> = {
  LMDB: async () => {
    const { path, remove } = await makeTempFolder();
    atEnd.push(remove);
    const store = await openStore(`lmdb:${path}`, { keyring });
    return { store, folder: path, written: store.close };
  },
  Redis: async () => {
    const { url, port, folder, stop } = await startRedis({ appendonly: true });
    atEnd.push(stop);
    const store = await openStore(url, { keyring });
    return {
      store,
      folder,
      written: async () => {
        await store.close();
        await askRedis(port, 'SAVE');
      },
    };
  },
};

/** An engine that fails at everything, and says at what. */
function quoting(): Engine {
  const sound = plainEngine(bundleOf(smallContent()));
  const advance: typeof sound.conversation.advance = (_position, event) => {
    throw new TypeError(`broken by ${JSON.stringify(event)}`);
  };
  return { ...sound, conversation: { ...sound.conversation, advance } };
}

describe.each(Object.entries(STORES))('the quarantine on %s', (_, open) => {
  it('holds where each message failed, and no trace of a secret that was in it', async () => {
    const all = canaries(chance(11));
    const { store, folder, written } = await open();
    const { receiver, log, commits } = openReception({ engine: quoting(), memory: store });
    for (const [at, { text }] of all.entries()) {
      const message = inbound(10 + at, { kind: 'text', text: `${text} and it broke` }, { user: `${at}` });
      for (let round = 0; round < 2; round += 1)
        await expect(receiver.receive(message)).rejects.toThrow('broken');
      await expect(receiver.receive(message)).resolves.toEqual({ kind: 'committed' });
    }
    expect(await store.listQuarantine(100)).toHaveLength(all.length);
    const items: unknown[] = [];
    for await (const item of store.exportItems()) items.push(item);
    // What the quarantine keeps is among them: the code of the fault stands there alone.
    expect(JSON.stringify(items)).toContain('TypeError');
    await written();
    const kept = { 'the store': items, 'the log': log.lines, 'the commits': commits };
    for (const [place, what] of Object.entries(kept))
      expect(tracesIn(place, Buffer.from(JSON.stringify(what)), all)).toEqual([]);
    expect(await tracesInFolder(folder, all)).toEqual([]);
  });
});
