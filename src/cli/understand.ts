import { createGuard } from '../guard/index.js';
import { readSettings } from '../infra/settings.js';
import { loadContent } from '../main.js';
import { conversationId } from '../model/index.js';
import { createUnderstanding } from '../understanding/index.js';

/** `lifeline understand "text"`: the locale, what the bot would do, and the nearest intents. A secret in it is removed first. */
export async function understand(
  text: string,
  options: { readonly locale?: string; readonly content: string | undefined },
): Promise<void> {
  const { bundle } = await loadContent(options.content ?? readSettings(process.env).LIFELINE_CONTENT);
  const understanding = createUnderstanding({ locales: bundle.phrases });
  const { clean, secrets } = createGuard().inspect(
    conversationId('console', { channel: 'understand' }, 'you'),
    text,
    Date.now(),
  );
  const locale = options.locale ?? understanding.localeOf(clean) ?? bundle.locales.source;
  const { event, top } = understanding.understand(clean, locale, { choices: [], expects: [] });
  const lines = [
    ...(secrets.length > 0 ? [`removed   ${secrets.join(', ')}`] : []),
    `locale    ${locale}`,
    `does      ${event.kind}${'intent' in event ? ` ${event.intent} → flow ${bundle.triggers.get(event.intent) ?? '-'}` : ''}${'word' in event ? ` ${event.word}` : ''}${'intents' in event ? ` ${event.intents.join(', ')}` : ''}`,
    ...top.slice(0, 5).map(({ intent, score }) => `${score.toFixed(3).padStart(9)} ${intent}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
