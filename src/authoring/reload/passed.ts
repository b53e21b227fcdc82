import { z } from 'zod';
import type { CheckShelf } from '../../infra/check-shelf.js';
import type { Store } from '../../model/index.js';

/** Contents the store remembers: those that are kept there, and some that a worker only looked at. */
const KEPT = 16;
const NAME = 'content:fit';
const namesSchema = z.array(z.string());

/** What passed the whole check of this version of the program, by the hash of its files. */
export interface Passed {
  /** Whether it did, here or at another worker. Throws what the store throws. */
  has(hash: string): Promise<boolean>;
  /** Notes that it did, for this machine and for all workers. Throws what the store throws. */
  note(hash: string): Promise<void>;
}

/**
 * Remembers on shelves and in the store. `version` names the program: what one version let pass is judged again by the
 * next. It is noted on the first shelf only.
 */
export function createPassed(
  store: Pick<Store, 'getValue' | 'setValue'>,
  shelves: readonly CheckShelf[],
  version: string,
): Passed {
  const read = async (): Promise<readonly string[]> => {
    const listed = await store.getValue(NAME);
    return listed === null ? [] : namesSchema.parse(JSON.parse(listed));
  };
  return {
    async has(hash) {
      const name = passedName(hash, version);
      return shelves.some((shelf) => shelf.get(name) !== null) || (await read()).includes(name);
    },
    async note(hash) {
      const name = passedName(hash, version);
      shelves[0]?.put(name, '');
      const before = await read();
      if (before[0] === name) return;
      const names = [name, ...before.filter((other) => other !== name)];
      await store.setValue(NAME, JSON.stringify(names.slice(0, KEPT)));
    },
  };
}

/** Under what a content that passed is remembered. */
export function passedName(hash: string, version: string): string {
  return `${hash}-${version}`;
}
