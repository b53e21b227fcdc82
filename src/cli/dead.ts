import { type DeadLetter, LifelineError, type RowId, type Store } from '../model/index.js';
import { countOf } from './count-of.js';
import { withStore } from './tool-store.js';

/** Most dead letters that `--all` takes at once; what is left then is for the next run. */
const MOST = 50_000;
/** `<platform>:<channel>[:<thread>]:<user>#<inbound id>.<index>` */
const ROW_ID = /^[^:\s#]+(?::[^:\s#]+){2,3}#\S+$/;

/**
 * `lifeline dead list`: a line a dead letter, the newest first, with no words of anybody. Works beside a running bot.
 */
export async function listDead(limit: number): Promise<void> {
  const letters = await withStore((store) => store.listDead(limit));
  if (letters.length === 0) process.stdout.write('No dead letters.\n');
  for (const { row, code, at } of letters)
    process.stdout.write(`${row.id}  ${new Date(at).toISOString()}  ${code}  ${shown(row)}\n`);
}

/** `lifeline dead retry ID|--all`: a running bot sends them. Throws `settings-invalid` for an id that is not there. */
export async function retryDead(id: string | undefined, all: boolean): Promise<void> {
  const count = await onEach(id, all, (store, each) => store.retryDead(each, store.now()));
  process.stdout.write(
    count === 0
      ? 'No dead letters.\n'
      : `${countOf(count, 'dead letter')} put back, each at the end of its conversation. A running bot sends within seconds.\n`,
  );
}

/** `lifeline dead drop ID|--all`. Throws as `retryDead`. */
export async function dropDead(id: string | undefined, all: boolean): Promise<void> {
  const count = await onEach(id, all, (store, each) => store.dropDead(each));
  process.stdout.write(count === 0 ? 'No dead letters.\n' : `${countOf(count, 'dead letter')} dropped.\n`);
}

/** Works on one or on all, the oldest first, so that what is retried keeps its order; how many there were. */
async function onEach(
  id: string | undefined,
  all: boolean,
  work: (store: Store, id: RowId) => Promise<boolean>,
): Promise<number> {
  if ((id === undefined) !== all)
    throw new LifelineError('settings-invalid', 'Name one dead letter by its id, or all of them with --all.');
  return withStore(async (store) => {
    if (id !== undefined) {
      if (ROW_ID.test(id) && (await work(store, id as RowId))) return 1;
      throw new LifelineError(
        'settings-invalid',
        `There is no dead letter ${id}: lifeline dead shows their ids.`,
      );
    }
    let count = 0;
    for (const { row } of [...(await store.listDead(MOST))].reverse())
      if (await work(store, row.id)) count += 1;
    return count;
  });
}

/** What a row would have shown: text keys, or what it does instead. */
function shown({ shown: { kind, keys } }: DeadLetter['row']): string {
  return kind === 'message' ? keys.join(',') || '-' : `(${kind})`;
}
