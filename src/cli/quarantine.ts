import { type InboundId, LifelineError } from '../model/index.js';
import { withStore } from './tool-store.js';

/**
 * `lifeline quarantine list`: a line for each inbound that failed three times, the newest first; nothing a person
 * wrote.
 */
export async function listQuarantine(limit: number): Promise<void> {
  const entries = await withStore((store) => store.listQuarantine(limit));
  if (entries.length === 0) process.stdout.write('Nothing is in quarantine.\n');
  for (const { id, at, code, what, flow, step, bundle } of entries)
    process.stdout.write(
      `${id}  ${new Date(at).toISOString()}  ${code}  ${what}  ${flow}.${step}  ${bundle}\n`,
    );
}

/** `lifeline quarantine drop ID`. Throws `settings-invalid` for an id that is not there. */
export async function dropQuarantine(id: string): Promise<void> {
  if (!(await withStore((store) => store.dropQuarantine(id as InboundId))))
    throw new LifelineError(
      'settings-invalid',
      `Nothing of the id ${id} is in quarantine: lifeline quarantine shows the ids.`,
    );
  process.stdout.write(`${id} is dropped.\n`);
}
