import { createHmac } from 'node:crypto';
import type { Bundle } from './content/index.js';
import type { IsOurToken } from './guard/index.js';
import { deriveKey } from './infra/keys.js';
import { createPageHealth } from './infra/page-health.js';
import type { Settings } from './infra/settings.js';
import {
  type Clock,
  type HttpRoutes,
  LifelineError,
  type Log,
  type Platform,
  type Store,
} from './model/index.js';
import {
  changeKeyFolder,
  createKeyReader,
  isOurToken,
  newKeySet,
  publicKeys,
  readKeyFolder,
  readPageKeys,
  readPageRequest,
  signingKey,
  signToken,
} from './recovery/index.js';
import { createHandOffs, type HandOffs } from './runtime/hand-offs.js';
import { createPageDesk } from './runtime/page-desk.js';
import type { Receiver } from './runtime/receive.js';
import { addRecoveryRoutes } from './runtime/recovery-routes.js';
import { createSparseNotes } from './runtime/sparse-notes.js';

export interface OfficialPageParts {
  /** The live one. */
  readonly bundle: () => Bundle;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly secret: Uint8Array;
}

/** The bot's end of verified hand-offs, joined. */
export interface OfficialPage {
  readonly handOffs: HandOffs;
  readonly isOurToken: IsOurToken;
  addRoutes(routes: HttpRoutes, receiver: Receiver, platform: Platform): void;
  /** Begins to ask whether the page works; resolves when it was asked once. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Joins what the settings name: signing keys, the page's pinned keys, its health. Throws `settings-invalid` for keys
 * that cannot be used and for a registry whose pages are not one.
 */
export async function createOfficialPage(
  settings: Settings,
  parts: OfficialPageParts,
): Promise<OfficialPage | null> {
  const { RECOVERY_URL: own, RECOVERY_PAGE_KEYS: pinned, RECOVERY_SIGNING_KEYS: folder } = settings;
  if (own === undefined || pinned === undefined) return null;
  const { bundle, store, clock, log, secret } = parts;
  const url = pageOf(bundle());
  if (url === null) return null;
  const page = new URL(url).origin;
  const pageKeys = readPageKeys(pinned);
  await makeFirstKeys(settings, folder, clock);
  const keys = createKeyReader(folder, () => clock.now());
  keys();
  const health = createPageHealth({ url: settings.RECOVERY_HEALTH_URL ?? url, clock, log });
  const addressKey = deriveKey(secret, 'addresses');
  const handOffs = createHandOffs({
    store,
    // The page of the start is the one that is asked; content that names another one leads there plainly.
    isReady: () => isAlone(bundle(), page) && health.isWell() && areReadable(keys, log),
    sign: async (challenge) =>
      signToken(challenge, { signingKey: await signingKey(keys()), issuer: own, audience: page }),
  });
  return {
    handOffs,
    isOurToken: (token, audience) =>
      audience === page && isOurToken(token, { keys: publicKeys(keys()).keys, issuer: own, audience }),
    addRoutes: (routes, receiver, platform) =>
      addRecoveryRoutes(routes, {
        ...{ store, log, platform },
        note: createSparseNotes(store, () => bundle().hash),
        desk: createPageDesk({ store, receiver, platform, botHandle: (of) => botHandle(bundle(), of) }),
        publicKeys: () => publicKeys(keys()),
        hashed: (address) =>
          createHmac('sha256', addressKey).update(address).digest('base64url').slice(0, 22),
        read: (body) =>
          readPageRequest(body, { keys: pageKeys, issuer: page, audience: own, now: clock.now() }),
      }),
    start: () => health.start(),
    stop: () => health.stop(),
  };
}

/** Whether that origin is the only one with pages of verified hand-offs. */
function isAlone(bundle: Bundle, origin: string): boolean {
  return pagesOf(bundle).every((url) => new URL(url).origin === origin);
}

function pagesOf({ registry }: Bundle): readonly string[] {
  return Object.values(registry.hand_offs).flatMap(({ link, page, verified }) =>
    verified ? (registry.links.get(page ?? link)?.url ?? []) : [],
  );
}

/** The page of the verified hand-offs; `null` when there are none. */
function pageOf(bundle: Bundle): string | null {
  const urls = pagesOf(bundle);
  const origins = new Set(urls.map((url) => new URL(url).origin));
  if (origins.size > 1)
    throw new LifelineError(
      'settings-invalid',
      'The pages of verified hand-offs in flows/official.yaml must all be on one host: one server signs for them.',
    );
  return urls[0] ?? null;
}

/** One machine makes its keys by itself; several must be given the same ones. */
async function makeFirstKeys(settings: Settings, folder: string, clock: Clock): Promise<void> {
  if (settings.LIFELINE_STORE.startsWith('redis') || readKeyFolder(folder) !== null) return;
  await changeKeyFolder(folder, async (before) => before ?? newKeySet(clock.now()));
}

/** Without its keys a bot still helps: plainly. */
function areReadable(keys: () => unknown, log: Log): boolean {
  try {
    keys();
    return true;
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    log.error({ event: 'signing-keys-unreadable', code: error.code });
    return false;
  }
}

function botHandle({ registry }: Bundle, platform: Platform): string | null {
  const handle = platform === 'console' ? undefined : registry.bot[platform];
  return handle === undefined ? null : `@${handle.replace(/^@/, '')}`;
}
