import { finish, mix, START } from './hash.js';
import { GRAM_LANGUAGES, GRAMS } from './language-grams.js';
import { LANGUAGE_WORDS } from './language-words.js';
import { type Script, scriptOf } from './script.js';

/**
 * A language of a text, as the first subtag of BCP 47 (`zh`, `en`, `th` …, `und` for one without a name here), and by
 * how much it leads, 0 to 1.
 */
export interface Detected {
  readonly language: string;
  readonly lead: number;
}

/** Letters that among the languages of Latin letters only one has, or hardly any other. */
const TELLING_LETTERS: readonly (readonly [RegExp, string, number])[] = [
  [/[ăđơư\u1ea0-\u1ef9]/gu, 'vi', 3],
  [/[ğış]/gu, 'tr', 2],
  [/[ñ¿¡]/gu, 'es', 3],
  [/[ãõ]/gu, 'pt', 3],
  [/[ßä]/gu, 'de', 2],
  [/[œèêëîû]/gu, 'fr', 1],
  [/[ąęłńśźż]/gu, 'pl', 3],
];
const CYRILLIC_OTHER = /[іїєґўјљњћђџ]/u;
/** Characters that only Japanese writes, for Japanese without kana. */
const JAPANESE =
  /[働込峠畑辻枠匂駅図売読続経済変対応験検権発実転両円気仮価様帰県鉄広沢辺斎恵桜亜悪圧囲栄営駆撃険効黒歳剤雑処証関覚渉払拡拠隠覧録帯増弾従縦徴単択労脳悩伝黙訳毎歩銭収拝焼乗剰絵壊観勧巻継顕厳鉱砕児釈獣粛奨浄畳縄譲酔摂専戦繊捜挿巣総騒蔵臓団遅庁聴稲徳弐覇廃髪豊満薬揺涙霊齢抜歴掲緑閲舗顔]/u;
/** Words of Japanese in characters that Chinese has too, but in no such order or sense. */
const JAPANESE_WORDS =
  /端末|口座|残高|送金|着金|返金|振込|支払|取引|書類|未着|至急|段階|本人確認|紛失|携帯|機種|手数料|復旧|復元|暗証|問合|利用規約|差出人/u;
/**
 * Characters and turns of Chinese that Japanese does not write: with one of them, those words are a Chinese sentence.
 */
const CHINESE =
  /[我你您她們们這这哪怎麼么沒嗎吗吧呢啊啦很钱錢驗验證证碼码號账戶户幣币说话讓让买發为个谁盜丢丟裡给]|什麼|[交寄傳轉]給|不[到了進进出去上下見见會会行]|[^終完修満校読未]了(?![承解])|[\u4e00-\u9fff]是[\u4e00-\u9fff]|(?<![目性体])的/u;
/** How surely such words are Japanese: enough to answer in it, too little to send anybody away. */
const WORDS_LEAD = 0.2;
const JAPANESE_MARKS = /[々〆〇ヶ]/u;
const ACCENTS = /[\u0300-\u036f]/g;
/** Turns `đ` and `ı` into the letters that people without them type. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { đ: 'd', ı: 'i', ł: 'l', ß: 'ss' };
const WORD = /[\p{Script=Latin}\p{M}'’]+/gu;
/** So much of a text tells its language. */
const READ_CHARS = 400;
/** What a word of {@link LANGUAGE_WORDS} counts beside a piece of a word, whose score is 0 to 1. */
const WORD_COUNTS = 1.6;
const GRAM_BASE = 53;
const GRAM_MOST = 220;

/** The language a text is written in, or `null` when nothing tells. Takes a text in any case, with its marks. */
export function detectLanguage(text: string): Detected | null {
  const script = scriptOf(text);
  if (script === null) return null;
  if (script === 'Han') return chineseOrJapanese(text);
  if (script === 'Cyrl') return { language: CYRILLIC_OTHER.test(text.toLowerCase()) ? 'uk' : 'ru', lead: 1 };
  if (script !== 'Latn') return { language: mostOften(script), lead: 1 };
  return latin(text);
}

/** The language that is most often written in a script; `und` where none is known. */
function mostOften(script: Script): string {
  return script === 'Zzzz' ? 'und' : new Intl.Locale(`und-${script}`).maximize().language;
}

/** Of a text in characters without kana. */
function chineseOrJapanese(text: string): Detected {
  if (JAPANESE_MARKS.test(text) || JAPANESE.test(text)) return { language: 'ja', lead: 1 };
  if (JAPANESE_WORDS.test(text) && !CHINESE.test(text)) return { language: 'ja', lead: WORDS_LEAD };
  return { language: 'zh', lead: 1 };
}

