import { detect } from './secrets/index.js';

/** Whether a text holds a secret that must not leave, or what may be one. */
export function holdsSecret(text: string): boolean {
  return detect(text).length > 0;
}
