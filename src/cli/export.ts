import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyring } from '../infra/at-rest.js';
import { SHIPPED_CONTENT } from '../load-content.js';
import { LifelineError } from '../model/index.js';
import { type Counts, writeArchive } from '../store/archive.js';
import { writeWhole } from './archive-file.js';
import { withStore } from './tool-store.js';

/**
 * `lifeline export [FILE]`: everything kept, sealed under the secret, into a new file of mode 0600. Works beside
 * running bots.
 */
export async function exportStore(file: string | undefined, force: boolean): Promise<void> {
  const at = new Date();
  const path = file ?? `lifeline-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.export`;
  const about = { version: await versionOfLifeline(), at };
  const counts = await withStore(async (store, secrets) => {
    let found: Counts = {};
    await writeWhole(path, force, async (write) => {
      const lines = writeArchive(store.exportItems(), { ...about, keyring: createKeyring(secrets) });
      try {
        let line = await lines.next();
        for (; line.done !== true; line = await lines.next()) await write(line.value);
        found = line.value;
      } finally {
        // Where writing failed, the moment of the store that is read has to be given back.
        await lines.return({});
      }
    });
    return found;
  });
  process.stdout.write(
    `${path} is written: ${countsLine(counts)}.\nIt holds everything the bot keeps: conversations, unsent messages, cases, what people chose, content. It is encrypted under LIFELINE_SECRET: without the secret it cannot be read, and who has both reads all of it. Keep them apart.\n`,
  );
}

/** Counts a kind, in the order they came: `conversation 12, seen 40`; `nothing` for none. */
export function countsLine(counts: Counts): string {
  const parts = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

async function versionOfLifeline(): Promise<string> {
  const text = await readFile(join(SHIPPED_CONTENT, 'package.json'), 'utf8');
  const about: unknown = JSON.parse(text);
  if (typeof about === 'object' && about !== null && 'version' in about) return String(about.version);
  throw new LifelineError('settings-invalid', 'The package of Lifeline is not whole: install it again.');
}
