import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own, with what takes it away. */
export async function makeTempFolder(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'lifeline-store-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
