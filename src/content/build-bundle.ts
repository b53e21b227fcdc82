import { GLOBAL_WORDS } from '../model/index.js';
import type { Bundle, GlobalAction } from './bundle.js';
import { checkLoops } from './check-loops.js';
import { checkReferences } from './check-references.js';
import type { Draft } from './draft.js';
import { type ContentFiles, hashFiles } from './files.js';
import { type Finding, formatFinding } from './finding.js';
import type { Flow } from './flow.js';
import { ANSWERS_SCHEMA, GLOBAL_SCHEMA, TIMES_SCHEMA } from './flow-schema.js';
import { LOCALES_SCHEMA, type Locales } from './locale-schema.js';
import { type Memory, NO_MEMORY } from './memory.js';
import { RESERVED_FLOWS, target } from './parse-flow.js';
import { type Read, Reader } from './read-parts.js';
import { REGISTRY_SCHEMA, toRegistry } from './registry.js';
import type { DraftSources, Sources } from './sources.js';

export type Built =
  | {
      readonly kind: 'built';
      readonly bundle: Bundle;
      readonly sources: Sources;
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'broken';
      readonly findings: readonly Finding[];
      /** What could be understood all the same. */
      readonly draft: Draft;
      readonly sources: DraftSources;
    };

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Compiles content files to one bundle, or says everything that is wrong with them, in the order of files and lines.
 * `unread` are the findings about files that are there and could not be read. With a memory, files that are as they
 * were are not read again.
 */
export function buildBundle(
  files: ContentFiles,
  unread: readonly Finding[] = [],
  memory: Memory = NO_MEMORY,
): Built {
  const reader = new Reader(files, unread, memory);
  const times = reader.read('flows/_times.yaml', TIMES_SCHEMA);
  const timesMs = times === null ? null : timesOf(times);
  const registry = reader.read('flows/official.yaml', REGISTRY_SCHEMA);
  const global = reader.read('flows/_global.yaml', GLOBAL_SCHEMA);
  const answers = reader.read('flows/answers.yaml', ANSWERS_SCHEMA);
  const locales = reader.read('locales/locales.yaml', LOCALES_SCHEMA);
  const { flows, unclear, allTriggers } = reader.flows();
  const languages = reader.languages(localeTags(files, locales?.value ?? null), timesMs);
  for (const name of Object.keys(answers?.value ?? {})) {
    if (RESERVED_FLOWS.includes(name) && answers !== null)
      reader.findings.push(
        answers.source.finding('flow-name', [name], `"${name}" is a reserved name; choose another.`, {
          onKey: true,
        }),
      );
  }
  const all = new Map<string, Flow>(flows.map((parsed) => [parsed.flow.name, parsed.flow]));
  for (const [name, answer] of Object.entries(answers?.value ?? {})) all.set(name, answerFlow(name, answer));
  const triggers = new Map<string, string>();
  for (const flow of all.values()) for (const intent of flow.triggers) triggers.set(intent, flow.name);
  const sources: DraftSources = {
    flows,
    answers: answers?.source ?? null,
    global: global?.source ?? null,
    registry: registry?.source ?? null,
    locales: locales?.source ?? null,
    texts: languages.textSources,
    phrases: languages.phraseSources,
  };
  const draft: Draft = {
    flows: all,
    unclear,
    allNamed: answers?.isWhole === true,
    allTriggers: answers?.isWhole === true && allTriggers,
    triggers,
    globals: global === null ? null : globals(global.value),
    timesMs,
    registry: registry === null ? null : toRegistry(registry.value),
    locales: locales?.value ?? null,
    texts: languages.texts,
    textKeys: languages.textKeys,
    phrases: languages.phrases,
  };
  const findings = ordered([
    ...reader.findings,
    ...checkReferences(draft, sources),
    ...checkLoops(draft, sources),
  ]);
  if (
    findings.some((finding) => finding.level === 'error') ||
    registry === null ||
    global === null ||
    answers === null ||
    locales === null ||
    timesMs === null
  ) {
    return { kind: 'broken', findings, draft, sources };
  }
  return {
    kind: 'built',
    findings,
    bundle: {
      hash: hashFiles(files, () => true),
      structure: hashFiles(files, (path) => path.startsWith('flows/')),
      flows: all,
      triggers,
      globals: globals(global.value),
      timesMs,
      registry: toRegistry(registry.value),
      locales: locales.value,
      texts: languages.texts,
      phrases: languages.phrases,
    },
    sources: {
      ...sources,
      answers: answers.source,
      global: global.source,
      registry: registry.source,
      locales: locales.source,
    },
  };
}

/** The languages whose files are read. */
function localeTags(files: ContentFiles, locales: Locales | null): readonly string[] {
  if (locales !== null) return Object.keys(locales.names);
  return [...files.keys()].flatMap((path) => /^locales\/([^/]+)\/texts\.yaml$/.exec(path)?.[1] ?? []);
}

/** The times in milliseconds; one whose length cannot be read is there all the same. */
function timesOf(times: Read<Readonly<Record<string, string>>>): ReadonlyMap<string, number> {
  const named = Object.keys(times.value);
  const unread = isObject(times.source.value) ? Object.keys(times.source.value) : [];
  return new Map([
    ...unread.map((name): [string, number] => [name, UNIT_MS.m]),
    ...named.map((name): [string, number] => {
      const text = times.value[name] ?? '';
      return [name, Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS]];
    }),
  ]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function answerFlow(
  name: string,
  answer: {
    say: string;
    links: readonly string[];
    triggers?: readonly string[] | undefined;
    private: boolean;
  },
): Flow {
  const { say, links, private: isPrivate } = answer;
  return {
    name,
    file: 'flows/answers.yaml',
    triggers: [...new Set([name, ...(answer.triggers ?? [])])],
    start: 'answer',
    interrupts: true,
    preempts: false,
    lobby: false,
    keeps: [],
    steps: new Map([
      ['answer', { name: 'answer', verb: 'answer', say, links, private: isPrivate, was: null }],
    ]),
  };
}

function globals(raw: ReturnType<typeof GLOBAL_SCHEMA.parse>): Bundle['globals'] {
  const entries = GLOBAL_WORDS.map((word): [string, GlobalAction] => {
    const action = raw[word];
    if ('flow' in action) return [word, { kind: 'flow', flow: action.flow }];
    if ('human' in action) return [word, { kind: 'human', topic: action.human, say: action.say }];
    return [
      word,
      {
        kind: 'go',
        say: 'say' in action ? action.say : null,
        go: target(action.go),
        clears: 'clears' in action,
      },
    ];
  });
  return Object.fromEntries(entries) as Bundle['globals'];
}

/** In the order of files and lines; what several checks say of one place is said once. */
function ordered(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...unique.values()].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.col - b.col,
  );
}
