import { draftsOf, withDraftServed } from '../authoring/new-locale.js';
import { didYouMean } from '../content/index.js';
import { readSettings } from '../infra/settings.js';
import { type Content, compile, loadContent } from '../load-content.js';
import { createBot } from '../main.js';
import { LifelineError } from '../model/index.js';
import { runBot } from './run-bot.js';
import { type TerminalOptions, terminalOf } from './terminal.js';

/** Settings that would bring a platform in; a trial stays in the terminal. */
const NO_PLATFORMS = {
  TELEGRAM_BOT_TOKEN: '',
  DISCORD_BOT_TOKEN: '',
  SLACK_BOT_TOKEN: '',
  SLACK_APP_TOKEN: '',
  SLACK_SIGNING_SECRET: '',
};

/** `lifeline chat`: the terminal on a store that is forgotten at the end. */
export async function chat(
  options: TerminalOptions & { readonly content: string | undefined },
): Promise<void> {
  const settings = readSettings({
    ...process.env,
    ...NO_PLATFORMS,
    LIFELINE_STORE: 'memory:',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  });
  const loaded = await loadContent(options.content ?? settings.LIFELINE_CONTENT);
  const content = withoutNotices(withDraft(loaded, options.locale));
  checkPlace(content, options.at);
  let end: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    end = resolve;
  });
  const bot = await createBot(settings, {
    content,
    terminal: (locales) => terminalOf(options, locales, end),
    notifies: false,
  });
  await runBot(bot, finished);
}

/** A language that is being translated is tried out as if it were served. */
function withDraft(content: Content, locale: string | undefined): Content {
  if (locale === undefined || draftsOf(content.files)[locale] === undefined) return content;
  const files = withDraftServed(content.files, locale);
  return { files, bundle: compile(files) };
}

/** Nobody is told of a case that was only tried out, and nothing says so. */
function withoutNotices(content: Content): Content {
  const { bundle } = content;
  return { ...content, bundle: { ...bundle, registry: { ...bundle.registry, cases: {} } } };
}

/** Throws `settings-invalid` for a flow or step that is not there. */
function checkPlace({ bundle }: Content, at: string | undefined): void {
  if (at === undefined) return;
  const [name = '', step] = at.split('.');
  const flow = bundle.flows.get(name);
  if (flow === undefined)
    throw new LifelineError(
      'settings-invalid',
      `There is no flow "${name}"${didYouMean(name, [...bundle.flows.keys()])}`,
    );
  if (step !== undefined && !flow.steps.has(step)) {
    throw new LifelineError(
      'settings-invalid',
      `The flow "${name}" has no step "${step}"${didYouMean(step, [...flow.steps.keys()])}`,
    );
  }
}
