import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Proof, prove } from '../authoring/proof/prove.js';
import { compileFiles, formatFinding } from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { contentFolder } from './content-folder.js';

export interface ProveOptions {
  readonly content: string | undefined;
  readonly json?: boolean | undefined;
  /** Folder for the conversations that break a rule. */
  readonly to?: string | undefined;
}

/**
 * `lifeline prove`: the rules over every state of the conversation; for each that is broken the shortest conversation
 * that breaks it. Exit code 1 when one is broken. Throws `content-invalid` when the content does not pass the checks
 * before.
 */
export async function proveContent(options: ProveOptions): Promise<void> {
  const folder = contentFolder(options.content);
  const { bundle, sources } = compileFiles(await readContentFiles(folder));
  const proof = prove(bundle, sources);
  if (options.json === true) process.stdout.write(`${JSON.stringify(proof)}\n`);
  else {
    for (const finding of proof.findings) process.stdout.write(`${formatFinding(finding)}\n`);
    for (const { text } of proof.conversations) process.stdout.write(`\n${text}\n`);
    process.stdout.write(`${describeProof({ ...proof, isHeld: proof.findings.length === 0 })}\n`);
  }
  if (options.to !== undefined) {
    await mkdir(options.to, { recursive: true });
    for (const { rule, text } of proof.conversations) await writeFile(join(options.to, `${rule}.yaml`), text);
  }
  if (proof.findings.some(({ level }) => level === 'error')) process.exitCode = 1;
}

/** One line on what was looked at. */
export function describeProof({
  isHeld,
  states,
  edges,
  steps,
}: Pick<Proof, 'states' | 'edges' | 'steps'> & { readonly isHeld: boolean }): string {
  const held = isHeld ? 'Every rule holds' : 'Not every rule holds';
  return `${held} in ${states} states and ${edges} ways between them (${steps} turns played).`;
}
