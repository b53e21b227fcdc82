import { readFileSync } from 'node:fs';
import { LifelineError } from '../model/index.js';

/** A file that was named on the command line. Throws `settings-invalid` where it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new LifelineError('settings-invalid', `${path} cannot be read (${code}).`, { cause });
  }
}
