import { z } from 'zod';
import { createGuard } from '../guard/index.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { loadContent } from '../load-content.js';
import {
  type ConversationEvent,
  conversationId,
  type GlobalWord,
  LifelineError,
  type Understood,
} from '../model/index.js';
import { behindSecrets } from '../runtime/read-content.js';
import { createUnderstanding, type TrainableUnderstanding } from '../understanding/index.js';
import { answerJsonLines } from './json-lines.js';
import { notKept } from './not-kept.js';

/** How many intents and reasons are shown. */
const TOP = 5;
const REASONS = 8;
const NOTHING_EXPECTED = { choices: [], expects: [] };

export interface UnderstandOptions {
  readonly locale?: string;
  readonly jsonl?: boolean;
  readonly content: string | undefined;
}

/** One text of `--jsonl`. */
const LINE = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  locale: z.string().nullish(),
});

/**
 * `lifeline understand "text"`: the language, the nearest intents, what spoke for the best, and what the bot would do.
 * With `--jsonl`, one JSON object a line from standard input, one to standard output; a line that is none, or of
 * another form, is answered with `error`. A secret is removed first.
 */
export async function understand(text: string | undefined, options: UnderstandOptions): Promise<void> {
  const reader = await createReader(options);
  if (options.jsonl === true) {
    await answerJsonLines(LINE, (asked) => reader.line(asked));
    return;
  }
  if (text === undefined)
    throw new LifelineError('settings-invalid', 'Say which text: lifeline understand "where is the mail?"');
  process.stdout.write(`${reader.report(text).join('\n')}\n`);
}

interface Reader {
  report(text: string): readonly string[];
  line(asked: z.infer<typeof LINE>): Readonly<Record<string, unknown>>;
}

async function createReader(options: UnderstandOptions): Promise<Reader> {
  const settings = readSettings(process.env);
  const { bundle } = await loadContent(options.content ?? settings.LIFELINE_CONTENT);
  const shelf = openModelShelf(settings.LIFELINE_CACHE, notKept(settings.LIFELINE_CACHE));
  const understanding = createUnderstanding({ locales: bundle.phrases, shelf });
  const guard = createGuard();
  const read = (text: string, wished: string | undefined, id: string) => {
    const { clean, secrets, held } = guard.inspect(
      conversationId('console', { channel: 'understand' }, id),
      text,
      Date.now(),
    );
    const language = understanding.languageOf(clean);
    const locale =
      wished ??
      understanding.localeOf(clean) ??
      likely(bundle.phrases.keys(), language) ??
      bundle.locales.source;
    const understood = understanding.understand(clean, locale, NOTHING_EXPECTED);
    const { event } = understood;
    // What may be a secret is asked about first; a secret comes before what is said beside it.
    const first: readonly ConversationEvent[] =
      secrets.length === 0 ? [] : [{ kind: 'secret', secrets, removed: true }];
    const events: readonly ConversationEvent[] =
      secrets.length === 0 && held !== undefined
        ? [{ kind: 'held', secret: held, ref: null }]
        : behindSecrets(first, clean.trim(), event);
    const isForeign = event.kind === 'global' && event.word === 'language' && understanding.isForeign(clean);
    return { clean, secrets, language, locale, understood, events, isForeign };
  };

  return {
    report(text) {
      const { clean, secrets, language, locale, understood, events } = read(text, options.locale, 'you');
      const { top } = understood;
      const best = top[0]?.intent;
      return [
        ...(secrets.length > 0 ? [`removed   ${secrets.join(', ')}`] : []),
        `language  ${language ?? 'does not tell'}`,
        `locale    ${locale}`,
        `does      ${events.map((event) => told(event, (intent) => bundle.triggers.get(intent) ?? '-')).join(', then ')}`,
        ...top.slice(0, TOP).map(({ intent, score }) => `${score.toFixed(3).padStart(9)} ${intent}`),
        ...(best === undefined ? [] : reasons(understanding, clean, locale, best)),
      ];
    },
    line({ id, text, locale: wished }) {
      const tag = wished ?? options.locale;
      const { language, locale, understood, events, isForeign } = read(text, tag, `line-${id}`);
      const [first] = events;
      const top = topOf(understood, first, isForeign);
      const intent = first?.kind === 'intent' ? first.intent : (top[0]?.intent ?? null);
      return {
        id,
        locale: wished ?? understood.locale ?? tagOf(language) ?? locale,
        intent,
        score: rounded(top[0]?.score ?? 0),
        decision: decisionOf(first, isForeign),
        top: top.slice(0, TOP).map(({ intent, score }) => ({ intent, score: rounded(score) })),
      };
    },
  };
}

