import { join } from 'node:path';
import { watch } from 'chokidar';

/**
 * Tells of anything that happens to the files below a content folder; several changes at once are told of several
 * times.
 */
export function watchFolder(
  folder: string,
  changed: () => void,
  failed: (error: unknown) => void,
): () => Promise<void> {
  const watcher = watch(
    ['flows', 'locales'].map((top) => join(folder, top)),
    { ignoreInitial: true },
  );
  watcher.on('all', () => changed());
  watcher.on('error', failed);
  return () => watcher.close();
}
