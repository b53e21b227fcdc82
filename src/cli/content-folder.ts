import { readSettings, type Settings } from '../infra/settings.js';
import { SHIPPED_CONTENT } from '../load-content.js';

/** The content folder in effect: the one that is named, else that of the settings, else what is shipped. */
export function contentFolder(
  named: string | undefined,
  settings: Pick<Settings, 'LIFELINE_CONTENT'> = readSettings(process.env),
): string {
  return named ?? settings.LIFELINE_CONTENT ?? SHIPPED_CONTENT;
}
