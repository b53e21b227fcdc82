import { randomBytes, randomUUID } from 'node:crypto';
import { refuseExampleRegistry } from './authoring/refuse-example.js';
import { packFiles } from './authoring/reload/shared-bundles.js';
import { type Bundle, commandMenus } from './content/index.js';
import { createGuard, createOutboundPolicy } from './guard/index.js';
import type { HotReload, HotReloadParts } from './hot-reload.js';
import { createKeyring } from './infra/at-rest.js';
import { type BlockLists, blockListUrls, createBlockLists } from './infra/block-lists.js';
import { systemClock } from './infra/clock.js';
import { addHealthRoutes } from './infra/health-routes.js';
import type { HttpServer } from './infra/http-server.js';
import { deriveKey, parseSecret, secretBeside } from './infra/keys.js';
import { createLogger } from './infra/logger.js';
import { openModelShelf } from './infra/model-shelf.js';
import { httpPortOf, isOnPlatforms, previousSecrets, type Settings } from './infra/settings.js';
import { createLiveContent, type LiveContent } from './live-content.js';
import { type Content, loadContent } from './load-content.js';
import type { Adapter, Clock, Entropy, Log, ModelShelf, Platform, Store } from './model/index.js';
import type { OfficialPage, OfficialPageParts } from './official-page.js';
import { createAdapters, type Terminal } from './platforms.js';
import { createHealth } from './runtime/health.js';
import { type Bot, createRuntime } from './runtime/lifecycle.js';
import type { PlatformRefusal } from './runtime/start-platforms.js';
import { watchStore } from './runtime/watch-store.js';
import { openStore } from './store/open.js';

/** Parts that tests, simulations and the terminal put in place of the usual ones. */
export interface Overrides {
  readonly adapters?: ReadonlyMap<Platform, Adapter>;
  /** Once the languages of the content are known. */
  readonly terminal?: (locales: readonly string[]) => Terminal;
  readonly store?: Store;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  /** `false`: the support team is told of nothing. */
  readonly notifies?: boolean;
  readonly log?: Log;
  readonly content?: Content;
  /**
   * In place of `content`: a folder whose content has to pass the whole check, and where what is saved goes live.
   * Without it, content stays as it is.
   */
  readonly reloads?: string;
  /** Where trained models are kept; `null`: nowhere, and they are trained when first needed. */
  readonly shelf?: ModelShelf | null;
  readonly secret?: Uint8Array;
  /** Where log lines go; standard error otherwise. */
  readonly logStream?: { write(line: string): void };
  /** Told once when a secret was made, with the path it is kept at. */
  readonly secretMade?: (path: string) => void;
  /** Told of a platform that cannot start while another one may. */
  readonly refused?: (refusal: PlatformRefusal) => void;
}

/** A bot whose content can be changed while it runs. */
export interface ReloadableBot extends Bot {
  /** As after a save; `null` where nothing is reloaded. */
  readonly reload: (() => Promise<void>) | null;
}

/**
 * The composition root: everything is made and joined here, once. Nothing has started when it returns. Throws
 * `content-invalid` or `registry-example` for content that is not fit to be said.
 */
