import { encode as encodeConsole } from '../adapters/console/encode.js';
import { CONSOLE_CAPABILITIES } from '../adapters/console/limits.js';
import { encode as encodeDiscord } from '../adapters/discord/encode.js';
import { DISCORD_CAPABILITIES } from '../adapters/discord/limits.js';
import { encode as encodeSlack } from '../adapters/slack/encode.js';
import { SLACK_CAPABILITIES } from '../adapters/slack/limits.js';
import { encode as encodeTelegram } from '../adapters/telegram/encode.js';
import { TELEGRAM_CAPABILITIES } from '../adapters/telegram/limits.js';
import type { Bundle } from './content/index.js';
import { createConversation } from './conversation/index.js';
import { createGuard, createLookUp, createOutboundPolicy } from './guard/index.js';
import { deriveKey } from './infra/keys.js';
import { createLogger } from './infra/logger.js';
import { createEngine } from './live-content.js';
import {
  type Commit,
  inboundId,
  type ModelShelf,
  PLATFORMS,
  type Platform,
  type Store,
} from './model/index.js';
import { createHandOffs } from './runtime/hand-offs.js';
import { createRuntime } from './runtime/lifecycle.js';
import { createPageDesk } from './runtime/page-desk.js';
import { answerConversations } from './simulate/answer-conversations.js';
import { createCoverage } from './simulate/coverage.js';
import type { SimulatedConversation } from './simulate/format.js';
import { type Encoder, plainStage } from './simulate/plain-stage.js';
import { type Played, play } from './simulate/play.js';
import type { SimulationReport } from './simulate/report.js';
import type { OpenStage } from './simulate/stage.js';
import { differenceOf } from './simulate/transcript.js';
import { isRecovery } from './simulate/verified.js';
import type { OpenWorld } from './simulate/world.js';
import { createMemoryStore } from './store/memory.js';

/** Platforms that simulations run on, by the real adapters' limits and encoders. */
const ENCODERS: Readonly<Record<Platform, Encoder>> = {
  console: { capabilities: CONSOLE_CAPABILITIES, encode: encodeConsole },
  telegram: { capabilities: TELEGRAM_CAPABILITIES, encode: encodeTelegram },
  discord: { capabilities: DISCORD_CAPABILITIES, encode: encodeDiscord },
  slack: { capabilities: SLACK_CAPABILITIES, encode: encodeSlack },
};

export interface SimulationOptions {
  readonly locale?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly seed?: number | undefined;
  /** Plays a conversation for one-step answers as well: all of them, or those that are named. */
  readonly answers?: 'all' | readonly string[] | undefined;
  /** Where trained models are kept; without it they are trained anew. */
  readonly shelf?: ModelShelf;
  /** Platforms over a wire; only these are played, with and without it, and the talks compared. */
  readonly wires?: ReadonlyMap<Platform, OpenStage>;
  /**
   * Each conversation in one language on one platform only, to the end whatever goes wrong: in `locale` on `platform`
   * where it has them, else in the first that it has.
   */
  readonly once?: boolean;
  readonly progress?: (done: number, of: number) => void;
}

/** Plays conversations in every locale and on every platform they name, against the whole path on the fake store. */
export async function runSimulations(
  bundle: Bundle,
  conversations: readonly SimulatedConversation[],
  options: SimulationOptions = {},
): Promise<SimulationReport> {
  const { shelf = null } = options;
  const coverage = createCoverage(bundle);
  const open = worldOpener(
    bundle,
    coverage.watch(createConversation(bundle, createLookUp(bundle.registry), { traced: true })),
    { shelf, isVerified: false },
  );
  const { wires, answers = [], once = false } = options;
  const made = answers.length === 0 ? [] : answerConversations(bundle, answers);
  const known = { locales: Object.keys(bundle.locales.names), platforms: PLATFORMS } as const;
  const runs = [...conversations, ...made].flatMap((file) => {
    const locales = known.locales.filter(
      (tag) => file.run.locales === 'all' || file.run.locales.includes(tag),
    );
    const platforms = known.platforms.filter(
      (name) =>
        (wires?.has(name) ?? true) && (file.run.platforms === 'all' || file.run.platforms.includes(name)),
    );
    return chosen(locales, options.locale, once).flatMap((locale) =>
      chosen(platforms, options.platform, once).map((platform) => ({ file, locale, platform })),
    );
  });
  const played: Played[] = [];
  const overWire: Played[] = [];
  for (const run of runs) {
    const encoder = ENCODERS[run.platform];
    const where = { ...run, capabilities: encoder.capabilities, seed: options.seed, goesOn: once };
    const plain = await play(run.file, where, open, plainStage(run.platform, encoder));
    played.push(plain);
    const wire = wires?.get(run.platform);
    if (wire !== undefined) overWire.push(compared(await play(run.file, where, open, wire), plain));
    options.progress?.(played.length, runs.length);
  }
  // A recovery is written for the plain way, and must go as well where the wallet's site takes part.
  const verified = verifiedBundle(bundle);
  const openVerified = worldOpener(verified, createConversation(verified, createLookUp(bundle.registry)), {
    shelf,
    isVerified: true,
  });
  const recoveries = wires === undefined && !once ? runs.filter(({ file }) => isRecovery(file)) : [];
  for (const run of recoveries) {
    const encoder = ENCODERS[run.platform];
    const where = { ...run, capabilities: encoder.capabilities, seed: options.seed };
    played.push(await play(run.file, where, openVerified, plainStage(run.platform, encoder)));
  }
  return { played, overWire, coverage: coverage.report() };
}

