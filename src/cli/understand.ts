import { createInterface } from 'node:readline';
import { z } from 'zod';
import { createGuard } from '../guard/index.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { loadContent } from '../main.js';
import {
  type ConversationEvent,
  conversationId,
  type GlobalWord,
  LifelineError,
  type Understood,
} from '../model/index.js';
import { createUnderstanding, type TrainableUnderstanding } from '../understanding/index.js';
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
  locale: z.string().optional(),
});

/**
 * `lifeline understand "text"`: the language, the nearest intents, what spoke for the best, and what the bot would do.
 * With `--jsonl`, one JSON object a line from standard input, one to standard output. A secret is removed first.
 */
export async function understand(text: string | undefined, options: UnderstandOptions): Promise<void> {
  const reader = await createReader(options);
  if (options.jsonl === true) {
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line.trim() !== '') process.stdout.write(`${JSON.stringify(reader.line(line))}\n`);
    return;
  }
  if (text === undefined)
    throw new LifelineError('settings-invalid', 'Say which text: lifeline understand "where is the mail?"');
  process.stdout.write(`${reader.report(text).join('\n')}\n`);
}

interface Reader {
  report(text: string): readonly string[];
  line(json: string): Readonly<Record<string, unknown>>;
}

async function createReader(options: UnderstandOptions): Promise<Reader> {
  const settings = readSettings(process.env);
  const { bundle } = await loadContent(options.content ?? settings.LIFELINE_CONTENT);
  const shelf = openModelShelf(settings.LIFELINE_CACHE, notKept(settings.LIFELINE_CACHE));
  const understanding = createUnderstanding({ locales: bundle.phrases, shelf });
  const guard = createGuard();
  const read = (text: string, wished: string | undefined, id: string) => {
    const { clean, secrets } = guard.inspect(
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
    return {
      clean,
      secrets,
      language,
      locale,
      understood: understanding.understand(clean, locale, NOTHING_EXPECTED),
    };
  };

  return {
    report(text) {
      const { clean, secrets, language, locale, understood } = read(text, options.locale, 'you');
      const { event, top } = understood;
      const best = top[0]?.intent;
      return [
        ...(secrets.length > 0 ? [`removed   ${secrets.join(', ')}`] : []),
        `language  ${language ?? 'does not tell'}`,
        `locale    ${locale}`,
        `does      ${told(event, (intent) => bundle.triggers.get(intent) ?? '-')}`,
        ...top.slice(0, TOP).map(({ intent, score }) => `${score.toFixed(3).padStart(9)} ${intent}`),
        ...(best === undefined ? [] : reasons(understanding, clean, locale, best)),
      ];
    },
    line(json) {
      const { id, text, locale: wished } = parsed(json);
      const { language, locale, understood } = read(text, wished ?? options.locale, `line-${id}`);
      const top = topOf(understood);
      return {
        id,
        locale: wished ?? understood.locale ?? tagOf(language) ?? locale,
        intent: understood.event.kind === 'intent' ? understood.event.intent : (top[0]?.intent ?? null),
        score: rounded(top[0]?.score ?? 0),
        decision: decisionOf(understood),
        top: top.slice(0, TOP).map(({ intent, score }) => ({ intent, score: rounded(score) })),
      };
    },
  };
}

function parsed(json: string): z.infer<typeof LINE> {
  const value = LINE.safeParse(asJson(json));
  if (value.success) return value.data;
  throw new LifelineError('settings-invalid', `Not a line of {"id","text","locale"?}: ${json.slice(0, 80)}`);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
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

/** The intents weighed; for a global word, which is certain, the intent that says the same. */
function topOf({ event, top }: Understood): Understood['top'] {
  const intent = event.kind === 'global' && top.length === 0 ? GLOBAL_INTENTS[event.word] : undefined;
  return intent === undefined ? top : [{ intent, score: 1 }];
}

/** A language menu for a text in a language that is not shipped is no answer to it. */
function decisionOf({ event, top }: Understood): 'answer' | 'ask-back' | 'out-of-scope' {
  if (event.kind === 'ask-back') return 'ask-back';
  return event.kind === 'unclear' || (event.kind === 'global' && top.length > 0) ? 'out-of-scope' : 'answer';
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
