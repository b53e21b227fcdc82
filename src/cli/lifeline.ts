#!/usr/bin/env node
import { Command } from 'commander';
import { LifelineError } from '../model/index.js';
import { addNewCommands } from './add-new-commands.js';
import { asTyped } from './as-typed.js';
import type { CheckOptions } from './check.js';
import type { LinkOptions } from './links.js';
import type { SimulateOptions } from './simulate.js';
import { addStoreCommands } from './store-commands.js';
import type { TextsOptions } from './texts.js';
import type { UnansweredOptions } from './unanswered.js';

// Each command is loaded when it is called: together they take several times as long as most of them work.
const program = new Command('lifeline')
  .description('A support assistant for people locked out of their crypto wallet.')
  .showHelpAfterError('(lifeline --help shows every command)')
  .option(
    '--content <dir>',
    'folder with flows/ and locales/ (default: LIFELINE_CONTENT, else the shipped content)',
  );

const content = (): string | undefined => program.opts<{ content?: string }>().content;

program
  .command('start')
  .description('talk on every platform whose token is set; without one, in this terminal')
  .option('--locale <tag>', 'language of the terminal chat, such as zh-TW')
  .option('--no-color', 'plain text in the terminal')
  .action(async (options: { locale?: string; color: boolean }) => {
    const { start } = await import('./start.js');
    await start({ content: content(), ...options });
  });

program
  .command('init')
  .description('ask for everything this bot says of your wallet, and write it down')
  .option('--answers <file>', 'take the answers from a file instead of asking')
  .option('--yes', 'with --answers: change files that are there already')
  .option('--example', 'print an answers file to begin with')
  .action(async (options: { answers?: string; yes?: boolean; example?: boolean }) => {
    const { init } = await import('./init.js');
    await init({ content: content(), ...options });
  });

program
  .command('doctor')
  .description('look at everything that is set up, and say what to fix')
  .option('--json', 'for programs')
  .action(async (options: { json?: boolean }) => {
    const { doctor } = await import('./doctor.js');
    await doctor({ content: content(), ...options });
  });

program
  .command('chat')
  .description('try the content in this terminal; nothing is kept')
  .option('--locale <tag>', 'language of the chat, such as zh-TW')
  .option('--at <flow.step>', 'begin at a flow or a step of it')
  .option('--no-color', 'plain text')
  .action(async (options: { locale?: string; at?: string; color: boolean }) => {
    const { chat } = await import('./chat.js');
    await chat({ content: content(), ...options });
  });

program
  .command('check')
  .description('read flows, texts, phrases and registry, and list every problem')
  .option('--json', 'for programs')
  .option('--fix', 'write the fixes that cannot change what is meant')
  .option('--explain [code]', 'what a finding means, with a wrong and a right example (without a code: all)')
  .action(async (options: Omit<CheckOptions, 'content'>) => {
    const { check } = await import('./check.js');
    await check({ content: content(), ...options });
  });

program
  .command('texts')
  .description('what is missing, stale, unused or too long in each language')
  .option('--locale <tag>', 'only this language')
  .option('--json', 'for programs')
  .option('--stamp [key]', 'note that translations of a text were compared with their source')
  .option('--all', 'with --stamp: of every text')
  .option('--approve <key>', 'note that a text is right although a rule speaks against it')
  .option('--reason <why>', 'with --approve: why')
  .option('--rule <code>', 'with --approve: the rule (default: asks-secret)')
  .action(async (options: Omit<TextsOptions, 'content'>) => {
    const { texts } = await import('./texts.js');
    await texts({ content: content(), ...options });
  });

program
  .command('schemas')
  .description('write the JSON Schemas with which editors complete and check content files')
  .action(async () => {
    const { schemas } = await import('./schemas.js');
    await schemas(content());
  });

program
  .command('simulate')
  .description('play the simulated conversations through the whole path and report what was reached')
  .argument('[files...]', 'conversation files (default: all of test/conversations)')
  .option('--locale <tag>', 'only this locale')
  .option('--platform <name>', 'only this platform')
  .option('--over <name>', 'over real sockets, in a checkout: telegram, discord, slack or all')
  .option('--seed <number>', 'the seed a report printed, to draw the same phrases again')
  .option('--transcript', 'print what is said, to read it')
  .option('--quiet', 'only failures and the last line')
  .option('--answer <names...>', 'only the conversations of these one-step answers, which need no file')
  .action(async (files: string[], options: Omit<SimulateOptions, 'content'> & { over?: string }) => {
    const { over, ...rest } = options;
    const all = { content: content(), ...rest };
    if (over === undefined) {
      const { simulate } = await import('./simulate.js');
      await simulate(files, all);
    } else {
      const { simulateOver } = await import('./simulate-over.js');
      await simulateOver(over, files, all);
    }
  });

