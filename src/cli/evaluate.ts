import { writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { Bundle } from '../content/index.js';
import { loadContent } from '../load-content.js';
import { LifelineError } from '../model/index.js';
import {
  bookOf,
  confusionsOf,
  crossValidate,
  doubled,
  type Figures,
  figuresByIntent,
  figuresOf,
  hear,
  type Labelled,
  languageOf,
  mislabelled,
  type Outcome,
  outcomes,
  teachBook,
  thresholdsOf,
} from '../understanding/index.js';
import { contentFolder } from './content-folder.js';
import { readText } from './read-text.js';

export interface EvaluateOptions {
  readonly train?: string;
  readonly test?: string;
  readonly locale?: string;
  readonly json?: string;
  readonly content: string | undefined;
}

/** How much of each list is printed. */
const SHOWN = 12;
const SHOWN_TEXTS = 4;
/** The intent of a text that must be refused. */
const OUTSIDE = 'oos';

/** One line of a training or test file. */
const ROW = z.object({ text: z.string(), intent: z.string(), locale: z.string().default('en') });
type Row = z.infer<typeof ROW>;

/**
 * `lifeline evaluate`: cross-validation over the phrases of each locale. With `--train` and `--test`, a model of the
 * one file measured on the other. Words for people go to standard error, the figures as one line of JSON to standard
 * output and to `--json`.
 */
export async function evaluate(options: EvaluateOptions): Promise<void> {
  const { bundle } = await loadContent(contentFolder(options.content));
  const figures =
    options.train === undefined && options.test === undefined
      ? phrases(bundle, options.locale)
      : await files(bundle, options);
  const json = JSON.stringify(figures);
  process.stdout.write(`${json}\n`);
  if (options.json !== undefined) await writeFile(options.json, `${json}\n`);
}

function phrases(bundle: Bundle, only: string | undefined): Readonly<Record<string, unknown>> {
  const locales = [...bundle.phrases.keys()].filter((tag) => only === undefined || tag === only);
  if (locales.length === 0) throw new LifelineError('settings-invalid', `There are no phrases in ${only}.`);
  return Object.fromEntries(
    locales.map((locale) => {
      const found = crossValidate(locale, bundle.phrases);
      const summary = figuresOf(found);
      const intents = figuresByIntent(found);
      const confusions = confusionsOf(found);
      const wrong = mislabelled(found);
      const book = bundle.phrases.get(locale);
      const twice = book === undefined ? [] : doubled(book);
      say(`== ${locale}: ${inWords(summary)}`);
      const thresholds = thresholdsOf(found);
      say('answered from  right  wrong  outside');
      for (const { answer, right, wrong, outside } of thresholds)
        say(
          `${answer.toFixed(2).padStart(13)} ${[right, wrong, outside].map((part) => percent(part).padStart(6)).join(' ')}`,
        );
      say('precision  recall  intent');
      for (const { intent, precision, recall } of intents)
        say(`${percent(precision).padStart(9)} ${percent(recall).padStart(7)}  ${intent}`);
      list(
        'worst confusions',
        confusions,
        ({ from, to, texts }) =>
          `${texts.length} of ${from} taken for ${to}: ${texts.slice(0, SHOWN_TEXTS).join(' | ')}`,
      );
      list(
        'phrases that may stand under the wrong intent',
        wrong,
        ({ text, intent, ranking }) => `${intent} "${text}" looks like ${ranking.intents[0]?.intent}`,
      );
      list(
        'phrases that stand twice, or nearly',
        twice,
        ({ one, other }) =>
          `${one.intent ?? 'outside'} "${one.text}" and ${other.intent ?? 'outside'} "${other.text}"`,
      );
      return [
        locale,
        { ...summary, thresholds, intents, confusions, mislabelled: wrong.map(told), doubled: twice },
      ];
    }),
  );
}

async function files(
  bundle: Bundle,
  { train, test }: EvaluateOptions,
): Promise<Readonly<Record<string, unknown>>> {
  if (train === undefined || test === undefined)
    throw new LifelineError('settings-invalid', 'Give both: --train FILE --test FILE.');
  const [taughtBy, asked] = [rows(train), rows(test)];
  const languages = new Set(taughtBy.map(({ locale }) => languageOf(locale)));
  const found: Outcome[] = [];
  const micros: number[] = [];
  let seconds = 0;
  for (const language of languages) {
    const locale = taughtBy.find((row) => languageOf(row.locale) === language)?.locale ?? language;
    const like = bundle.phrases.get(locale) ?? bundle.phrases.get('en') ?? [...bundle.phrases.values()][0];
    if (like === undefined) continue;
    const of = (list: readonly Row[]): readonly Labelled[] =>
      list.filter((row) => languageOf(row.locale) === language).map(toLabelled);
    const from = performance.now();
    const taught = teachBook(bookOf(of(taughtBy), like), locale, bundle.phrases);
    seconds += (performance.now() - from) / 1000;
    const texts = of(asked);
    found.push(...outcomes(taught, texts));
    for (const { text } of texts) {
      const before = performance.now();
      taught.rank(hear(text).words, 1);
      micros.push((performance.now() - before) * 1000);
    }
  }
  const unasked = asked.filter(({ locale }) => !languages.has(languageOf(locale)));
  if (unasked.length > 0)
    say(
      `Not asked, as nothing in ${train} is in their language: ${unasked.length} of ${test} (${[...new Set(unasked.map(({ locale }) => locale))].join(', ')}; without "locale" it is en)`,
    );
  const summary = figuresOf(found);
  micros.sort((a, b) => a - b);
  const speed = {
    trainingSeconds: rounded(seconds),
    p50Micros: at(micros, 0.5),
    p99Micros: at(micros, 0.99),
  };
  say(
    `${inWords(summary)}; trained in ${speed.trainingSeconds} s, ${speed.p50Micros} µs a message (p99 ${speed.p99Micros})`,
  );
  return { accuracy: summary.top1, ...summary, unasked: unasked.length, ...speed };
}

function rows(path: string): readonly Row[] {
  return readText(path)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const row = ROW.safeParse(asJson(line));
      if (row.success) return [row.data];
      throw new LifelineError(
        'settings-invalid',
        `${path}:${index + 1} is no line of {"text","intent","locale"}: ${line.slice(0, 80)}`,
      );
    });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function toLabelled({ text, intent }: Row): Labelled {
  return { text, intent: intent === OUTSIDE ? null : intent };
}

function told({ text, intent, ranking }: Outcome): Readonly<Record<string, unknown>> {
  return { text, intent, looksLike: ranking.intents[0]?.intent };
}

function list<Item>(title: string, items: readonly Item[], line: (item: Item) => string): void {
  if (items.length === 0) return;
  say(`${title}${items.length > SHOWN ? ` (${SHOWN} of ${items.length})` : ''}:`);
  for (const item of items.slice(0, SHOWN)) say(`  ${line(item)}`);
}

function inWords(figures: Figures): string {
  const { inScope, outside, top1, top3, auroc, rightAtFalseAccepts, answeredOutside } = figures;
  const rejecting =
    auroc === null || rightAtFalseAccepts === null
      ? ''
      : `; AUROC ${(auroc * 100).toFixed(1)}, ${percent(rightAtFalseAccepts)} right and accepted at 10 % false accepts, ${percent(answeredOutside ?? 0)} of the outside answered`;
  return `${percent(top1)} right, ${percent(top3)} among three, of ${inScope}; ${outside} outside${rejecting}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function at(sorted: readonly number[], share: number): number {
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
