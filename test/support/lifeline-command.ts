import { execFile } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(process.cwd(), 'dist/src/cli/lifeline.js');
const DROP_PRIVILEGES = join(process.cwd(), 'test/support/drop-privileges.mjs');

/** How a run of the command ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * The built command as its user runs it in a folder, with nothing in its environment but `env`; `user`: as that uid and
 * gid; `input`: what is typed.
 */
export function lifelineIn(
  folder: string,
  env: Readonly<Record<string, string>>,
  how: { readonly user?: number; readonly input?: string } = {},
): (...args: readonly string[]) => Promise<Ran> {
  const { user, input = '' } = how;
  if (user === undefined)
    return (...args) => run(process.execPath, [CLI, ...args], { cwd: folder, env }, input);
  const asUser = { ...env, RUN_AS: String(user) };
  return (...args) =>
    run(process.execPath, ['--import', DROP_PRIVILEGES, CLI, ...args], { cwd: folder, env: asUser });
}

/** The command with its output given to the shell command `into`. */
export function pipedLifeline(
  folder: string,
  env: Readonly<Record<string, string>>,
  command: string,
  into: string,
): Promise<Ran> {
  return run('sh', ['-c', `"${process.execPath}" "${CLI}" ${command} | ${into}`], { cwd: folder, env });
}

/**
 * The command where no file may be longer than `fileBytes`, a multiple of 512: writing on fails, as on a disk that is
 * full.
 */
export function limitedLifeline(
  folder: string,
  env: Readonly<Record<string, string>>,
  command: string,
  fileBytes: number,
): Promise<Ran> {
  const limited = `ulimit -f ${fileBytes / 512}; exec "${process.execPath}" "${CLI}" ${command}`;
  return run('sh', ['-c', limited], { cwd: folder, env });
}

function run(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  input = '',
): Promise<Ran> {
  const env = { PATH: process.env.PATH ?? '', ...options.env };
  return new Promise((resolve) => {
    const child = execFile(file, args, { ...options, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.end(input);
  });
}
