import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyring } from '../infra/at-rest.js';
import { parseSecret, readSecretBeside } from '../infra/keys.js';
import { previousSecrets, readSettings, type Settings } from '../infra/settings.js';
import { LifelineError, type OpenKeyring, type Store } from '../model/index.js';
import { openStore } from '../store/open.js';

/**
 * Runs `work` on the store of the settings, beside a bot that may be running on it. Makes neither a store nor a secret:
 * throws `store-unavailable` where there is no store yet, and what opening it throws, with the name of the store.
 */
export async function withStore<Result>(
  work: (store: Store, secrets: readonly Uint8Array[]) => Promise<Result>,
): Promise<Result> {
  return onStore(readSettings(process.env), { mayBeNew: false }, work);
}

/** As `withStore`, on the store of these settings. */
export async function withStoreOf<Result>(
  settings: Settings,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  return onStore(settings, { mayBeNew: false }, work);
}

/** As `withStore`, and makes the store where there is none; on LMDB no bot may run on it (`store-in-use`). */
export async function withStoreToFill<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  return onStore(readSettings(process.env), { mayBeNew: true }, work);
}

/** The secrets of the settings, the present one first. Throws `store-wrong-key` when there is none. */
export function secretsOf(settings: Settings): readonly Uint8Array[] {
  const path = lmdbPathOf(settings);
  const set = settings.LIFELINE_SECRET === undefined ? null : parseSecret(settings.LIFELINE_SECRET);
  const secret = set ?? (path === null ? null : readSecretBeside(path));
  if (secret !== null) return [secret, ...previousSecrets(settings)];
  throw new LifelineError(
    'store-wrong-key',
    `There is no secret: set LIFELINE_SECRET to the one the store is under${path === null ? '' : `, or put its file "secret" back into ${path}`}.`,
  );
}

async function onStore<Result>(
  settings: Settings,
  how: { readonly mayBeNew: boolean },
  work: (store: Store, secrets: readonly Uint8Array[]) => Promise<Result>,
): Promise<Result> {
  const path = lmdbPathOf(settings);
  if (settings.LIFELINE_STORE === 'memory:')
    throw new LifelineError(
      'settings-invalid',
      'LIFELINE_STORE is memory:, which only its bot can see: set it to the store you mean.',
    );
  if (!how.mayBeNew && path !== null) refuseAbsent(path);
  const secrets = secretsOf(settings);
  const keyring = presentKeyring(createKeyring(secrets), how);
  const store = await openStore(settings.LIFELINE_STORE, { keyring, tool: !how.mayBeNew }).catch(
    (error: unknown) => {
      throw explained(settings, error);
    },
  );
  try {
    return await work(store, secrets);
  } finally {
    await store.close();
  }
}

/** Opening a folder would make a store in it. */
function refuseAbsent(path: string): void {
  try {
    statSync(join(path, 'data.mdb'));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new LifelineError(
      'store-unavailable',
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `There is no store in ${path}: set LIFELINE_STORE to where it is, or start the bot once to make one.`
        : `The store in ${path} cannot be reached (${code}): see that this user may read and write the folder.`,
      { cause },
    );
  }
}

/**
 * Only keys that the bots have: sealed under a key of a secret that a running bot does not know, a value would be lost
 * to it. So a new secret comes with the start of the bot, and no tool makes the first note of a store it only looks at.
 */
function presentKeyring(keyring: OpenKeyring, how: { readonly mayBeNew: boolean }): OpenKeyring {
  return (note) => {
    if (note === null && !how.mayBeNew)
      throw new LifelineError('store-unavailable', 'there is nothing in it yet: start the bot on it once');
    const opened = keyring(note);
    if (note === null || opened.note === note) return opened;
    throw new LifelineError(
      'store-wrong-key',
      'its bot works under another secret than LIFELINE_SECRET: set the one it works under, or start it with the new one first',
    );
  };
}

function lmdbPathOf(settings: Settings): string | null {
  const { LIFELINE_STORE: name } = settings;
  return name.startsWith('lmdb:') ? name.slice('lmdb:'.length) : null;
}

/** A fault of opening with the name of the store, its password left out. */
function explained(settings: Settings, error: unknown): unknown {
  if (!(error instanceof LifelineError)) return error;
  const name = settings.LIFELINE_STORE.replace(/\/\/[^@/]*@/, '//');
  const words = /[.?!]$/.test(error.message) ? error.message : `${error.message}.`;
  return new LifelineError(error.code, `The store ${name} cannot be opened: ${words}`, { cause: error });
}
