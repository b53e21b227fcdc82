import type { Platform } from '../model/index.js';
import { type Diagnosis, diagnoseAbout, quoted } from './diagnosis.js';

/** Compares the bot's own handle with the one in the registry, which people are told to compare it with. */
export function handleDiagnosis(
  platform: Exclude<Platform, 'console'>,
  handle: string,
  registered: string | null,
): Diagnosis {
  const { ok, fix } = diagnoseAbout(platform);
  const code = `${platform}-handle`;
  const write = `Write  bot: { ${platform}: ${handle} }  into flows/official.yaml of your content.`;
  if (registered === null) return fix(code, 'The registry does not say who the bot is.', write);
  if (bare(registered) === bare(handle)) return ok(code, 'The registry names it so, too.');
  return fix(
    code,
    `The registry says that the bot is ${quoted(registered)}: people would take the real one for a fake.`,
    write,
  );
}

function bare(handle: string): string {
  return handle.replace(/^@/, '').toLowerCase();
}
