import { setImmediate as nextTurn } from 'node:timers/promises';
import { phraseText } from './authoring/phrase-text.js';
import type { Judged } from './authoring/reload/judge.js';
import { type Bundle, type ContentFiles, fromPortable } from './content/index.js';
import { createConversation } from './conversation/index.js';
import { createGroupWatch, createLookUp, type HostListed } from './guard/index.js';
import { deriveKey } from './infra/keys.js';
import type { ModelShelf, WatchGroup } from './model/index.js';
import { createButtonSigner } from './runtime/buttons.js';
import type { Engine } from './runtime/turn-request.js';
import { createUnderstanding, type TrainableUnderstanding } from './understanding/index.js';

type LiveEngine = Engine & { readonly understanding: TrainableUnderstanding };

/** What an engine is made with beside its bundle. */
export interface EngineParts {
  readonly shelf?: ModelShelf | null;
  readonly listed?: HostListed;
  /** While true, models that are not on the shelf are trained elsewhere. */
  readonly isTaughtElsewhere?: () => boolean;
}

/** The pure parts of one bundle, joined. */
export function createEngine(
  bundle: Bundle,
  secret: Uint8Array,
  { shelf = null, listed, isTaughtElsewhere = () => false }: EngineParts = {},
): LiveEngine {
  return {
    bundle,
    conversation: createConversation(bundle, createLookUp(bundle.registry, listed)),
    understanding: createUnderstanding({ locales: bundle.phrases, shelf, isTaughtElsewhere }),
    buttons: createButtonSigner(deriveKey(secret, 'buttons')),
  };
}

/** The content that people talk to at this moment: one reference, read anew for each turn. */
export interface LiveContent {
  engine(): LiveEngine;
  watch(): WatchGroup;
  /** Puts other content in its place; what has not changed between the two is kept. */
  swap(files: ContentFiles, fit: Extract<Judged, { kind: 'fit' }>): void;
  /**
   * Takes the models that are on the shelf, and has those that are not trained by `train`, elsewhere. From then on
   * nothing is waited for: without them, a model is trained when it is first needed. Rejects with what `train` rejects
   * with.
   */
  learn(train: () => Promise<ReadonlyMap<string, Uint8Array>>): Promise<void>;
  /** Resolves when what is being learned is known, or has to be trained here. */
  learned(): Promise<void>;
  /** Makes what the first messages would else wait for, in steps between which everything else goes on. */
  makeReady(): Promise<void>;
}

interface Live {
  readonly files: ContentFiles;
  readonly engine: LiveEngine;
  readonly watch: WatchGroup;
}

/**
 * Joins the first content. With `waits`, a free text waits until `learn` is done; else models are trained when needed.
 */
export function createLiveContent(
  first: { readonly files: ContentFiles; readonly bundle: Bundle },
  secret: Uint8Array,
  { shelf = null, listed, waits }: EngineParts & { readonly waits: boolean },
): LiveContent {
  /** Models as they were handed over, for the disk may not have taken them. */
  let handed: ReadonlyMap<string, Uint8Array> = new Map();
  let isLearning = waits;
  let endLearning = (): void => undefined;
  const learning = waits
    ? new Promise<void>((resolve) => {
        endLearning = resolve;
      })
    : Promise.resolve();
  const parts = {
    shelf: shelf === null ? null : { ...shelf, get: (key: string) => handed.get(key) ?? shelf.get(key) },
    isTaughtElsewhere: () => isLearning,
    ...(listed === undefined ? {} : { listed }),
  };
  let live: Live = {
    files: first.files,
    engine: createEngine(first.bundle, secret, parts),
    watch: createGroupWatch(first.bundle.registry, listed),
  };
  const warm = ({ bundle, understanding }: LiveEngine): void => {
    for (const locale of bundle.phrases.keys()) understanding.warm(locale);
  };

  const makeReady = async (): Promise<void> => {
    const steps = live.engine.understanding.readying()[Symbol.iterator]();
    do await nextTurn();
    while (steps.next().done !== true);
  };

  return {
    engine: () => live.engine,
    watch: () => live.watch,
    swap(files, fit) {
      const before = live;
      const made = fromPortable(fit.bundle);
      const sameFlows = made.structure === before.engine.bundle.structure;
      const samePhrases = phraseText(files) === phraseText(before.files);
      // What is judged by the registry is kept as long as that is the same.
      const bundle = sameFlows ? { ...made, registry: before.engine.bundle.registry } : made;
      handed = fit.models;
      const engine: LiveEngine = {
        bundle,
        buttons: before.engine.buttons,
        conversation: sameFlows
          ? before.engine.conversation
          : createConversation(bundle, createLookUp(bundle.registry, listed)),
        understanding: samePhrases
          ? before.engine.understanding
          : createUnderstanding({ locales: bundle.phrases, ...parts }),
      };
      if (!samePhrases) warm(engine);
      handed = new Map();
      live = {
        files,
        engine,
        watch: sameFlows ? before.watch : createGroupWatch(bundle.registry, listed),
      };
    },
    async learn(train) {
      let isKnown = false;
      try {
        handed = await train();
        isKnown = handed.size > 0;
        if (isKnown) warm(live.engine);
      } finally {
        // Who waits goes on in any case.
        handed = new Map();
        isLearning = false;
        endLearning();
      }
      if (isKnown) await makeReady();
    },
    makeReady,
    learned: () => learning,
  };
}