const LANGUAGES = [...new Set([...GRAM_LANGUAGES, ...Object.keys(LANGUAGE_WORDS)])];

/** Which languages have a word, made when first needed. */
let words: ReadonlyMap<string, readonly number[]> | null = null;

function wordTable(): ReadonlyMap<string, readonly number[]> {
  if (words !== null) return words;
  const table = new Map<string, number[]>();
  LANGUAGES.forEach((language, index) => {
    for (const word of new Set((LANGUAGE_WORDS[language] ?? '').split(/\s+/))) {
      const has = table.get(word) ?? [];
      has.push(index);
      table.set(word, has);
    }
  });
  words = table;
  return table;
}

/**
 * Whether a word, in any case and with or without its accents, is one that people of some language use all the time.
 */
export function isCommon(word: string): boolean {
  return wordTable().has(unaccented(word));
}

/** Hash of a piece of a word → where its languages and scores stand in the bytes. */
let grams: { readonly bytes: Uint8Array; readonly at: ReadonlyMap<number, number> } | null = null;

function gramTable(): NonNullable<typeof grams> {
  if (grams !== null) return grams;
  const bytes = new Uint8Array(Buffer.from(GRAMS, 'base64'));
  const view = new DataView(bytes.buffer);
  const at = new Map<number, number>();
  for (let i = 0; i < bytes.length; ) {
    at.set(view.getUint32(i, true), i + 4);
    i += 5 + 2 * (bytes[i + 4] ?? 0);
  }
  grams = { bytes, at };
  return grams;
}

function latin(text: string): Detected | null {
  const lower = text.slice(0, READ_CHARS).toLowerCase().normalize('NFC');
  const scores = new Float64Array(LANGUAGES.length);
  const found = lower.match(WORD) ?? [];
  for (const word of found) {
    const plain = unaccented(word);
    const has = wordTable().get(plain) ?? [];
    for (const index of has) scores[index] = (scores[index] as number) + WORD_COUNTS / has.length;
    gramScores(word.replace(/['’]/g, ''), scores);
  }
  for (const [letters, language, weight] of TELLING_LETTERS) {
    const count = lower.match(letters)?.length ?? 0;
    const index = LANGUAGES.indexOf(language);
    scores[index] = (scores[index] as number) + weight * Math.min(count, 4);
  }
  let best = 0;
  let second = -1;
  for (let i = 1; i < scores.length; i += 1) {
    if ((scores[i] as number) > (scores[best] as number)) [best, second] = [i, best];
    else if (second < 0 || (scores[i] as number) > (scores[second] as number)) second = i;
  }
  const most = scores[best] as number;
  if (most === 0) return null;
  return { language: LANGUAGES[best] ?? 'und', lead: (most - (scores[second] as number)) / most };
}

/** Adds what the pieces of a word say: four bytes at a time in steps of three, as eld takes them. */
function gramScores(word: string, scores: Float64Array): void {
  const code = new TextEncoder().encode(word);
  const length = Math.min(code.length, 70);
  let at = 0;
  for (; at + 4 < length; at += 3) gramScore(code, at, at + 4, at === 0, false, scores);
  gramScore(code, length === 3 ? 0 : Math.max(0, length - 4), length, at === 0, true, scores);
}

function gramScore(
  code: Uint8Array,
  from: number,
  to: number,
  first: boolean,
  last: boolean,
  scores: Float64Array,
): void {
  const { bytes, at } = gramTable();
  let hash = first ? mix(START, 0x20) : START;
  for (let i = from; i < to; i += 1) hash = mix(hash, code[i] as number);
  const place = at.get(finish(last ? mix(hash, 0x20) : hash));
  if (place === undefined) return;
  const count = bytes[place] as number;
  for (let n = 0; n < count; n += 1) {
    const language = bytes[place + 1 + 2 * n] as number;
    const score = ((bytes[place + 2 + 2 * n] as number) + GRAM_BASE) / GRAM_MOST;
    scores[language] = (scores[language] as number) + score;
  }
}

/** A word in the letters that a keyboard without marks has. */
export function unaccented(word: string): string {
  return word
    .normalize('NFD')
    .replace(ACCENTS, '')
    .replace(/[đıłß'’]/g, (letter) => PLAIN_LETTERS[letter] ?? '');
}
