import type { Span } from '../finding.js';
import { foldedPattern } from '../plain-text.js';
import { isStopWord } from '../sayings/stop-words.js';
import { PLAIN } from './words/plain.js';

/** The longest text in which plain words are looked at. */
const MAX_LENGTH = 220;

/** A word, up to four, with a number behind them. */
const WORDS = String.raw`(?<words>\p{L}[\p{L}\p{M}'._-]{1,23}(?: [\p{L}\p{M}'._-]{1,20}){0,3}?(?: ?\d{1,6})?)`;

const PATTERNS = PLAIN.map(({ leads, follows }) =>
  foldedPattern(
    String.raw`(?<![\p{L}\d])(?:${leads})[ ,:]{0,2}(?<=[ ,:])["'“«(]?${WORDS}(?=["'”»)]? ?(?:$|[.,;:!?)\n"”»]| (?:${follows})(?!\p{L})))`,
    'gu',
  ),
);
/** The same at the beginning of a message, told of afterwards. */
const FIRST = foldedPattern(
  String.raw`^["'“«(]?${WORDS}["'”»)]?,? (?:${PLAIN.map(({ after }) => after).join('|')})(?!\p{L})`,
  'gu',
);
/** A word or several in quotes. */
const QUOTED =
  /["“«「『](?<words>[\p{Script=Latin}\p{Script=Cyrillic}][\p{Script=Latin}\p{Script=Cyrillic}'._-]{3,22}(?: ?\d{1,6})?)["”»」』]/gu;
/** What was typed, in scripts without capitals, before the word for typing it. */
const TYPED = foldedPattern(
  String.raw`(?:^|[\s、。,.])(?<words>[\p{L}\p{M}ー]{3,24}\d{0,4})(?:って|という風に)[\p{L}\p{M}]{0,8}(?:入れ(?!な|ま|ず)|打|使|設定|入力)|(?:^|[\s,.])(?<other>[\p{L}\p{M}]{4,30}\d{0,4}) ?(?:이라고|라고|으로|로) [\p{L}\p{M} ]{0,12}(?:쳤|치|입력|썼|쓰|넣|설정|로그인)`,
  'gu',
);

const ALL = [...PATTERNS, FIRST, QUOTED, TYPED];
/** A word of which one at least is said where a plain word is told: how it is typed, where else it is used. */
const HINT = foldedPattern(
  "keep (?:putting|typing|entering)|(?:changed|set) it to|sure it.?s|on every|name of my|no numbers|it asks|it says|old one|spaces|blanks|lower ?case|capital|small|caps|one word|together|twice|same|everywhere|every site|(?:always|usually|normally) (?:use|type|put|enter)|i type|typed|what i (?:use|put|do)|in with|has always|thats what|that's what|hint|notebook|minuscul|mayuscul|espacios|junto|pegad|mism[ao]|igual que|siempre (?:uso|pongo|puse|meto)|lo que? (?:uso|puse|pongo)|que escribo|acordate|de toda la vida|entro con|entraba con|le dije|se la dicte|пробел|маленьк|больш|вместе|везде|ввожу|вводил|вбива|набира|захожу с|запомина|два раза|как (?:на|в) |huruf|sama kayak|minuscula|って(?:入|打|使)|って[\\p{L}]{1,8}入れ|이라고|라고 ",
  '',
);

/** Words that may be a password though they look like words, where they are told as one is. Bounded. */
export function plainValuesIn(lower: string): readonly (Span & { readonly isSpaced: boolean })[] {
  if (lower.length > MAX_LENGTH || lower.includes('\n\n') || !HINT.test(lower)) return [];
  const found: (Span & { isSpaced: boolean })[] = [];
  for (const pattern of ALL)
    for (const match of lower.matchAll(pattern)) {
      const words = match.groups?.words ?? match.groups?.other ?? '';
      const start = match.index + match[0].lastIndexOf(words);
      const end = start + words.length;
      const parts = words.split(' ');
      if (words.length < 5 || parts.every((part) => isSmall(part)) || LITTLE.test(words)) continue;
      if (parts.some((part) => part.length > 2 && isStopWord(part))) continue;
      if (found.some((other) => start < other.end && end > other.start)) continue;
      found.push({ start, end, isSpaced: parts.length > 1 });
    }
  return found;
}

/** What is said of a password, and begins none. */
const LITTLE = foldedPattern(
  '^(?:no|not|an?|the|my|your|and|but|so|to|un|una|el|la|no|y|con|sin|mi|и|а|но|не|с|в|на|мой|моя) ',
  'u',
);

/** An article, a number. */
function isSmall(part: string): boolean {
  return part.length < 4 || /^\d+$/.test(part);
}
