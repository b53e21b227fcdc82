import { CHINESE } from './chinese.js';
import { JAPANESE, KOREAN } from './east-asian.js';
import { ENGLISH } from './english.js';
import { PORTUGUESE, RUSSIAN, SPANISH, TURKISH } from './european.js';
import type { LanguageSigns } from './language-signs.js';
import { INDONESIAN, VIETNAMESE } from './southeast-asian.js';

const LATIN: readonly (readonly [LanguageSigns, RegExp])[] = [
  [ENGLISH, /\b(?:the|you|your|to|is|and|for|of|in|it|we|my|me|on|will|this|have|with|please|can)\b/gu],
  [SPANISH, /\b(?:el|la|los|que|de|tu|tus|por|para|en|con|mi|me|una|su|es|hola|aqui|y|lo|te)\b/gu],
  [
    PORTUGUESE,
    /\b(?:o|os|que|de|sua|seu|para|em|com|meu|minha|voce|uma|nao|ola|aqui|eu|do|da|no|na|e|me)\b/gu,
  ],
  [
    TURKISH,
    /\b(?:ve|bir|icin|bu|ile|buradan|bana|sizi|ben|hesab\w*|cuzdan\w*|lutfen|merhaba|destek\w*|kod\w*|mi|gerekiyor)\b/gu,
  ],
  [VIETNAMESE, /\b(?:toi|ban|cua|cho|khong|la|duoc|nay|vi|vao|de|nhan|co|cum|tai|ma|lien|he|bi)\b/gu],
  [
    INDONESIAN,
    /\b(?:saya|anda|untuk|yang|di|ini|dan|dari|kami|akun|dompet|tidak|bisa|agar|hubungi|lewat|silakan|apakah|kode)\b/gu,
  ],
];

/** The languages a folded text may be in; at least one. */
export function languagesOf(text: string): readonly [LanguageSigns, ...LanguageSigns[]] {
  const found: LanguageSigns[] = [];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) found.push(JAPANESE);
  else if (/\p{Script=Han}/u.test(text)) found.push(CHINESE);
  if (/\p{Script=Hangul}/u.test(text)) found.push(KOREAN);
  if (/\p{Script=Cyrillic}/u.test(text)) found.push(RUSSIAN);
  const [script, ...scripts] = found;
  if (script !== undefined) return [script, ...scripts];
  const counts = LATIN.map(([signs, words]) => ({ signs, count: [...text.matchAll(words)].length }));
  const most = Math.max(...counts.map(({ count }) => count));
  const [first = ENGLISH, ...others] = counts.filter(({ count }) => count === most).map(({ signs }) => signs);
  return [first, ...others];
}
