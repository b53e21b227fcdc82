import { createKeyring } from '../infra/at-rest.js';
import { readSettings } from '../infra/settings.js';
import { LifelineError, type OpenKeyring, type Store, type StoredItem } from '../model/index.js';
import type { Counts } from '../store/archive.js';
import { type ArchiveSummary, readArchive } from '../store/read-archive.js';
import { readWhole } from './archive-file.js';
import { countsLine } from './export.js';
import { secretsOf, withStoreToFill } from './tool-store.js';

/** Items that go in side by side: on LMDB they share a flush. */
const AT_ONCE = 256;

/**
 * `lifeline import FILE`: reads the file through before it touches the store, then puts in what is not there yet. On
 * LMDB no bot may run on the store; on Redis one may, because each item goes in whole or not at all and none replaces
 * another. Throws `store-damaged`, `store-newer`, `store-wrong-key` for a file that cannot be used.
 */
export async function importStore(path: string): Promise<void> {
  const keyring = createKeyring(secretsOf(readSettings(process.env)));
  const put = await readWhole(path, async (chunks) => {
    const read = () => itemsOf(path, chunks(), keyring);
    const about = await readThrough(read());
    process.stdout.write(
      `${path} was exported at ${about.at} by Lifeline ${about.version}: ${countsLine(about.counts)}.\n`,
    );
    return withStoreToFill((store) => putAll(store, read()));
  });
  process.stdout.write(
    `Put in: ${countsLine(put.fresh)}.\nThere already, and left as it is: ${countsLine(put.known)}.\n`,
  );
}

async function readThrough(items: AsyncGenerator<StoredItem, ArchiveSummary>): Promise<ArchiveSummary> {
  for (let item = await items.next(); ; item = await items.next()) if (item.done === true) return item.value;
}

async function putAll(
  store: Store,
  items: AsyncIterable<StoredItem>,
): Promise<{ readonly fresh: Counts; readonly known: Counts }> {
  const fresh: Record<string, number> = {};
  const known: Record<string, number> = {};
  let batch: StoredItem[] = [];
  const finish = async (): Promise<void> => {
    const put = await Promise.all(batch.map((item) => store.importItem(item)));
    for (const [index, { kind }] of batch.entries()) {
      const counts = put[index] === true ? fresh : known;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    batch = [];
  };
  for await (const item of items) {
    batch.push(item);
    if (batch.length === AT_ONCE) await finish();
  }
  await finish();
  return { fresh, known };
}

/** The items of a file; what is wrong with it is said with its name. */
async function* itemsOf(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  keyring: OpenKeyring,
): AsyncGenerator<StoredItem, ArchiveSummary> {
  try {
    return yield* readArchive(chunks, keyring);
  } catch (error) {
    if (!(error instanceof LifelineError) || !error.code.startsWith('store-')) throw error;
    const words = `${path} cannot be imported: ${error.message}; nothing was written.`;
    throw new LifelineError(error.code, words, { cause: error });
  }
}