addNewCommands(program, content);

addStoreCommands(program);

program
  .command('understand')
  .description('show what the bot makes of a text')
  .argument('[text]')
  .option('--locale <tag>', 'locale to understand it in (default: detected)')
  .option('--jsonl', 'read lines of {"id","text","locale"?} and write one line of JSON for each')
  .action(async (text: string | undefined, options: { locale?: string; jsonl?: boolean }) => {
    const { understand } = await import('./understand.js');
    await understand(text, { content: content(), ...options });
  });

program
  .command('prove')
  .description('prove what must hold in every state of every conversation, or show how it is broken')
  .option('--json', 'print the result as JSON')
  .option('--to <folder>', 'write each conversation that breaks a rule there, to be simulated')
  .action(async (options: { json?: boolean; to?: string }) => {
    const { proveContent } = await import('./prove.js');
    await proveContent({ content: content(), ...options });
  });

program
  .command('diff')
  .description('tell in plain words what changes between two git revisions or folders of content')
  .argument('<old>')
  .argument('<new>')
  .option('--json', 'print the changes as JSON')
  .action(async (before: string, after: string, options: { json?: boolean }) => {
    const { diff } = await import('./diff.js');
    await diff(before, after, options);
  });

program
  .command('links')
  .description(
    'judge the links of a text: official, lookalike, blocked or unknown, and whether it might leave',
  )
  .argument('[text]')
  .option('--jsonl', 'answer lines of JSON, {"id", "text"}, from standard input')
  .option('--registry <file>', 'an official.yaml (default: that of the content)')
  .action(async (text: string | undefined, options: Omit<LinkOptions, 'content'>) => {
    const { links } = await import('./links.js');
    await links(text, { content: content(), ...options });
  });

program
  .command('impersonation')
  .description('tell fake support in a message of a group from talk about it')
  .argument('[text]')
  .option(
    '--jsonl',
    'answer lines of JSON, {"id", "text", "author"?: {"name", "handle"}}, from standard input',
  )
  .option('--registry <file>', 'an official.yaml (default: that of the content)')
  .action(async (text: string | undefined, options: Omit<LinkOptions, 'content'>) => {
    const { impersonation } = await import('./links.js');
    await impersonation(text, { content: content(), ...options });
  });

program
  .command('inspect')
  .description('show which secrets the guard finds in a text, by kind and place')
  .argument('[text]', 'the text (default: standard input)')
  .option('--jsonl', 'read {"id", "text", "previous"?: […]} from standard input, one a line, and answer each')
  .action(async (text: string | undefined, options: { jsonl?: boolean }) => {
    const { inspect } = await import('./inspect.js');
    await inspect(text, options);
  });

program
  .command('evaluate')
  .description('measure how well the phrases are understood that the classifier has not seen')
  .option('--locale <tag>', 'only this locale')
  .option('--train <file>', 'teach by the lines of {"text","intent","locale"} of this file instead')
  .option('--test <file>', 'and measure on the lines of this one; the intent "oos" must be refused')
  .option('--json <file>', 'write the figures there too')
  .action(async (options: { locale?: string; train?: string; test?: string; json?: string }) => {
    const { evaluate } = await import('./evaluate.js');
    await evaluate({ content: content(), ...options });
  });

program
  .command('unanswered')
  .description('what people asked and nobody answered: in clusters, with how often and three examples')
  .argument('[clusters...]', 'ids as the list shows them; <id>.2 is the second example')
  .option('--done', 'mark these as done')
  .option(
    '--to-phrases <intent>',
    'write these into the phrases of that intent ("outside": not ours), and mark them',
  )
  .option('--locale <tag>', 'only this locale')
  .option('--all', 'those that are done, too')
  .option('--json', 'as one line of JSON')
  .action(async (names: readonly string[], options: Omit<UnansweredOptions, 'content'>) => {
    const { unanswered } = await import('./unanswered.js');
    await unanswered(names, { content: content(), ...options });
  });

// Who reads only the first lines of a list (`| head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof LifelineError ? asTyped(error.message) : describe(error)}\n`);
  process.exitCode = 1;
}

/** An unexpected fault in one line; the stack only with `LOG_LEVEL=debug`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : `lifeline: ${error.message}`;
}
