import type { PhraseBook } from '../model/index.js';
import { checkShape } from './check-shape.js';
import type { ContentFiles } from './files.js';
import { aboutFile, didYouMean, type Finding } from './finding.js';
import { PHRASES_SCHEMA, TEXTS_SCHEMA, toPhraseBook } from './locale-schema.js';
import type { Memory } from './memory.js';
import { compileMessage, lostToApostrophe, type Message } from './message.js';
import { type ParsedFlow, parseFlow } from './parse-flow.js';
import { parseYaml, type YamlSource } from './yaml-source.js';

/** A file that was understood, or the parts of it that could be. */
export interface Read<T> {
  readonly source: YamlSource;
  readonly value: T;
  /** Nothing of it had to be left out. */
  readonly isWhole: boolean;
}

type Schema<T> = Parameters<typeof checkShape<T>>[1];

/** Reads files one by one and keeps what is wrong with each. */
export class Reader {
  readonly findings: Finding[];
  readonly #files: ContentFiles;
  readonly #unread: ReadonlySet<string>;
  readonly #memory: Memory;

  constructor(files: ContentFiles, unread: readonly Finding[], memory: Memory) {
    this.#files = files;
    this.#memory = memory;
    this.findings = [...unread];
    this.#unread = new Set(unread.map(({ file }) => file));
  }

  /** Parses and checks one file; `null` when nothing of it can be used, with findings that say why. */
  read<T>(path: string, schema: Schema<T>, options: { plain?: boolean } = {}): Read<T> | null {
    const text = this.#files.get(path);
    if (text === undefined) {
      if (!this.#unread.has(path)) this.findings.push(missing(path, [...this.#files.keys()]));
      return null;
    }
    const { findings, read } = this.#memory.of(path, text, () => readText(path, text, schema, options));
    this.findings.push(...findings);
    return read;
  }

  /** Every flow file; `allTriggers`: nothing hides what a flow is started by. */
  flows(): {
    readonly flows: readonly ParsedFlow[];
    readonly unclear: ReadonlyMap<string, ReadonlySet<string>>;
    readonly allTriggers: boolean;
  } {
    const flows: ParsedFlow[] = [];
    const unclear = new Map<string, ReadonlySet<string>>();
    let allTriggers = true;
    const isFlow = (path: string): boolean =>
      /^flows\/[a-z][a-z0-9-]*\.yaml$/.test(path) && !/\/(answers|official)\.yaml$/.test(path);
    for (const path of [...this.#files.keys(), ...this.#unread].filter(isFlow).sort()) {
      const name = path.replace(/^.*\//, '').replace(/\.yaml$/, '');
      const text = this.#files.get(path);
      const { findings, parsed } = this.#memory.of(path, text ?? '', () => {
        const { source, findings: wrong } = parseYaml(path, text ?? '');
        return { findings: wrong, parsed: text === undefined || wrong.length > 0 ? null : parseFlow(source) };
      });
      if (text !== undefined) this.findings.push(...findings, ...(parsed?.findings ?? []));
      if (parsed === null || parsed.findings.length > 0)
        unclear.set(name, parsed?.flow?.unclear ?? new Set());
      if (parsed?.flow?.hasTriggers !== true) allTriggers = false;
      if (parsed?.flow != null) flows.push(parsed.flow);
    }
    return { flows, unclear, allTriggers };
  }

  /** Texts and phrases of languages. */
  languages(tags: readonly string[], timesMs: ReadonlyMap<string, number> | null) {
    const texts = new Map<string, ReadonlyMap<string, Message>>();
    const textKeys = new Map<string, ReadonlySet<string>>();
    const textSources = new Map<string, YamlSource>();
    const phrases = new Map<string, PhraseBook>();
    const phraseSources = new Map<string, YamlSource>();
    for (const tag of tags) {
      const read = this.read(`locales/${tag}/texts.yaml`, TEXTS_SCHEMA, { plain: true });
      if (read !== null) {
        const { source, value } = read;
        texts.set(tag, this.#messages(tag, source, value, timesMs));
        textKeys.set(tag, new Set(Object.keys(typeof source.value === 'object' ? (source.value ?? {}) : {})));
        textSources.set(tag, source);
      }
      const book = this.read(`locales/${tag}/phrases.yaml`, PHRASES_SCHEMA, { plain: true });
      if (book?.isWhole === true) {
        phrases.set(tag, toPhraseBook(book.value));
        phraseSources.set(tag, book.source);
      }
    }
    return { texts, textKeys, textSources, phrases, phraseSources };
  }

  #messages(
    tag: string,
    source: YamlSource,
    raw: Readonly<Record<string, string>>,
    timesMs: ReadonlyMap<string, number> | null,
  ): ReadonlyMap<string, Message> {
    const messages = new Map<string, Message>();
    const times = timesMs === null ? '' : [...timesMs].join();
    for (const [key, text] of Object.entries(raw)) {
      const lost = lostToApostrophe(text);
      const message = this.#memory.of(`${tag} ${key} ${times}`, text, () =>
        compileMessage(tag, text, timesMs),
      );
      if (lost !== null) {
        const said = `the apostrophe before ${lost.slice(1)} keeps its value out; write two.`;
        const options = { mark: lost, instead: `'${lost}`, expected: `'${lost}`, safe: true };
        this.findings.push(source.finding('apostrophe', [key], said, options));
      } else if ('unknownTimes' in message && message.unknownTimes !== undefined) {
        for (const time of message.unknownTimes) {
          const said = `the text "${key}" uses the time "${time}", which _times.yaml does not have`;
          const options = { wrong: time, known: [...(timesMs?.keys() ?? [])], mark: time, safe: true };
          this.findings.push(source.finding('unknown-time', [key], said, options));
        }
      } else if ('error' in message) {
        this.findings.push(source.finding('text', [key], `the text "${key}" ${message.error}.`));
      } else messages.set(key, message);
    }
    return messages;
  }
}

function readText<T>(
  path: string,
  text: string,
  schema: Schema<T>,
  options: { readonly plain?: boolean },
): { readonly findings: readonly Finding[]; readonly read: Read<T> | null } {
  const { source, findings } = parseYaml(path, text, options);
  if (findings.length > 0) return { findings, read: null };
  const shape = checkShape(source, schema);
  if ('value' in shape) return { findings, read: { source, value: shape.value, isWhole: true } };
  const parts = withoutWrong(source.value, schema);
  const read = parts === null ? null : { source, value: parts, isWhole: false };
  return { findings: shape.findings, read };
}

function missing(path: string, known: readonly string[]): Finding {
  const near = didYouMean(path, known);
  const message = `is missing${near.includes('did you mean') ? near : '.'}`;
  return aboutFile('missing-file', path, message);
}

/** The value without the entries that are wrong; `null` when it cannot be used without them either. */
function withoutWrong<T>(value: unknown, schema: Schema<T>): T | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { error } = schema.safeParse(value);
  const wrong = new Set(
    error?.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String),
    ),
  );
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
  const parsed = schema.safeParse(rest);
  return parsed.success ? parsed.data : null;
}
