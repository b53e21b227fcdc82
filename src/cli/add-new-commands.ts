import type { Command } from 'commander';
import { ANSWER_PARTS } from '../authoring/new-answer.js';
import type { Part } from '../authoring/new-entry.js';
import { FLOW_PARTS } from '../authoring/new-flow.js';
import type { GivenOptions } from './new-given.js';
import type { LocaleOptions } from './new-locale.js';

/** What commander gives for the options of an entry: lists of `TAG=TEXT` by the names of parts. */
type Options = Readonly<Record<string, unknown>>;

/** Adds `lifeline new answer|flow|locale`. */
export function addNewCommands(program: Command, content: () => string | undefined): void {
  const command = program.command('new').description('write a new answer, flow or language, and check it');
  addEntryCommand(command, content, {
    kind: 'answer',
    parts: ANSWER_PARTS,
    description: 'an answer in one step: asks for its words, writes them, and opens a chat there',
  });
  addEntryCommand(command, content, {
    kind: 'flow',
    parts: FLOW_PARTS,
    description: 'a small flow with a question and two choices, to go on from',
  });
  command
    .command('locale')
    .description('a language: a draft to translate, which nobody is answered in until it is finished')
    .argument('[tag]', 'its language tag, such as fr or pt-BR')
    .option('--name <name>', 'the language in its own name (default: as it is called)')
    .option('--from <tag>', 'the language to begin with, and to fall back to (default: the source)')
    .option('--serve', 'finish a draft: people are answered in it from then on')
    .option('--same <keys...>', 'with --serve: texts that really read the same in both languages')
    .action(async (tag: string | undefined, options: LocaleOptions) => {
      const { newLocale } = await import('./new-locale.js');
      await newLocale(tag, { content: content(), ...options });
    });
}

function addEntryCommand(
  parent: Command,
  content: () => string | undefined,
  { kind, parts, description }: { kind: 'answer' | 'flow'; parts: readonly Part[]; description: string },
): void {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  const command = parent
    .command(kind)
    .description(description)
    .argument('[name]', 'its name, such as fees-abroad')
    .option('--file <file>', 'take everything from a file instead of asking')
    .option('--example', 'print such a file to begin with');
  for (const { id, ask } of parts)
    command.option(`--${id} <tag=text>`, `${ask.toLowerCase()}, in a language`, collect);
  command.option('--phrase <tag=text>', 'how somebody says it, five or more in each language', collect);
  if (kind === 'answer') command.option('--link <name>', 'a link of the registry to give', collect);
  command.option('--private', 'only in a direct chat');
  command.action(async (name: string | undefined, options: Options) => {
    const { newEntry } = await import('./new-entry.js');
    await newEntry(kind, name, { content: content(), ...givenOf(parts, options) });
  });
}

/** `firstReply` of commander is the part `first-reply`. */
function givenOf(parts: readonly Part[], options: Options): Omit<GivenOptions, 'content'> {
  const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
  const camel = (id: string): string => id.replace(/-(.)/g, (_whole, letter: string) => letter.toUpperCase());
  return {
    ...(typeof options.file === 'string' ? { file: options.file } : {}),
    example: options.example === true,
    parts: Object.fromEntries(parts.map(({ id }) => [id, listOf(options[camel(id)])])),
    phrases: listOf(options.phrase),
    links: listOf(options.link),
    private: options.private === true,
  };
}
