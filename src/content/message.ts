import { IntlMessageFormat } from 'intl-messageformat';

/** The value of a placeholder; `undefined` when there is none. */
export type ValueFor = (name: string) => string | undefined;

/** One compiled text of one locale. */
export interface Message {
  /** Renders; a value that is missing becomes an empty string, so that no reader ever sees a brace. */
  format(valueFor: ValueFor): string;
  /** As it was written. */
  readonly source: string;
  /** Names of the values it uses, times excepted, sorted. */
  readonly placeholders: readonly string[];
  /** Names of `_times.yaml` it uses, sorted. */
  readonly times: readonly string[];
  /** The plurals in it, with the forms each has. */
  readonly plurals: readonly Plural[];
}

/** Why a text cannot be said. */
interface Unreadable {
  /** A sentence without its subject. */
  readonly error: string;
  /** Times that it names and that are not there. */
  readonly unknownTimes?: readonly string[];
}

/** A plural of a text: `{n, plural, one {…} other {…}}`. */
export interface Plural {
  readonly name: string;
  readonly type: 'cardinal' | 'ordinal';
  /** Its forms, those for one number (`=0`) included. */
  readonly forms: readonly string[];
}

const DURATION = /\{\s*([a-z][a-z0-9-]*)\s*,\s*duration\s*\}/g;
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A length of time in words of a locale, in its largest whole unit: "10 minutes", "10 分钟". */
export function formatDuration(locale: string, ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms % length === 0) ?? UNITS[3];
  const written = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    ms / size,
  );
  // As everywhere in our texts, a number and a Chinese word stand apart.
  return written.replace(/(\d)(?=\p{Script=Han})/u, '$1 ');
}

/**
 * Compiles an ICU MessageFormat 1 text. `{NAME, duration}` is ours: a time of `_times.yaml`, in words.
 * Returns a sentence instead when the text cannot be read. Without times (their file is broken), no time is unknown.
 */
export function compileMessage(
  locale: string,
  text: string,
  timesMs: ReadonlyMap<string, number> | null,
): Message | Unreadable {
  const times = new Set<string>();
  const unknown: string[] = [];
  const inlined = text.replace(DURATION, (_whole, name: string) => {
    times.add(name);
    const ms = timesMs?.get(name);
    if (ms === undefined && timesMs !== null) unknown.push(name);
    return ms === undefined ? '' : formatDuration(locale, ms);
  });
  if (unknown.length > 0)
    return {
      error: `uses the time "${unknown.join('", "')}", which _times.yaml does not have`,
      unknownTimes: unknown,
    };
  let compiled: IntlMessageFormat;
  try {
    compiled = new IntlMessageFormat(inlined, locale, undefined, { ignoreTag: true });
  } catch (error) {
    return {
      error: `is not valid ICU MessageFormat: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    };
  }
  const formatted = formatsOf(compiled.getAst());
  if (formatted !== null)
    return { error: `formats {${formatted}} as a number, date or time; values are words` };
  const placeholders = placeholdersOf(compiled.getAst());
  const constant = placeholders.length === 0 ? String(compiled.format({})) : null;
  return {
    source: text,
    placeholders,
    times: [...times].sort(),
    plurals: pluralsOf(compiled.getAst()),
    format: (valueFor) => {
      if (constant !== null) return constant;
      return String(
        compiled.format(Object.fromEntries(placeholders.map((name) => [name, valueFor(name) ?? '']))),
      );
    },
  };
}

/**
 * The first part of a text that an apostrophe before a brace makes letters, though it reads like a value: `'{product}`
 * of `l'{product}`. `null` for none; two apostrophes are one.
 */
export function lostToApostrophe(text: string): string | null {
  for (let at = text.indexOf("'"); at >= 0; at = text.indexOf("'", at)) {
    if (text[at + 1] === "'") at += 2;
    else if (!/[{}]/.test(text[at + 1] ?? '')) at += 1;
    else {
      // Up to the next single one, or the end; a time is put in before apostrophes count.
      const [quoted = ''] = /^'(?:[^']|'')*/.exec(text.slice(at)) ?? [];
      const value = /\{\s*[a-z][a-z0-9-]*\s*(?:\}|,(?!\s*duration))/.exec(quoted);
      if (value !== null) return quoted.slice(0, value.index + value[0].length);
      at += quoted.length + 1;
    }
  }
  return null;
}

/** A text that was checked before, compiled when it is first said. */
export function messageLater(
  locale: string,
  checked: Omit<Message, 'format'>,
  timesMs: ReadonlyMap<string, number>,
): Message {
  let compiled: Message | null = null;
  return {
    ...checked,
    format: (valueFor) => {
      if (compiled === null) {
        const made = compileMessage(locale, checked.source, timesMs);
        if ('error' in made) throw new TypeError('the text was checked before');
        compiled = made;
      }
      return compiled.format(valueFor);
    },
  };
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** ICU element kinds for number, date and time: our values are words. */
const WITH_FORMAT = new Set([2, 3, 4]);

/** The first value that a text formats as a number, date or time; `null` for none. */
function formatsOf(ast: Ast): string | null {
  for (const element of ast) {
    if (WITH_FORMAT.has(element.type) && 'value' in element) return String(element.value);
    const inner =
      'options' in element ? Object.values(element.options).map((option) => formatsOf(option.value)) : [];
    const found = inner.find((name) => name !== null);
    if (found !== undefined) return found;
  }
  return null;
}

/** ICU element kinds that carry a value: argument, number, date, time, select, plural. */
const WITH_VALUE = new Set([1, 2, 3, 4, 5, 6]);

function placeholdersOf(ast: Ast): readonly string[] {
  const names = new Set<string>();
  const visit = (elements: Ast): void => {
    for (const element of elements) {
      if (WITH_VALUE.has(element.type) && 'value' in element) names.add(String(element.value));
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(ast);
  return [...names].sort();
}

function pluralsOf(ast: Ast): readonly Plural[] {
  return ast.flatMap((element): readonly Plural[] => {
    if (!('options' in element)) return [];
    const { options, value } = element;
    const inner = Object.values(options).flatMap((option) => pluralsOf(option.value));
    if (!('pluralType' in element)) return inner;
    return [{ name: value, type: element.pluralType ?? 'cardinal', forms: Object.keys(options) }, ...inner];
  });
}
