import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import {
  intro,
  isCancel,
  log,
  multiselect,
  note,
  outro,
  password,
  S_BAR,
  select,
  text,
} from '@clack/prompts';
import { asTyped } from './as-typed.js';

/** Where a dialogue takes place. */
export interface DialogueStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** The person left in the middle (Ctrl-C). */
export class Left extends Error {}

export interface Option<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

interface Asking {
  readonly ask: string;
  /** One more line, in a quieter colour. */
  readonly explain: string;
}

/** Questions on a terminal; each throws `Left` when the person leaves. */
export interface Dialogue {
  /** A text that passes the check; the check says what is wrong, or `null`. */
  text(
    asking: Asking & {
      readonly before: string;
      /** Shown while nothing is typed. */
      readonly hint: string | null;
      readonly check: (typed: string) => string | null;
    },
  ): Promise<string>;
  /** A text that is never shown. */
  secret(asking: Asking & { readonly check: (typed: string) => string | null }): Promise<string>;
  some(
    asking: Asking & {
      readonly options: readonly Option<string>[];
      readonly before: readonly string[];
      readonly atLeastOne: boolean;
    },
  ): Promise<readonly string[]>;
  one<Value extends string>(ask: string, options: readonly Option<Value>[]): Promise<Value>;
  opening(words: string): void;
  say(words: string): void;
  warn(words: string): void;
  box(words: string, title: string): void;
  closing(words: string): void;
}

/** A dialogue in the look of `@clack/prompts`. */
export function createDialogue({ input, output }: DialogueStreams): Dialogue {
  const io = { input, output };
  const messageOf = ({ ask, explain }: Asking): string =>
    `${ask}\n${styleText('gray', S_BAR)}  ${styleText('dim', explain)}`;
  const validated =
    (check: (typed: string) => string | null) =>
    (typed: string | undefined): string | undefined =>
      check(typed ?? '') ?? undefined;
  return {
    text: async ({ before, hint, check, ...asking }) => {
      const asked = text({
        ...io,
        message: messageOf(asking),
        ...(hint === null ? {} : { placeholder: hint }),
        ...(before === '' ? {} : { initialValue: before }),
        validate: validated(check),
      });
      return (await answered(asked)) ?? '';
    },
    secret: async ({ check, ...asking }) =>
      (await answered(password({ ...io, message: messageOf(asking), validate: validated(check) }))) ?? '',
    some: ({ options, before, atLeastOne, ...asking }) =>
      answered(
        multiselect({
          ...io,
          // Here the library draws the bar itself.
          message: `${asking.ask}\n${styleText('dim', asking.explain)}`,
          options: [...options],
          initialValues: [...before],
          required: atLeastOne,
        }),
      ),
    one: async (ask, options) => {
      const chosen = await answered(select<string>({ ...io, message: ask, options: [...options] }));
      const option = options.find(({ value }) => value === chosen);
      if (option === undefined) throw new TypeError('an option was chosen that is none');
      return option.value;
    },
    opening: (words) => intro(words, { output }),
    say: (words) => log.step(folded(asTyped(words)), { output }),
    warn: (words) => log.warn(folded(asTyped(words)), { output }),
    box: (words, title) => note(words, title, { output, format: (line) => line }),
    closing: (words) => outro(asTyped(words), { output }),
  };
}

/** Columns that a line may fill beside the library's bar, on the narrowest terminal people use. */
const LINE_CHARS = 76;

/** Folds lines between words, so that the terminal does not do it within them. */
function folded(words: string): string {
  const pattern = new RegExp(`(?<line>.{1,${LINE_CHARS}})(?: +|$)`, 'gm');
  return words.replace(pattern, '$<line>\n').trimEnd();
}

async function answered<Value>(asked: Promise<Value>): Promise<Exclude<Value, symbol>> {
  const value = await asked;
  if (isCancel(value)) throw new Left();
  return value as Exclude<Value, symbol>;
}
