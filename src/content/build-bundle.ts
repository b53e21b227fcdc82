import { GLOBAL_WORDS, type PhraseBook } from '../model/index.js';
import type { Bundle, GlobalAction } from './bundle.js';
import { checkLoops } from './check-loops.js';
import { checkReferences } from './check-references.js';
import { type ContentFiles, hashFiles } from './files.js';
import { didYouMean, type Finding, formatFinding } from './finding.js';
import type { Flow } from './flow.js';
import { ANSWERS_SCHEMA, GLOBAL_SCHEMA, TIMES_SCHEMA } from './flow-schema.js';
import { LOCALES_SCHEMA, PHRASES_SCHEMA, TEXTS_SCHEMA, toPhraseBook } from './locale-schema.js';
import { type Memory, NO_MEMORY } from './memory.js';
import { compileMessage, type Message } from './message.js';
import { type ParsedFlow, parseFlow, RESERVED_FLOWS, target } from './parse-flow.js';
import { REGISTRY_SCHEMA, toRegistry } from './registry.js';
import type { Sources } from './sources.js';
import { checkShape, parseYaml, type YamlSource } from './yaml-source.js';

export type Built =
  | {
      readonly kind: 'built';
      readonly bundle: Bundle;
      readonly sources: Sources;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'broken'; readonly findings: readonly Finding[] };

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Compiles content files to one bundle, or says everything that is wrong with them, in the order of files and lines.
 * With a memory, files that are as they were are not read again.
 */
export function buildBundle(files: ContentFiles, memory: Memory = NO_MEMORY): Built {
  const reader = new Reader(files, memory);
  const timesMs = new Map<string, number>();
  const times = reader.read('flows/_times.yaml', TIMES_SCHEMA);
  for (const [name, text] of Object.entries(times?.value ?? {})) {
    timesMs.set(name, Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS]);
  }
  const registry = reader.read('flows/official.yaml', REGISTRY_SCHEMA);
  const global = reader.read('flows/_global.yaml', GLOBAL_SCHEMA);
  const answers = reader.read('flows/answers.yaml', ANSWERS_SCHEMA);
  const locales = reader.read('locales/locales.yaml', LOCALES_SCHEMA);
  const flows = [...files.keys()]
    .filter(
      (path) => /^flows\/[a-z][a-z0-9-]*\.yaml$/.test(path) && !/\/(answers|official)\.yaml$/.test(path),
    )
    .sort()
    .flatMap((path) => reader.flow(path));
  const tags = locales === null ? [] : Object.keys(locales.value.names);
  const texts = new Map<string, ReadonlyMap<string, Message>>();
  const textSources = new Map<string, YamlSource>();
  const phrases = new Map<string, PhraseBook>();
  const phraseSources = new Map<string, YamlSource>();
  for (const tag of tags) {
    const read = reader.read(`locales/${tag}/texts.yaml`, TEXTS_SCHEMA, { plain: true });
    if (read !== null) {
      texts.set(tag, reader.messages(tag, read.source, read.value, times === null ? null : timesMs));
      textSources.set(tag, read.source);
    }
    const book = reader.read(`locales/${tag}/phrases.yaml`, PHRASES_SCHEMA, { plain: true });
    if (book !== null) {
      phrases.set(tag, toPhraseBook(book.value));
      phraseSources.set(tag, book.source);
    }
  }
  if (
    registry === null ||
    global === null ||
    answers === null ||
    locales === null ||
    times === null ||
    reader.findings.length > 0
  ) {
    return { kind: 'broken', findings: ordered(reader.findings) };
  }
  for (const name of Object.keys(answers.value)) {
    if (RESERVED_FLOWS.includes(name))
      reader.findings.push(
        answers.source.finding('flow-name', [name], `"${name}" is a reserved name; choose another.`, {
          onKey: true,
        }),
      );
  }
  if (reader.findings.length > 0) return { kind: 'broken', findings: ordered(reader.findings) };
  const all = new Map<string, Flow>(flows.map((parsed) => [parsed.flow.name, parsed.flow]));
  for (const [name, answer] of Object.entries(answers.value)) all.set(name, answerFlow(name, answer));
  const triggers = new Map<string, string>();
  for (const flow of all.values()) for (const intent of flow.triggers) triggers.set(intent, flow.name);
  const bundle: Bundle = {
    hash: hashFiles(files, () => true),
    structure: hashFiles(files, (path) => path.startsWith('flows/')),
    flows: all,
    triggers,
    globals: globals(global.value),
    timesMs,
    registry: toRegistry(registry.value),
    locales: locales.value,
    texts,
    phrases,
  };
  const sources: Sources = {
    flows,
    answers: answers.source,
    global: global.source,
    registry: registry.source,
    locales: locales.source,
    texts: textSources,
    phrases: phraseSources,
  };
  const references = checkReferences(bundle, sources);
  // A name that leads nowhere is reported first; loops are looked for once every way leads somewhere.
  const findings = ordered(references.length > 0 ? references : checkLoops(bundle, sources));
  return findings.some((finding) => finding.level === 'error')
    ? { kind: 'broken', findings }
    : { kind: 'built', bundle, sources, findings };
}

class Reader {
  readonly findings: Finding[] = [];
  readonly #files: ContentFiles;
  readonly #memory: Memory;

  constructor(files: ContentFiles, memory: Memory) {
    this.#files = files;
    this.#memory = memory;
  }

  /** Parses and checks one file; `null` when it cannot be used, with findings that say why. */
  read<T>(
    path: string,
    schema: Parameters<typeof checkShape<T>>[1],
    options: { plain?: boolean } = {},
  ): { source: YamlSource; value: T } | null {
    const text = this.#files.get(path);
    if (text === undefined) {
      const near = didYouMean(path, [...this.#files.keys()]);
      this.findings.push({
        code: 'missing-file',
        level: 'error',
        file: path,
        line: 1,
        col: 1,
        message: `is missing${near.includes('did you mean') ? near : '.'}`,
      });
      return null;
    }
    const { source, findings, shape } = this.#memory.of(path, text, () => {
      const parsed = parseYaml(path, text, options);
      return { ...parsed, shape: parsed.findings.length > 0 ? null : checkShape(parsed.source, schema) };
    });
    this.findings.push(...findings);
    if (shape === null) return null;
    if ('findings' in shape) this.findings.push(...shape.findings);
    return 'findings' in shape ? null : { source, value: shape.value };
  }

  flow(path: string): readonly ParsedFlow[] {
    const text = this.#files.get(path) ?? '';
    const { findings, parsed } = this.#memory.of(path, text, () => {
      const read = parseYaml(path, text);
      return { ...read, parsed: read.findings.length > 0 ? null : parseFlow(read.source) };
    });
    this.findings.push(...findings);
    if (parsed === null) return [];
    this.findings.push(...parsed.findings);
    return parsed.flow === null ? [] : [parsed.flow];
  }

  messages(
    tag: string,
    source: YamlSource,
    raw: Readonly<Record<string, string>>,
    timesMs: ReadonlyMap<string, number> | null,
  ): ReadonlyMap<string, Message> {
    const messages = new Map<string, Message>();
    for (const [key, text] of Object.entries(raw)) {
      const times = timesMs === null ? '' : [...timesMs].join();
      const message = this.#memory.of(`${tag} ${key} ${times}`, text, () =>
        compileMessage(tag, text, timesMs),
      );
      if ('error' in message)
        this.findings.push(source.finding('text', [key], `the text "${key}" ${message.error}.`));
      else messages.set(key, message);
    }
    return messages;
  }
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