export async function createBot(settings: Settings, overrides: Overrides = {}): Promise<ReloadableBot> {
  const secret = overrides.secret ?? secretOf(settings, overrides);
  const log =
    overrides.log ??
    createLogger(settings.LOG_LEVEL, deriveKey(secret, 'log-hash'), overrides.logStream ?? process.stderr);
  const keyring = createKeyring([secret, ...previousSecrets(settings)]);
  const time = overrides.clock === undefined ? {} : { clock: overrides.clock.now };
  const warn = (code: string): void => log.warn({ event: 'store-warning', code });
  const opened = overrides.store ?? (await openStore(settings.LIFELINE_STORE, { keyring, warn, ...time }));
  const { store, health: storeHealth } = watchStore(opened);
  const begun = await begin(settings, overrides, store, log).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const { files, bundle } = begun.content;
  const lists = blockListsOf(settings, log, overrides.clock ?? systemClock);
  const shelf =
    overrides.shelf === undefined
      ? openModelShelf(settings.LIFELINE_CACHE, (code) => log.warn({ event: 'model-not-kept', code }))
      : overrides.shelf;
  const live = createLiveContent({ files, bundle }, secret, {
    shelf,
    waits: overrides.reloads !== undefined && shelf !== null,
    ...(lists === null ? {} : { listed: lists.listed }),
  });
  // Now, so that the first message need not wait for it.
  const isWarm = shelf !== null && overrides.reloads === undefined && isOnPlatforms(settings);
  if (isWarm) for (const locale of bundle.phrases.keys()) live.engine().understanding.warm(locale);
  const liveBundle = (): Bundle => live.engine().bundle;
  const clock = overrides.clock ?? { now: () => store.now(), after: systemClock.after };
  const http = await httpServerOf(settings, log);
  const page = await officialPageOf(settings, { bundle: liveBundle, store, clock, log, secret });
  const adapters =
    overrides.adapters ?? (await createAdapters(settings, bundle, http?.routes, begun.terminal));
  const worker = randomUUID();
  const reload = begun.reloads === null ? null : begun.reloads({ live, worker, clock });
  const health = createHealth({
    platforms: adapters.keys(),
    store: storeHealth,
    waiting: () => bot.receiver.waiting,
    bundle: () => liveBundle().hash,
    refusedContent: () => refusedContent(reload),
  });
  const bot = createRuntime({
    engine: () => live.engine(),
    learned: () => live.learned(),
    guard: createGuard(),
    watch: () => live.watch(),
    policy: createOutboundPolicy(() => liveBundle().registry, page?.isOurToken),
    ...(page === null ? {} : { handOffs: page.handOffs }),
    store,
    clock,
    entropy: overrides.entropy ?? (() => randomBytes(32)),
    log,
    adapters,
    commands: commandMenus(bundle),
    notifies: overrides.notifies ?? true,
    health,
    ...(overrides.refused === undefined ? {} : { refused: overrides.refused }),
    worker,
    random: Math.random,
  });
  const reloading = withReload(isWarm ? withReadiness(bot, live) : bot, reload);
  const listed = lists === null ? reloading : withBlockLists(reloading, lists);
  const listening = page === null ? listed : withOfficialPage(listed, page);
  if (http === null) return listening;
  const [platform] = adapters.keys();
  if (platform !== undefined) page?.addRoutes(http.routes, bot.receiver, platform);
  addHealthRoutes(http.routes, health.report);
  return withHttpServer(listening, http);
}

interface Begun {
  readonly content: Content;
  readonly terminal: Terminal | undefined;
  /** Hot reload, where a folder is watched. */
  readonly reloads: ((parts: Pick<HotReloadParts, 'live' | 'worker' | 'clock'>) => HotReload) | null;
}

/** What is served from the start on: of a watched folder what is fit, else what was given. */
async function begin(settings: Settings, overrides: Overrides, store: Store, log: Log): Promise<Begun> {
  const { reloads: folder, terminal } = overrides;
  const isForReal = isOnPlatforms(settings);
  const terminalIn = ({ locales }: Bundle): Terminal | undefined => terminal?.(Object.keys(locales.names));
  if (folder === undefined) {
    const content = overrides.content ?? (await loadContent(settings.LIFELINE_CONTENT));
    if (isForReal) refuseExampleRegistry(content.files);
    await store.putBundle(content.bundle.hash, packFiles(content.files));
    await store.activateBundle(content.bundle.hash);
    return { content, terminal: terminalIn(content.bundle), reloads: null };
  }
  // It takes a moment to load, so nobody else waits for it.
  const { createHotReload, firstContentOf, passedBy } = await import('./hot-reload.js');
  const { LIFELINE_CACHE: cache } = settings;
  const passed = passedBy(store, cache, log);
  const parts = { folder, isForReal, store, passed, log, cache };
  const first = await firstContentOf({ ...parts, clock: overrides.clock ?? systemClock });
  return {
    content: first,
    terminal: terminalIn(first.bundle),
    reloads: (more) => createHotReload({ ...parts, ...more, first }),
  };
}

/** What is wrong with content that may not go live, in a few words; `null` when all is well. */
function refusedContent(reload: HotReload | null): string | null {
  const refusal = reload?.refusal() ?? null;
  const [first] = refusal?.findings ?? [];
  if (refusal === null || first === undefined) return null;
  return `the content is refused, the one before serves on: ${first.file}:${first.line}:${first.col} (${first.code})`;
}

