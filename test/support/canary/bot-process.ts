import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../redis/ask-redis.js';

/** The built command as a process whose memory can be looked into. */
export interface BotProcess {
  /** Everything it has written so far. */
  said(): string;
  /** How many secrets it has taken out of what people wrote, by its log. */
  removals(): number;
  /** Resolves when the condition holds; it is looked at whenever the process has written something. */
  until(isDone: () => boolean): Promise<void>;
  write(line: string): void;
  /** What its garbage collector leaves alive, as V8 writes it: every string whole. */
  heap(): Promise<Buffer>;
  /** What Node tells of a process that is in trouble. */
  report(): Promise<Buffer>;
  /** Resolves once it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL' | 'SIGABRT'): Promise<void>;
}

/** Starts `lifeline start` in a folder; what it writes about itself goes there too. */
export function startBotProcess(
  folder: string,
  content: string,
  env: Readonly<Record<string, string>>,
): BotProcess {
  const child = spawn(
    process.execPath,
    [
      '--heapsnapshot-signal=SIGUSR2',
      '--heap-snapshot-string-limit=1000000',
      ...['--report-on-signal', '--report-signal=SIGQUIT', '--report-exclude-network'],
      ...[`--report-directory=${folder}`, `--diagnostic-dir=${folder}`],
      ...['--import', join(import.meta.dirname, 'plant.mjs')],
      ...['dist/src/cli/lifeline.js', '--content', content, 'start'],
    ],
    { env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'debug', ...env } },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  return {
    said: () => said,
    removals: () => said.split('secret-removed').length - 1,
    until: async (isDone) => {
      while (!isDone()) await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
    },
    write: (line) => void child.stdin.write(`${line}\n`),
    heap: () => written(child, 'SIGUSR2', folder, '.heapsnapshot', ']}'),
    report: () => written(child, 'SIGQUIT', folder, '.json', '}'),
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'close');
      child.kill(signal);
      await ended;
    },
  };
}

/** The file that a process writes when it gets a signal. */
async function written(
  child: ChildProcess,
  signal: 'SIGUSR2' | 'SIGQUIT',
  folder: string,
  ending: string,
  last: string,
): Promise<Buffer> {
  child.kill(signal);
  let path: string | null = null;
  await until(`the ${ending} of a process`, async () => {
    const name = (await readdir(folder)).find((one) => one.endsWith(ending));
    if (name === undefined) return false;
    path = join(folder, name);
    return (await lastBytes(path)).trim().endsWith(last);
  });
  return readFile(path ?? '');
}

async function lastBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(8),
      position: Math.max(0, size - 8),
    });
    return buffer.subarray(0, bytesRead).toString();
  } finally {
    await file.close();
  }
}
