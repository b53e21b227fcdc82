import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LifelineError } from '../model/index.js';

const LOCK_FILE = 'lifeline.pid';

/**
 * Refuses with `store-in-use` while a living process holds the folder, this one included. A lock whose process is gone
 * holds nothing. Processes that do not see each other (containers that share a volume) cannot be told apart from dead
 * ones.
 */
export function refuseHeldFolder(folder: string): void {
  const holder = readHolder(folder);
  if (holder === null || !isAlive(holder)) return;
  throw new LifelineError(
    'store-in-use',
    `process ${holder.pid} uses the store in ${folder}: stop it first, or name another store`,
  );
}

/**
 * Takes the folder and returns what gives it back. Not atomic by itself: runs inside a write transaction of the store,
 * of which all processes of the machine together have one at a time.
 */
export function takeFolder(folder: string): () => void {
  refuseHeldFolder(folder);
  const file = join(folder, LOCK_FILE);
  const mine = `${process.pid} ${startedAt(process.pid) ?? ''}\n`;
  writeFileSync(file, mine, { mode: 0o600 });
  return () => {
    if (readText(file) === mine) rmSync(file, { force: true });
  };
}

interface Holder {
  readonly pid: number;
  /** As {@link startedAt}; empty where the system does not tell. */
  readonly started: string;
}

function readHolder(folder: string): Holder | null {
  const match = /^(\d+) (\S*)\n$/.exec(readText(join(folder, LOCK_FILE)) ?? '');
  if (match === null) return null;
  return { pid: Number(match[1]), started: match[2] ?? '' };
}

/** The same pid with another start is another process: in a container, every bot has the pid of the one before. */
function isAlive(holder: Holder): boolean {
  if (!isRunning(holder.pid)) return false;
  const started = startedAt(holder.pid);
  return started === null || holder.started === '' || started === holder.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/**
 * When a process started, in ticks since boot (field 22 of Linux' /proc/<pid>/stat, proc_pid_stat(5)); `ended` for one
 * that only waits to be reaped; `null` where there is no /proc.
 */
function startedAt(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field, a name in parentheses, may hold anything; the third follows the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // ESRCH: the process ended while its /proc file was read. ENOTDIR is for the opening of the folder to say.
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes(String(codeOf(error)))) return null;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
