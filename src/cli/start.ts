import { isOnPlatforms, readSettings } from '../infra/settings.js';
import { createBot } from '../main.js';
import { LifelineError } from '../model/index.js';
import { asTyped } from './as-typed.js';
import { contentFolder } from './content-folder.js';
import { runBot } from './run-bot.js';
import { type TerminalOptions, terminalOf } from './terminal.js';

/** `lifeline start`: the platforms with a token, else this terminal on the kept store. */
export async function start(
  options: TerminalOptions & { readonly content: string | undefined },
): Promise<void> {
  const settings = readSettings(process.env);
  const folder = contentFolder(options.content, settings);
  let end: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    end = resolve;
  });
  const onPlatforms = isOnPlatforms(settings);
  const bot = await createBot(
    onPlatforms
      ? settings
      : { ...settings, LOG_LEVEL: settings.LOG_LEVEL === 'info' ? 'error' : settings.LOG_LEVEL },
    {
      reloads: folder,
      ...(onPlatforms ? {} : { terminal: (locales: readonly string[]) => terminalOf(options, locales, end) }),
      secretMade: (path) =>
        process.stderr.write(
          `A secret was made at ${path}. Keep a copy: with a new one, the buttons people already have stop working.\n`,
        ),
      refused: ({ platform, why, retryInMs }) =>
        process.stderr.write(
          asTyped(
            `${platform} DOES NOT RUN: ${why}. It is tried again in ${retryInMs / 1000} s. What to do: lifeline doctor\n`,
          ),
        ),
    },
  );
  // A terminal that is closed sends the same signal, and means the end.
  if (onPlatforms) process.on('SIGHUP', () => void bot.reload?.());
  try {
    await runBot(bot, onPlatforms ? new Promise(() => undefined) : finished);
  } catch (error) {
    if (!(error instanceof LifelineError) || error.code !== 'platform-refused') throw error;
    throw new LifelineError(error.code, `${error.message}\nWhat to do: lifeline doctor`, { cause: error });
  }
}
