import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { LifelineError } from '../model/index.js';

/** Bytes that are written or read at once. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Writes a file of mode 0600 that is there under its name only once it is whole: under another one first, and forced to
 * the disk. Throws `settings-invalid` when there is one and `force` is not set, or when it cannot be written.
 */
export async function writeWhole(
  path: string,
  force: boolean,
  work: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  refuseExisting(path, force);
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, 'wx', 0o600).catch((error: unknown) => {
    throw unusable(path, error);
  });
  try {
    const writer = bufferedOn(file, path);
    await work(writer.write);
    await writer.flush();
    await file.sync();
    await file.close();
    refuseExisting(path, force);
    await rename(part, path);
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Reads a file once or more often, always the one that was there at first. Throws `settings-invalid` when it cannot be
 * read.
 */
export async function readWhole<Result>(
  path: string,
  work: (chunks: () => AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unusable(path, error);
  });
  try {
    return await work(() => chunksOf(file, path));
  } finally {
    await file.close();
  }
}

async function* chunksOf(file: FileHandle, path: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position).catch((error: unknown) => {
      throw unusable(path, error);
    });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

function bufferedOn(
  file: FileHandle,
  path: string,
): { readonly write: (text: string) => Promise<void>; readonly flush: () => Promise<void> } {
  let waiting: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const text = waiting.join('');
    waiting = [];
    size = 0;
    await file.appendFile(text).catch((error: unknown) => {
      throw unusable(path, error);
    });
  };
  const write = async (text: string): Promise<void> => {
    waiting.push(text);
    size += text.length;
    if (size >= CHUNK_BYTES) await flush();
  };
  return { write, flush };
}

function refuseExisting(path: string, force: boolean): void {
  if (!force && existsSync(path))
    throw new LifelineError(
      'settings-invalid',
      `${path} is there already: name another file, or overwrite it with --force.`,
    );
}

/** What the system says of a file, in one line. */
function unusable(path: string, error: unknown): LifelineError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const advice =
    code === 'ENOENT'
      ? 'there is no such file or folder'
      : ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)
        ? 'its disk is full; nothing was left behind'
        : `the system says ${code}`;
  return new LifelineError('settings-invalid', `${path} cannot be used: ${advice}.`, { cause: error });
}
