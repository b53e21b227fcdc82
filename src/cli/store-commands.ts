import { type Command, InvalidArgumentError } from 'commander';
import { showAudit, verifyAudit } from './audit.js';
import { cases, closeCase } from './cases.js';
import { counters } from './counters.js';
import { dropDead, listDead, retryDead } from './dead.js';
import { exportStore } from './export.js';
import { forget } from './forget.js';
import { importStore } from './import.js';
import { listKeys, retireKeys, rotateKeys } from './keys.js';
import { dropQuarantine, listQuarantine } from './quarantine.js';
import { listSigningKeys, rotateSigningKeys, withdrawSigningKey } from './signing-keys.js';
import { status } from './status.js';

/** Lines of a list unless `--limit` says otherwise. */
const SHOWN = 100;

interface Limited {
  readonly limit: number;
}

/** Adds the operator's commands: what they do, they do to the store of the settings. */
export function addStoreCommands(program: Command): void {
  program
    .command('status')
    .description('which content is live, and what was saved and may not go live')
    .option('--json', 'for programs')
    .action((options: { json?: boolean }) => status(options));
  addCases(program);
  addDead(program);
  addQuarantine(program);
  program
    .command('counters')
    .description('how many secrets were removed and reports made, by kind, platform and language')
    .option('--json', 'for programs')
    .action((options: { json?: boolean }) => counters({ json: options.json === true }));
  program
    .command('forget')
    .description('delete everything of a person')
    .argument('<platform:user>', 'such as telegram:1001')
    .action((person: string) => forget(person));
  program
    .command('export')
    .description('write everything the store keeps into a file, encrypted under the secret')
    .argument('[file]', 'default: lifeline-<time>.export in this folder')
    .option('--force', 'overwrite the file')
    .action((file: string | undefined, options: { force?: boolean }) =>
      exportStore(file, options.force === true),
    );
  program
    .command('import')
    .description('put an export into the store; what is there already stays as it is')
    .argument('<file>')
    .action((file: string) => importStore(file));
  addKeys(program);
  addAudit(program);
}

function addCases(program: Command): void {
  const command = program
    .command('cases')
    .description('cases that people were given a number for, the newest first')
    .action(() => cases());
  command
    .command('close')
    .description('close a case')
    .argument('<number>')
    .action((number: string) => closeCase(number));
}

function addDead(program: Command): void {
  const command = program.command('dead').description('messages that could not be sent, the newest first');
  limited(command).action(({ limit }: Limited) => listDead(limit));
  for (const [name, what, work] of [
    ['retry', 'send one again, or all', retryDead],
    ['drop', 'delete one, or all', dropDead],
  ] as const) {
    command
      .command(name)
      .description(what)
      .argument('[id]', 'as the list shows it')
      .option('--all', 'all of them')
      .action((id: string | undefined, options: { all?: boolean }) => work(id, options.all === true));
  }
}

function addQuarantine(program: Command): void {
  const command = program
    .command('quarantine')
    .description('messages and timers whose turn failed three times, the newest first');
  limited(command).action(({ limit }: Limited) => listQuarantine(limit));
  command
    .command('drop')
    .description('delete an entry')
    .argument('<id>', 'as the list shows it')
    .action((id: string) => dropQuarantine(id));
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('keys of Lifeline');
  addSigningKeys(keys);
  const command = keys.command('at-rest').description('keys the store is encrypted with, the oldest first');
  command
    .command('list', { isDefault: true })
    .description('list them; never the keys themselves')
    .action(() => listKeys());
  command
    .command('rotate')
    .description('make a new key and encrypt everything anew')
    .action(() => rotateKeys());
  command
    .command('retire')
    .description('take the older keys away, once nothing is under them')
    .action(() => retireKeys());
}

function addAudit(program: Command): void {
  const command = program.command('audit').description('what was done, as nobody can change it unnoticed');
  limited(command, 'show')
    .description('show it, the newest first')
    .option('--who <platform:user>', 'only of this person, such as telegram:1001')
    .option('--what <kind>', 'only of this kind, such as hand-off')
    .option('--json', 'a line of JSON each')
    .action((options: Limited & { who?: string; what?: string; json?: boolean }) => showAudit(options));
  command
    .command('verify')
    .description('see whether it is whole')
    .option('--json', 'for programs; keep it elsewhere, as a checkpoint')
    .option('--against <file>', 'compare with a checkpoint')
    .action((options: { json?: boolean; against?: string }) => verifyAudit(options));
}

function addSigningKeys(keys: Command): void {
  const command = keys
    .command('signing')
    .description('keys that the links of verified hand-offs are signed with');
  command
    .command('list', { isDefault: true })
    .description('list them; never the keys themselves')
    .action(() => listSigningKeys());
  command
    .command('rotate')
    .description('the next key becomes the current one; makes the first keys, too')
    .action(() => rotateSigningKeys());
  command
    .command('withdraw')
    .description('publish a key no more: nothing that is signed with it is taken')
    .argument('<id>', 'as the list shows it')
    .action((id: string) => withdrawSigningKey(id));
}

/** The list of a command, which is what it does when nothing else is said. */
function limited(command: Command, name = 'list'): Command {
  return command
    .command(name, { isDefault: true })
    .description('list them')
    .option('--limit <number>', 'most lines', count, SHOWN);
}

function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 999999.');
}