/** The first locale of a language ("zh-Hant" → "zh-TW"); of a language that is not shipped, none. */
function likely(locales: Iterable<string>, language: string | null): string | null {
  if (language === null || language === 'und') return null;
  const wanted = new Intl.Locale(language).maximize();
  const same = [...locales].map((tag) => ({ tag, locale: new Intl.Locale(tag).maximize() }));
  const near = same.filter(({ locale }) => locale.language === wanted.language);
  return (near.find(({ locale }) => locale.script === wanted.script) ?? near[0])?.tag ?? null;
}

/** A language as the locale it is written for: `zh-Hant` → `zh-TW`, `pt` → `pt-BR`. */
function tagOf(language: string | null): string | null {
  const tags: Readonly<Record<string, string>> = {
    zh: 'zh-CN',
    'zh-Hans': 'zh-CN',
    'zh-Hant': 'zh-TW',
    pt: 'pt-BR',
  };
  return language === null ? null : (tags[language] ?? language);
}

/** Intents that say what a global word says. */
const GLOBAL_INTENTS: Partial<Record<GlobalWord, string>> = {
  human: 'contact-support',
  help: 'help',
  language: 'change-language',
  'forget-me': 'forget-me',
  restart: 'menu',
};

/** What is done about a secret, whatever is said beside it. */
const SECRET_INTENT = 'leaked-secret';

/**
 * The intents weighed; for a global word or a secret, which are certain, the intent that says the same. A text in a
 * language that is not shipped has none: its words only look like ours.
 */
function topOf(
  { top }: Understood,
  first: ConversationEvent | undefined,
  isForeign: boolean,
): Understood['top'] {
  const certain =
    first?.kind === 'secret'
      ? SECRET_INTENT
      : first?.kind === 'global' && top.length === 0 && !isForeign
        ? GLOBAL_INTENTS[first.word]
        : undefined;
  if (certain === undefined) return top;
  return [{ intent: certain, score: 1 }, ...top.filter(({ intent }) => intent !== certain)];
}

/** A language menu for a text in a language that is not shipped is no answer to it. */
function decisionOf(
  first: ConversationEvent | undefined,
  isForeign: boolean,
): 'answer' | 'ask-back' | 'out-of-scope' {
  if (first?.kind === 'ask-back' || first?.kind === 'held') return 'ask-back';
  return first?.kind === 'unclear' || isForeign ? 'out-of-scope' : 'answer';
}

/** What the bot would do, in one line. */
function told(event: ConversationEvent, flowOf: (intent: string) => string): string {
  switch (event.kind) {
    case 'intent':
      return [
        `answers ${event.intent} (flow ${flowOf(event.intent)})`,
        ...(event.also === undefined ? [] : [`then offers ${event.also}`]),
        ...event.found.map(({ kind, value }) => `with the ${kind} ${value}`),
      ].join(', ');
    case 'ask-back':
      return `asks which is meant: ${event.intents.join(', ')}`;
    case 'unclear':
      return `offers help and support${event.near.length === 0 ? '' : `, first ${event.near.join(', ')}`}`;
    case 'global':
      return `follows the word "${event.word}"`;
    case 'secret':
      return `takes out ${event.secrets.join(', ')} and opens ${SECRET_INTENT} (flow ${flowOf(SECRET_INTENT)})`;
    case 'held':
      return `takes out what may be a ${event.secret} and asks whether it is one`;
    default:
      return event.kind;
  }
}

function reasons(
  understanding: TrainableUnderstanding,
  text: string,
  locale: string,
  intent: string,
): readonly string[] {
  return [
    `what spoke for ${intent}:`,
    ...understanding
      .explain(text, locale, intent, REASONS)
      .map(({ text: part, kind, weight }) => `${weight.toFixed(2).padStart(9)} ${kind} "${part}"`),
  ];
}

function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
