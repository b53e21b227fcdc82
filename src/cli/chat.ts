import { readSettings } from '../infra/settings.js';
import { createBot, loadContent } from '../main.js';
import { runBot } from './run-bot.js';
import { type TerminalOptions, terminalOf } from './terminal.js';

/** `lifeline chat`: the terminal on a store that is forgotten at the end. */
export async function chat(
  options: TerminalOptions & { readonly content: string | undefined },
): Promise<void> {
  const settings = readSettings({
    ...process.env,
    TELEGRAM_BOT_TOKEN: '',
    LIFELINE_STORE: 'memory:',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  });
  const content = await loadContent(options.content ?? settings.LIFELINE_CONTENT);
  const locales = Object.keys(content.bundle.locales.names);
  let end: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    end = resolve;
  });
  const bot = await createBot(
    { ...settings, TELEGRAM_BOT_TOKEN: undefined },
    { content, terminal: terminalOf(options, locales, end) },
  );
  await runBot(bot, finished);
}
