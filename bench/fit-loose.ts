import { readFileSync } from 'node:fs';
import { classOf, judged } from '../src/guard/secrets/loose/loose.js';
import { type Class, FEATURES } from '../src/guard/secrets/loose/odds.js';
import { createMeter } from '../src/guard/secrets/meter.js';
import { plainText } from '../src/guard/secrets/plain-text.js';
import { nounsIn } from '../src/guard/secrets/sayings/nouns.js';
import { chance } from '../test/support/secrets/chance.js';
import {
  freeSayings,
  harmlessLines,
  laterSayings,
  type Saying,
  sayings,
} from '../test/support/secrets/sayings.js';
import { SHORT_MESSAGES } from '../test/support/short-messages.js';
import { type Example, fitOdds } from './fit-odds.js';

const CLASSES: readonly Class[] = ['number', 'word', 'plain'];

interface Line {
  readonly text: string;
  readonly secrets: Saying['secrets'];
  readonly weight: number;
}

/**
 * Prints the weights of `src/guard/secrets/loose/odds.ts`, fitted to the sayings and harmless messages of the tests and,
 * where `ORDINARY_TEXT` names a file, to its lines: text in which nothing is secret, such as manuals.
 */
export function printLooseWeights(): void {
  const from = chance(7);
  const ordinary = process.env.ORDINARY_TEXT;
  const lines = [
    // What is called by its name says less here.
    ...sayings(from).map((saying) => ({ ...saying, weight: 0.4 })),
    ...laterSayings(from).map((saying) => ({ ...saying, weight: 0.6 })),
    ...freeSayings(from).map((saying) => ({ ...saying, weight: 2 })),
    ...harmlessLines().map((text) => ({ text, secrets: [], weight: 2 })),
    ...Object.values(SHORT_MESSAGES)
      .flat()
      .map((text) => ({ text, secrets: [], weight: 1 })),
    ...(ordinary === undefined ? [] : readFileSync(ordinary, 'utf8').split('\n')).map((text) => ({
      ...{ text, secrets: [], weight: 0.25 },
    })),
  ];
  for (const each of CLASSES) {
    const weights = fitOdds(lines.flatMap((line) => examplesOf(line, each))).map((one) =>
      Number(one.toFixed(2)),
    );
    const named = [...FEATURES, 'bias'].map((name, at) => `${name} ${weights[at] ?? 0}`);
    process.stdout.write(`${each}: ${named.join(', ')}\n[${weights.join(', ')}]\n`);
  }
}

function examplesOf({ text, secrets, weight }: Line, wanted: Class): readonly Example[] {
  const plain = plainText(text, createMeter());
  return judged(plain, nounsIn(plain.lower), createMeter())
    .filter(({ value }) => classOf(value) === wanted)
    .map(({ value, seen }) => {
      const { start, end } = plain.origin(value.start, value.end);
      const isMeant = secrets.some((secret) => secret.start < end && secret.end > start);
      return { features: seen, isMeant, weight };
    });
}