/** Those that are wanted of what a conversation has; `once`: one of them in any case. */
function chosen<T>(all: readonly T[], wanted: T | undefined, once: boolean): readonly T[] {
  if (wanted === undefined) return once ? all.slice(0, 1) : all;
  return once && !all.includes(wanted) ? all.slice(0, 1) : all.filter((one) => one === wanted);
}

/** What went over the wire, failed where it is another talk than without one. */
function compared(wire: Played, plain: Played): Played {
  const failure = wire.failure ?? (plain.failure === null ? differenceOf(plain.talk, wire.talk) : null);
  return { ...wire, failure };
}

/** Worlds that share what costs time and keeps nothing of a conversation: the trained engine, and what may leave. */
function worldOpener(
  bundle: Bundle,
  conversation: ReturnType<typeof createConversation>,
  { shelf, isVerified }: { readonly shelf: ModelShelf | null; readonly isVerified: boolean },
): OpenWorld {
  const secret = new Uint8Array(32);
  const logKey = deriveKey(secret, 'log-hash');
  // Whether a token is ours is a question of keys, which simulations have none of.
  const policy = createOutboundPolicy(
    () => bundle.registry,
    () => isVerified,
  );
  const engine = { ...createEngine(bundle, secret, { shelf }), conversation };
  return async ({ clock, entropy, adapters }) => {
    const commits: Commit[] = [];
    const logLines: string[] = [];
    const memory = createMemoryStore({ clock: () => clock.now() });
    const store = recording(memory, commits);
    const handOffs = createHandOffs({
      store,
      isReady: () => true,
      sign: async ({ id }) => `header.${id}.signature`,
    });
    let asked = 0;
    const log = createLogger('debug', logKey, { write: (line) => logLines.push(line) });
    const runtime = createRuntime({
      engine: () => engine,
      guard: createGuard(),
      policy,
      store,
      clock,
      entropy,
      log,
      adapters,
      commands: [],
      notifies: false,
      worker: 'simulation',
      random: () => 0,
      ...(isVerified ? { handOffs } : {}),
    });
    const [platform = 'console'] = adapters.keys();
    const desk = createPageDesk({ store, receiver: runtime.receiver, platform });
    return {
      bundle,
      commits,
      log,
      logLines,
      page: isVerified
        ? {
            ask: (request) => {
              asked += 1;
              return desk.ask(request, inboundId(platform, 'page', String(asked)));
            },
          }
        : null,
      receive: (message) => runtime.receiver.receive(message),
      settle: () => runtime.deliverer.idle(),
      round: () => runtime.scheduler.round(),
      nextDue: () => memory.nextDue(),
      snapshot: async (id) => (await memory.load(id)).snapshot,
      close: () => memory.close(),
    };
  };
}

/** The same content, whose hand-offs are all verified by the page they lead to. */
function verifiedBundle(bundle: Bundle): Bundle {
  const handOffs = Object.entries(bundle.registry.hand_offs);
  const verified = handOffs.map(([name, handOff]) => [name, { ...handOff, verified: true }] as const);
  return { ...bundle, registry: { ...bundle.registry, hand_offs: Object.fromEntries(verified) } };
}

/** The same store, with every commit it was asked for noted. */
function recording(store: Store, commits: Commit[]): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => {
        if (name === 'commit') commits.push(args[0] as Commit);
        return Reflect.apply(value, target, args);
      };
    },
  });
}
