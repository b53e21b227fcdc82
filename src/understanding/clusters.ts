import type { PhraseBook } from '../model/index.js';
import { createMeanings } from './alike.js';
import { encode } from './examples.js';
import { hear } from './hear.js';
import { booksOf, companionsOf, languageOf } from './tutor.js';

/**
 * Cosine from which a text joins the one that leads a cluster; twelve shipped intents fall into clusters of which 90 %
 * (en) and 97 % (zh-CN) are of one intent.
 */
const TOGETHER = 0.34;
/** The language that is compared by sound too. */
const SPELT_BY_SOUND = 'zh';

/**
 * Texts that ask much the same, in one language; the one that leads them first, the others as near to it as they are.
 */
export interface Cluster<Item> {
  readonly language: string;
  readonly members: readonly { readonly text: string; readonly items: readonly Item[] }[];
}

interface Distinct<Item> {
  readonly key: string;
  readonly words: string;
  readonly text: string;
  readonly items: Item[];
}

/**
 * Puts together what asks the same, by the classifier's own n-grams and meanings: leaders first, the text that was
 * written most often (then by its words), and each text to the nearest leader. Pure and the same for any order of the
 * items.
 */
export function clusters<Item extends { readonly text: string; readonly locale: string }>(
  items: readonly Item[],
  books: ReadonlyMap<string, PhraseBook>,
): readonly Cluster<Item>[] {
  const languages = [...new Set(items.map(({ locale }) => languageOf(locale)))].sort();
  return languages.flatMap((language) => {
    const own = items.filter(({ locale }) => languageOf(locale) === language);
    const groups = grouped(distinct(own), language, books);
    return groups.map((members) => ({ language, members }));
  });
}

/** Texts that say the same in the same words, however they are spelt; the most frequent first. */
function distinct<Item extends { readonly text: string }>(items: readonly Item[]): readonly Distinct<Item>[] {
  const byKey = new Map<string, Distinct<Item>>();
  const ordered = [...items].sort((a, b) => compare(a.text, b.text));
  for (const item of ordered) {
    const { key, words } = hear(item.text);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { key, words, text: item.text, items: [item] });
    else known.items.push(item);
  }
  return [...byKey.values()].sort((a, b) => b.items.length - a.items.length || compare(a.key, b.key));
}

function grouped<Item>(
  texts: readonly Distinct<Item>[],
  language: string,
  books: ReadonlyMap<string, PhraseBook>,
): readonly (readonly Distinct<Item>[])[] {
  const known = [...booksOf(language, books), ...companionsOf(language, books)];
  const knowledge = { meanings: createMeanings(known), sounds: language === SPELT_BY_SOUND };
  const examples = texts.map(({ words }) => ({ text: words, intent: -1 }));
  const { starts, rows, values } = encode(examples, knowledge);
  /** Of each feature: the leaders that have it, and how strongly. */
  const leading = new Map<number, { readonly leader: number; readonly value: number }[]>();
  const groups: { readonly member: Distinct<Item>; readonly nearness: number }[][] = [];
  texts.forEach((member, i) => {
    const nearness = new Map<number, number>();
    for (let f = starts[i] ?? 0; f < (starts[i + 1] ?? 0); f += 1)
      for (const { leader, value } of leading.get(rows[f] ?? 0) ?? [])
        nearness.set(leader, (nearness.get(leader) ?? 0) + value * (values[f] ?? 0));
    let best = -1;
    for (const [leader, near] of nearness)
      if (near >= TOGETHER && (best < 0 || near > (nearness.get(best) ?? 0))) best = leader;
    if (best >= 0) groups[best]?.push({ member, nearness: nearness.get(best) ?? 0 });
    else {
      const leader = groups.push([{ member, nearness: 1 }]) - 1;
      for (let f = starts[i] ?? 0; f < (starts[i + 1] ?? 0); f += 1) {
        const row = rows[f] ?? 0;
        const others = leading.get(row) ?? [];
        others.push({ leader, value: values[f] ?? 0 });
        leading.set(row, others);
      }
    }
  });
  return groups.map((group) =>
    group
      .sort((a, b) => b.nearness - a.nearness || compare(a.member.key, b.member.key))
      .map(({ member }) => member),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
