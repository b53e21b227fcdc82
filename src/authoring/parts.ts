import { usedTexts } from '../content/check-texts.js';
import type { Draft } from '../content/draft.js';
import type { Built, Bundle, ContentFiles, Finding, Locales } from '../content/index.js';
import { toRegistry } from '../content/index.js';
import type { DraftSources } from '../content/sources.js';
import { GLOBAL_WORDS } from '../model/index.js';

/** Content as far as it could be understood, for checks that look at one part and another. */
export interface Parts {
  /** The bundle; of content with mistakes what there is of it, with nothing in place of files that are broken. */
  readonly bundle: Bundle;
  readonly sources: DraftSources;
  /** Files that could be understood, at least in parts. */
  readonly has: { readonly globals: boolean; readonly registry: boolean; readonly locales: boolean };
  /** Flows whose ways are all known: none leads to a name that is not there. */
  readonly sound: ReadonlySet<string>;
  /** Flows of which some step could not be understood. */
  readonly unclear: ReadonlySet<string>;
  /** Keys of texts that are said, each of which every required language must have. */
  readonly said: ReadonlySet<string>;
  /** Keys that may be said: those, and the labels of all links and ways to reach support. */
  readonly used: ReadonlySet<string>;
  /** Whether a text of the source has a mistake, so that it will change again. */
  toMend(key: string): boolean;
  /** Whether the name of a flow, or a text key, that nothing seems to use may be meant by something with a mistake. */
  mayBeMeant(name: string): boolean;
}

type Codes = ReadonlySet<Finding['code']>;
/** Findings after which not all ways of a flow are known. */
const HIDES_WAYS: Codes = new Set(['unknown-step', 'unknown-flow', 'missing-outcome']);
/** Findings that something is not there, or cannot be read, which may name any text. */
const HIDES_TEXTS: Codes = new Set([
  'no-unclear',
  'missing-word',
  'no-verb',
  'wrong-value',
  'wrong-type',
  'missing-flow',
]);
/** The same for flows. */
const HIDES_FLOWS: Codes = new Set([...HIDES_TEXTS, ...HIDES_WAYS, 'dead-end', 'no-otherwise', 'no-answer']);
/** Text keys that are made from the names of other things. */
const MADE_KEY = /^(?:title|link|support|hand-off)\./;

/** The parts of content, whether it compiles or not. `unread`: whether some file is there that could not be read. */
export function partsOf(built: Built, files: ContentFiles, unread: boolean): Parts {
  const { findings, sources } = built;
  const draft = draftOf(built);
  const errors = findings.filter(({ level }) => level === 'error');
  const inFlows = errors.filter(({ file }) => file.startsWith('flows/'));
  const wrongFiles = new Set(inFlows.map(({ file }) => file));
  const isRead = draft.allNamed && draft.allTriggers && draft.globals !== null && draft.registry !== null;
  const hidesAll = unread || !isRead || draft.locales === null;
  const hides = (codes: Codes): boolean => hidesAll || inFlows.some(({ code }) => codes.has(code));
  const hidden = { texts: hides(HIDES_TEXTS), flows: hides(HIDES_FLOWS) };
  const bundle = built.kind === 'built' ? built.bundle : bundleOf(draft);
  const sourceTexts = `locales/${bundle.locales.source}/texts.yaml`;
  const said = new Set(usedTexts(draft, sources).map(({ key }) => key));
  const labels = [...bundle.registry.links.keys()].map((name) => `link.${name}`);
  // Ways to reach support that this wallet does not have.
  const channels = [...(draft.textKeys.get(bundle.locales.source) ?? [])].filter((key) =>
    key.startsWith('support.'),
  );
  return {
    bundle,
    sources,
    has: {
      globals: draft.globals !== null,
      registry: draft.registry !== null,
      locales: draft.locales !== null,
    },
    sound: new Set(
      sources.flows.flatMap(({ flow, source }) => {
        const isHidden = errors.some(({ code, file }) => file === source.file && HIDES_WAYS.has(code));
        return isHidden || draft.unclear.has(flow.name) ? [] : [flow.name];
      }),
    ),
    unclear: new Set(draft.unclear.keys()),
    said,
    used: new Set([...said, ...labels, ...channels]),
    toMend: (key) =>
      draft.texts.get(bundle.locales.source)?.has(key) !== true ||
      errors.some(({ file, message }) => file === sourceTexts && message.includes(`"${key}"`)),
    mayBeMeant: (name) =>
      errors.length > 0 &&
      ((name.includes('.') ? hidden.texts : hidden.flows) ||
        MADE_KEY.test(name) ||
        errors.some(({ suggestion, message }) => suggestion === name || message.includes(`"${name}"`)) ||
        [...wrongFiles].some((file) => holdsName(files.get(file) ?? '', name))),
  };
}

function holdsName(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at >= 0 && !new RegExp(`^(?:flow|title): ${name}$`, 'm').test(text);
}

function draftOf(built: Built): Draft {
  if (built.kind === 'broken') return built.draft;
  const { bundle } = built;
  const textKeys = new Map([...bundle.texts].map(([tag, texts]) => [tag, new Set(texts.keys())] as const));
  return { ...bundle, unclear: new Map(), allNamed: true, allTriggers: true, textKeys };
}

const NO_REGISTRY = toRegistry({
  product: { name: '' },
  ...{ origins: [], links: {}, downloads: {}, senders: [], support: [], bot: {}, hand_offs: {}, cases: {} },
});

function bundleOf(draft: Draft): Bundle {
  const nothing = { kind: 'go', say: null, go: { kind: 'idle' }, clears: false } as const;
  return {
    hash: '',
    structure: '',
    flows: draft.flows,
    triggers: draft.triggers,
    globals:
      draft.globals ??
      (Object.fromEntries(GLOBAL_WORDS.map((word) => [word, nothing])) as unknown as Bundle['globals']),
    timesMs: draft.timesMs ?? new Map(),
    registry: draft.registry ?? NO_REGISTRY,
    locales: draft.locales ?? localesOf(draft),
    texts: draft.texts,
    phrases: draft.phrases,
  };
}

/** Languages whose files are there; none of them is the source of the others. */
function localesOf({ texts }: Draft): Locales {
  const names = Object.fromEntries([...texts.keys()].map((tag) => [tag, tag]));
  return { source: '', required: [], fallbacks: {}, names, must_say: [] };
}
