import { keysOf, retireNote, rotateNote } from '../infra/at-rest.js';
import { LifelineError, type Store } from '../model/index.js';
import { countOf } from './count-of.js';
import { noteKeys } from './note-keys.js';
import { withStore } from './tool-store.js';

/** Values that are encrypted anew at once: on LMDB the bot waits for so long. */
const BATCH = 1_000;
/** Bots take a new key up within a minute; twice that, so that none still works under the one before. */
const TAKEN_UP_MS = 120_000;
/** A value that moves while a pass goes on may be missed by it. */
const PASSES = 2;

/** `lifeline keys at-rest list`: a line a key, the oldest first; nothing of the keys themselves. */
export async function listKeys(): Promise<void> {
  const note = await withStore(noteOf);
  for (const { id, since, isCurrent } of keysOf(note))
    process.stdout.write(`${id}  ${since}  ${isCurrent ? 'current' : 'older'}\n`);
}

/** `lifeline keys at-rest rotate`: a new key, and everything kept under it. Works beside running bots. */
export async function rotateKeys(): Promise<void> {
  await withStore(async (store, secrets) => {
    const before = await noteOf(store);
    const after = rotateNote(before, secrets, new Date(store.now()));
    await replace(store, before, after);
    await noteKeys(store, 'at-rest-rotated');
    const current = keysOf(after).find(({ isCurrent }) => isCurrent);
    process.stdout.write(
      `New values go under the key ${current?.id} now; bots take it up within a minute.\n`,
    );
    const count = await resealAll(store);
    process.stdout.write(
      `${countOf(count, 'value')} encrypted anew. In two minutes, take the older keys away with: lifeline keys at-rest retire\n`,
    );
  });
}

/**
 * `lifeline keys at-rest retire`: takes the older keys away once nothing is under them and no bot can still use them;
 * throws `store-unavailable`, with what to do, as long as that is not so.
 */
export async function retireKeys(): Promise<void> {
  await withStore(async (store) => {
    const before = await noteOf(store);
    const keys = keysOf(before);
    const current = keys.find(({ isCurrent }) => isCurrent);
    const ageMs = store.now() - Date.parse(current?.since ?? '');
    if (keys.length > 1 && !(ageMs >= TAKEN_UP_MS))
      throw new LifelineError(
        'store-unavailable',
        `The key ${current?.id} is too new: bots may still use the one before. Run this again in two minutes; nothing was changed.`,
      );
    const found = await resealAll(store);
    if (found > 0)
      throw new LifelineError(
        'store-unavailable',
        `Still under older keys: ${countOf(found, 'value')}, encrypted anew now. A bot may still use one: see that all bots run with the present LIFELINE_SECRET, and run this again in two minutes.`,
      );
    const after = retireNote(before);
    if (after !== before) {
      await replace(store, before, after);
      await noteKeys(store, 'at-rest-retired');
    }
    const older = keys.length - 1;
    process.stdout.write(
      older === 0
        ? `Nothing to retire: everything is under the key ${current?.id}.\n`
        : `${countOf(older, 'older key')} retired: everything is under the key ${current?.id}. This store needs LIFELINE_SECRET_PREVIOUS no more.\n`,
    );
  });
}

/** Encrypts anew what is under older keys; how many values there were. */
async function resealAll(store: Store): Promise<number> {
  let count = 0;
  for (let passes = 0; passes < PASSES; ) {
    const found = await store.reseal(BATCH);
    if (found < BATCH) passes += 1;
    count += found;
    if (found > 0 && process.stderr.isTTY) process.stderr.write(`\r${countOf(count, 'value')} `);
  }
  if (count > 0 && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return count;
}

async function noteOf(store: Store): Promise<string> {
  const note = await store.keyNote();
  if (note !== null) return note;
  throw new LifelineError('store-unavailable', 'The store has no keys: start the bot on it once.');
}

async function replace(store: Store, before: string, after: string): Promise<void> {
  if (await store.replaceKeyNote(before, after)) return;
  throw new LifelineError(
    'store-unavailable',
    'Somebody else changed the keys at the same time; nothing was changed here. See lifeline keys at-rest list, then try again.',
  );
}
