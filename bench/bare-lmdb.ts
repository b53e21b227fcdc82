import { type Key, open, type RootDatabase } from 'lmdb';
import type { OpenKeyring } from '../src/model/index.js';
import { openLmdbStore } from '../src/store/lmdb.js';
import type { BareSides } from './bare-redis.js';
import { type Side, Talks } from './sides.js';

type File = RootDatabase<Buffer, Key>;
type RangeOptions = Parameters<File['getRange']>[0];

/** What one transaction did to its file. */
type Operation =
  | { readonly kind: 'get' | 'exists' | 'remove'; readonly key: Key }
  | { readonly kind: 'range' | 'keys'; readonly options: RangeOptions }
  | { readonly kind: 'put'; readonly key: Key; readonly bytes: Buffer };
type Transaction = readonly Operation[];

/**
 * The gets and puts of the store's turns on a file of its own, opened with the same options: they are recorded by a
 * store beside it, which is not timed. Plain is one put of as many bytes.
 */
export async function bareLmdb(folder: string, keyring: OpenKeyring, first: number): Promise<BareSides> {
  const opened: { readonly options: Parameters<typeof open>[0] }[] = [];
  const recorder = new Recorder();
  const recording = (options: Parameters<typeof open>[0]): File => {
    opened.push({ options });
    return recorder.watch(open(options as never) as File);
  };
  const store = await openLmdbStore({
    path: `${folder}/recorded`,
    keyring,
    open: recording as unknown as typeof open,
  });
  const file = open({ ...opened[0]?.options, path: `${folder}/bare` } as never) as File;
  const talks = new Talks(store, first);
  const replayAll = async (transactions: readonly Transaction[]): Promise<void> => {
    await Promise.all(transactions.map((each) => file.transaction(() => replay(file, each))));
  };
  let value = Buffer.alloc(0);
  const bare: Side = {
    async ready(count) {
      const turns = await talks.turns(count);
      await replayAll(recorder.take());
      await Promise.all(turns.map(async (turn, index) => talks.noted(index, await store.commit(turn))));
      const round = recorder.take();
      value = Buffer.alloc(bytesOf(round[0] ?? []), 'x');
      return async (index) => {
        const transaction = round[index];
        if (transaction !== undefined) await file.transaction(() => replay(file, transaction));
      };
    },
    async settle() {
      await talks.settle();
      await replayAll(recorder.take());
    },
  };
  return {
    bare,
    plain: {
      ready: async () => (index) => file.put(['plain', index], value),
      settle: async () => undefined,
    },
    async close() {
      await file.close();
      await store.close();
    },
  };
}

/** Writes down what is done inside transactions. */
class Recorder {
  #transactions: Transaction[] = [];
  #current: Operation[] | null = null;

  /** The transactions since the last time. */
  take(): readonly Transaction[] {
    const taken = this.#transactions;
    this.#transactions = [];
    return taken;
  }

  watch(file: File): File {
    const note = (operation: Operation): void => void this.#current?.push(operation);
    const transaction = <Result>(work: () => Result): Promise<Result> =>
      file.transaction(() => {
        this.#current = [];
        const result = work();
        this.#transactions.push(this.#current);
        this.#current = null;
        return result;
      });
    const watched: Partial<Record<keyof File, unknown>> = {
      transaction,
      get: (key: Key, options: never) => {
        note({ kind: 'get', key });
        return file.get(key, options);
      },
      doesExist: (key: Key) => {
        note({ kind: 'exists', key });
        return file.doesExist(key);
      },
      getKeys: (options: RangeOptions) => {
        note({ kind: 'keys', options });
        return file.getKeys(options);
      },
      getRange: (options: RangeOptions) => {
        note({ kind: 'range', options });
        return file.getRange(options);
      },
      put: (key: Key, bytes: Buffer) => {
        note({ kind: 'put', key, bytes });
        return file.put(key, bytes);
      },
      remove: (key: Key) => {
        note({ kind: 'remove', key });
        return file.remove(key);
      },
    };
    return new Proxy(file, {
      get: (target, name) => {
        const own = watched[name as keyof File] ?? Reflect.get(target, name);
        return typeof own === 'function' ? own.bind(target) : own;
      },
    });
  }
}

function replay(file: File, transaction: Transaction): void {
  for (const operation of transaction) {
    switch (operation.kind) {
      case 'get':
        file.get(operation.key);
        break;
      case 'exists':
        file.doesExist(operation.key);
        break;
      case 'range':
        for (const _ of file.getRange(operation.options));
        break;
      case 'keys':
        for (const _ of file.getKeys(operation.options));
        break;
      case 'put':
        file.put(operation.key, operation.bytes);
        break;
      case 'remove':
        file.remove(operation.key);
        break;
    }
  }
}

function bytesOf(transaction: Transaction): number {
  return transaction.reduce(
    (sum, operation) => sum + (operation.kind === 'put' ? operation.bytes.length : 0),
    0,
  );
}