/**
 * The same bot, which follows its content: what is live is settled before the first turn, models come after the start.
 */
function withReload(bot: Bot, reload: HotReload | null): ReloadableBot {
  if (reload === null) return { ...bot, reload: null };
  let learning: Promise<void> = Promise.resolve();
  return {
    ...bot,
    reload: () => reload.now(),
    start: async () => {
      await reload.start();
      const started = bot.start();
      learning = reload.learn();
      await started;
    },
    stop: async () => {
      await reload.stop();
      await learning;
      await bot.stop();
    },
  };
}

/** The same bot, which once it has started makes ready what its first messages would wait for. */
function withReadiness(bot: Bot, live: LiveContent): Bot {
  let readying: Promise<void> = Promise.resolve();
  return {
    ...bot,
    start: async () => {
      await bot.start();
      readying = live.makeReady();
    },
    stop: async () => {
      await readying;
      await bot.stop();
    },
  };
}

/** The block lists of the settings; `null` without any. */
function blockListsOf(settings: Settings, log: Log, clock: Clock): BlockLists | null {
  const { LIFELINE_BLOCK_LISTS: named, LIFELINE_BLOCK_LISTS_FOLDER: folder } = settings;
  return named === undefined ? null : createBlockLists({ urls: blockListUrls(named), folder, clock, log });
}

/** The same bot, whose block lists are refreshed while it runs. It does not wait for the first ones. */
function withBlockLists(bot: ReloadableBot, lists: BlockLists): ReloadableBot {
  let started: Promise<void> = Promise.resolve();
  return {
    ...bot,
    start: async () => {
      started = lists.start();
      await bot.start();
    },
    stop: async () => {
      await bot.stop();
      await lists.stop();
      await started;
    },
  };
}

/** The official page, where it takes part. It takes a moment to load, so nobody else waits for it. */
async function officialPageOf(settings: Settings, parts: OfficialPageParts): Promise<OfficialPage | null> {
  if (settings.RECOVERY_URL === undefined || settings.RECOVERY_PAGE_KEYS === undefined) return null;
  const { createOfficialPage } = await import('./official-page.js');
  return createOfficialPage(settings, parts);
}

/** The same bot, which looks after the official page while it runs. It does not wait for the first look. */
function withOfficialPage(bot: ReloadableBot, page: OfficialPage): ReloadableBot {
  let looked: Promise<void> = Promise.resolve();
  return {
    ...bot,
    start: async () => {
      looked = page.start();
      await bot.start();
    },
    stop: async () => {
      await bot.stop();
      await page.stop();
      await looked;
    },
  };
}

/** The HTTP server, where one is needed. It takes a moment to load, so nobody else waits for it. */
async function httpServerOf(settings: Settings, log: Log): Promise<HttpServer | null> {
  const port = httpPortOf(settings);
  if (port === null) return null;
  const { createHttpServer } = await import('./infra/http-server.js');
  return createHttpServer({ host: settings.HTTP_HOST, port, log });
}

/**
 * The same bot behind the HTTP server. It listens before a platform is told where we are, and tells how we are until
 * the end; receivers that do not run yet, or no more, answer 503.
 */
function withHttpServer(bot: ReloadableBot, http: HttpServer): ReloadableBot {
  return {
    ...bot,
    start: async () => {
      await http.start();
      await bot.start();
    },
    stop: async () => {
      await bot.stop();
      await http.stop();
    },
  };
}

/** The secret of the settings, or the one beside the LMDB store, which is made when there is none. */
function secretOf(settings: Settings, overrides: Pick<Overrides, 'secretMade'> = {}): Uint8Array {
  if (settings.LIFELINE_SECRET !== undefined) {
    const secret = parseSecret(settings.LIFELINE_SECRET);
    if (secret !== null) return secret;
  }
  if (!settings.LIFELINE_STORE.startsWith('lmdb:')) return randomBytes(32);
  const { secret, made } = secretBeside(settings.LIFELINE_STORE.slice('lmdb:'.length));
  if (made !== null) overrides.secretMade?.(made);
  return secret;
}
