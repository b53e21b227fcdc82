import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createKeyring } from '../../src/infra/at-rest.js';
import type { Store } from '../../src/model/index.js';
import { openStore } from '../../src/store/open.js';
import { makeTempFolder } from '../contract/store/temp-folder.js';
import { lifelineIn, limitedLifeline, pipedLifeline, type Ran } from './lifeline-command.js';
import { startRedis } from './redis/start-redis.js';

/** A store as a bot has it open, and the command beside it. */
export interface LiveStore {
  readonly store: Store;
  /** As in LIFELINE_STORE. */
  readonly name: string;
  readonly secret: Uint8Array;
  /** Folder the command runs in. */
  readonly folder: string;
  readonly lifeline: ReturnType<typeof lifelineIn>;
  /** The command with its output given to another one. */
  readonly piped: (command: string, into: string) => Promise<Ran>;
  /** The command with files of at most so many bytes (a multiple of 512), as on a disk that is full then. */
  readonly limited: (command: string, fileBytes: number) => Promise<Ran>;
  /** One more store on the same data, as a tool beside the bot has it. */
  readonly another: () => Promise<Store>;
  /** Closes the store, as when the bot stops; the data stays. */
  readonly close: () => Promise<void>;
}

export type StoreKind = 'LMDB' | 'Redis';

/** A new, empty store of a kind, open as a bot has it; `atEnd` takes what ends it. */
export async function liveStore(
  kind: StoreKind,
  atEnd: (() => Promise<void>)[],
  secret: Uint8Array = randomBytes(32),
): Promise<LiveStore> {
  const folder = await makeTempFolder();
  atEnd.push(folder.remove);
  const name = kind === 'LMDB' ? `lmdb:${join(folder.path, 'store')}` : await redisHere(atEnd);
  const store = await openStore(name, { keyring: createKeyring([secret]) });
  atEnd.push(() => store.close());
  return {
    store,
    name,
    secret,
    folder: folder.path,
    lifeline: lifelineIn(folder.path, environment(name, secret)),
    limited: (command, fileBytes) =>
      limitedLifeline(folder.path, environment(name, secret), command, fileBytes),
    piped: (command, into) => pipedLifeline(folder.path, environment(name, secret), command, into),
    another: async () => {
      const other = await openStore(name, { keyring: createKeyring([secret]), tool: true });
      atEnd.push(() => other.close());
      return other;
    },
    close: () => store.close(),
  };
}

/** The settings of the command for a store. */
export function environment(
  name: string,
  secret: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { LIFELINE_STORE: name, LIFELINE_SECRET: Buffer.from(secret).toString('base64'), ...more };
}

async function redisHere(atEnd: (() => Promise<void>)[]): Promise<string> {
  const server = await startRedis();
  atEnd.push(server.stop);
  return server.url;
}
