import { hanBalance } from './fold.js';

/** Latin words that people of every language write; they say nothing about the language of a message. */
const EVERYWHERE = new Set(
  'ok okay okey kyc 2fa otp pin sms app apk ios android iphone google apple gmail email mail wifi vpn url http https www id qr nft usdt usdc btc eth sol bnb trx trc20 erc20 bep20 defi dapp token gas tx txid hash wallet bot faq link face touch authenticator telegram discord slack whatsapp facebook twitter hi hello hey bye thanks thx pls please yes no lol'.split(
    ' ',
  ),
);
/** Fewer telling words than this never decide for a language written in Latin letters. */
const LEAST_WORDS = 3;
/** Share of the words that the phrases of a locale must hold, and how far ahead of the next locale it must be. */
const LEAST_SHARE = 0.3;
const LEAST_LEAD = 0.2;

/** First and last code of a block, the script in BCP-47 words, and how many of its letters make a word. */
const BLOCKS: readonly (readonly [number, number, Script, number])[] = [
  [0x3040, 0x30ff, 'Jpan', 2],
  [0x3400, 0x4dbf, 'Han', 1.7],
  [0x4e00, 0x9fff, 'Han', 1.7],
  [0xac00, 0xd7af, 'Kore', 2.5],
  [0x0370, 0x03ff, 'Grek', 5],
  [0x0400, 0x052f, 'Cyrl', 5],
  [0x0590, 0x05ff, 'Hebr', 4],
  [0x0600, 0x06ff, 'Arab', 4],
  [0x0900, 0x097f, 'Deva', 4],
  [0x0e00, 0x0e7f, 'Thai', 4],
];
const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}0-9'’-]*/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;
const LETTER = /\p{L}/u;

/** A script as text shows it; `Han` stands for both ways of writing Chinese. */
export type Script = 'Latn' | 'Han' | 'Jpan' | 'Kore' | 'Grek' | 'Cyrl' | 'Hebr' | 'Arab' | 'Deva' | 'Thai';

/** The script most of the words are in, or `null` for a text without letters. */
export function scriptOf(text: string): Script | null {
  const words = new Map<Script, number>();
  const latin = text.match(LATIN_WORD)?.length ?? 0;
  if (latin > 0) words.set('Latn', latin);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x0370) continue;
    for (const [first, last, script, letters] of BLOCKS) {
      if (code >= first && code <= last) words.set(script, (words.get(script) ?? 0) + 1 / letters);
    }
  }
  const kana = words.get('Jpan');
  if (kana !== undefined) words.set('Jpan', kana + (words.get('Han') ?? 0));
  let most: Script | null = null;
  for (const [script, count] of words) if (most === null || count > (words.get(most) ?? 0)) most = script;
  return most;
}

/** The script of a locale (`zh-CN` and `zh-TW` are both `Han`). Throws `RangeError` for what is no language tag. */
export function scriptOfLocale(tag: string): string {
  const script = new Intl.Locale(tag).maximize().script ?? 'Latn';
  return script === 'Hans' || script === 'Hant' ? 'Han' : script;
}

/** A shipped locale, as far as telling languages apart needs it. */
export interface Written {
  readonly tag: string;
  readonly script: string;
  /** Whether its Chinese is written in Traditional characters. */
  readonly traditional: boolean;
  /** Every word of its phrases, in lower case. */
  readonly words: () => ReadonlySet<string>;
}

/** A locale as {@link Written}; `words` is asked for only when needed. */
export function written(tag: string, words: () => ReadonlySet<string>): Written {
  return {
    tag,
    script: scriptOfLocale(tag),
    traditional: new Intl.Locale(tag).maximize().script === 'Hant',
    words,
  };
}

/**
 * The shipped locale a text is written in, or `null` when it does not tell. Chinese: by characters that only one
 * script has; without any, `null` when `present` is Chinese or not given, else the first Chinese locale. Latin and
 * other alphabets: at least three telling words, of which the locale's phrases know enough. One or two Latin
 * words, and words such as "ok", "KYC" or "2FA", never tell.
 */
export function localeOfText(
  text: string,
  locales: readonly Written[],
  present: string | null,
): string | null {
  const script = scriptOf(text);
  if (script === null) return null;
  const able = locales.filter((locale) => locale.script === script);
  if (able.length === 0) return null;
  return script === 'Han' ? chinese(text, able, present) : alphabetic(text, able);
}

function chinese(text: string, able: readonly Written[], present: string | null): string | null {
  const balance = hanBalance(text);
  if (balance === 0) {
    const stays = present === null || able.some((locale) => locale.tag === present);
    return stays ? null : (able[0]?.tag ?? null);
  }
  const same = able.filter((locale) => locale.traditional === balance > 0);
  const staying = same.find((locale) => locale.tag === present);
  return (staying ?? same[0] ?? able[0])?.tag ?? null;
}

function alphabetic(text: string, able: readonly Written[]): string | null {
  const telling = (text.toLowerCase().match(WORD) ?? [])
    .map((word) => word.replace(/['’]/g, ''))
    .filter((word) => LETTER.test(word) && !EVERYWHERE.has(word));
  if (telling.length < LEAST_WORDS) return null;
  const shares = able
    .map(({ tag, words }) => {
      const known = words();
      return { tag, share: telling.filter((word) => known.has(word)).length / telling.length };
    })
    .sort((a, b) => b.share - a.share);
  const [first, second] = shares;
  if (first === undefined || first.share < LEAST_SHARE) return null;
  return second === undefined || first.share - second.share >= LEAST_LEAD ? first.tag : null;
}
