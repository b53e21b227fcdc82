import { foldedPattern } from '../plain-text.js';
import { CUE_NAMES, type CueName, type CueWords } from './cue-names.js';
import { CHINESE } from './words/chinese.js';
import { ENGLISH } from './words/english.js';
import { JAPANESE } from './words/japanese.js';
import { KOREAN } from './words/korean.js';
import { OTHERS } from './words/others.js';
import { RUSSIAN } from './words/russian.js';
import { SPANISH } from './words/spanish.js';

type Cues = Readonly<Record<CueName, RegExp>>;

function compiled(words: CueWords, wrap: (source: string) => string): Cues {
  const entries = CUE_NAMES.map((name) => [name, foldedPattern(wrap(words[name]), 'u')]);
  return Object.fromEntries(entries);
}

/** Whole words of Latin letters. */
const whole = (source: string): string => `(?<![a-z0-9])(?:${source})(?![a-z])`;
/** Beginnings of words. */
const begun = (source: string): string => `(?<!\\p{L})(?:${source})`;
/** Anywhere: in scripts without blanks, and where endings are attached. */
const anywhere = (source: string): string => source;

const CHINESE_CUES = compiled(CHINESE, anywhere);
const JAPANESE_CUES = compiled(JAPANESE, anywhere);
const KOREAN_CUES = compiled(KOREAN, anywhere);
const RUSSIAN_CUES = compiled(RUSSIAN, begun);

/** Languages of Latin letters, each with the little words that tell it. */
const LATIN: readonly { readonly cues: Cues; readonly tells: RegExp }[] = [
  {
    cues: compiled(ENGLISH, whole),
    tells:
      /(?<![a-z])(?:the|i|my|is|it|its|it's|to|and|that|this|was|for|with|not|you|what|here|one|or|but|at|of|on|me|he|she|they|we|im|i'm|ive|i've|dont|don't|cant|can't|wont|won't|thats|that's|from|after|so|have|has|had|are|be|can|would|said|says|just|no|now|then|how|did|does|in|by|there|these|those|your|his|her|as|if|still|out|up|all|same|use|used|try|tried|put|type|typed|please|pls|got|get)(?![a-z])/g,
  },
  {
    cues: compiled(SPANISH, whole),
    tells:
      /(?<![a-z])(?:que|q|el|la|mi|es|de|y|lo|los|las|en|un|una|se|me|te|le|con|pero|por|para|esta|ese|esa|yo|ya|al|va|ahi|si|o|no|pero|tengo|puse|pongo|uso|era|son|del|mas|hace|cuando|porque|desde|siempre|clave|tu|su|ni|todo|toda|esto|eso|aca|aqui|hola|muy|como)(?![a-z])/g,
  },
  {
    cues: compiled(OTHERS, whole),
    tells:
      /(?<![a-z])(?:yang|saya|ini|itu|dan|aku|gue|pakai|nao|meu|minha|voce|uma|um|com|em|isso|foi|bir|bu|icin|ve|ama|benim|hep|toi|minh|la|khong|duoc|cua|em|roi|nhe|nih|gak|ga|udah|sama|untuk|yg|di|ke|dari|sempre|mas|para|por|era|agora|ontem|olmadi|degil|simdi|dun|da|de|mi|anh|chi|vi|nay|thi|con|giup)(?![a-z])/g,
  },
];

/** The cues of the language that words are in: of those that fit best, where several do. */
export function cueSetsOf(lower: string): readonly Cues[] {
  if (/[\u1100-\u11ff]/.test(lower)) return [KOREAN_CUES];
  if (/[\u3040-\u30ff]/.test(lower)) return [JAPANESE_CUES];
  if (/\p{Script=Han}/u.test(lower)) return [CHINESE_CUES];
  if (/[\u0400-\u04ff]/.test(lower)) return [RUSSIAN_CUES];
  const counts = LATIN.map(({ tells }) => lower.match(tells)?.length ?? 0);
  const most = Math.max(...counts);
  return LATIN.filter((_, at) => counts[at] === most).map(({ cues }) => cues);
}

/** Which cues the words around a value hold; `around` has `¤` in its place. */
export function cuesIn(around: string, sets: readonly Cues[]): readonly boolean[] {
  return CUE_NAMES.map((name) => sets.some((cues) => cues[name].test(around)));
}

/** Whether what stands at a place of a text is called something that is not secret: an order, an error, a version. */
export function isCalledOther(lower: string, start: number, end: number): boolean {
  const around = `${lower.slice(Math.max(0, start - NEAR), start)}¤${lower.slice(end, end + NEAR)}`;
  return cueSetsOf(around).some(({ notSecret }) => notSecret.test(around));
}

/** How far a name is from what it names, at most. */
const NEAR = 40;
