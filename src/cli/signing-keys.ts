import { readSettings } from '../infra/settings.js';
import { LifelineError } from '../model/index.js';
import {
  changeKeyFolder,
  listKeySet,
  newKeySet,
  readKeyFolder,
  rotateKeySet,
  withdrawKey,
} from '../recovery/index.js';
import { noteKeysApart } from './note-keys.js';

/** `lifeline keys signing list`: a line a key, the oldest first; nothing of the keys themselves. */
export function listSigningKeys(): void {
  const keys = readKeyFolder(folderOf());
  if (keys === null) throw noKeys();
  for (const { kid, since, state } of listKeySet(keys))
    process.stdout.write(`${kid}  ${new Date(since).toISOString()}  ${state}\n`);
}

/** `lifeline keys signing rotate`: the next key becomes the current one; the first keys, where there are none. */
export async function rotateSigningKeys(): Promise<void> {
  const { current } = await changeKeyFolder(folderOf(), async (before) =>
    before === null ? newKeySet(Date.now()) : rotateKeySet(before, Date.now()),
  );
  await noteKeysApart(`signing-rotated-to-${current.kid}`);
  process.stdout.write(
    `Links are signed with the key ${current.kid} now; bots take it up within a minute.\n`,
  );
}

/** `lifeline keys signing withdraw ID`. Throws `settings-invalid` for a key that is not there. */
export async function withdrawSigningKey(id: string): Promise<void> {
  const { current } = await changeKeyFolder(folderOf(), async (before) => {
    if (before === null) throw noKeys();
    return withdrawKey(before, id, Date.now());
  });
  await noteKeysApart(`signing-withdrawn-${id}`);
  process.stdout.write(
    `The key ${id} is withdrawn: pages refuse it within five minutes. Links are signed with ${current.kid}.\n`,
  );
}

function folderOf(): string {
  return readSettings(process.env).RECOVERY_SIGNING_KEYS;
}

function noKeys(): LifelineError {
  return new LifelineError(
    'settings-invalid',
    'There are no signing keys yet: make them with lifeline keys signing rotate, or start the bot once.',
  );
}
