import { z } from 'zod';
import { GLOBAL_WORDS, type PhraseBook } from '../model/index.js';

const tag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?$/, 'must be a language tag such as zh-CN');
const phrases = z.array(z.string().min(1).max(200));
const intent = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by "-"');

/** `locales/locales.yaml`. */
export const LOCALES_SCHEMA = z.strictObject({
  source: tag,
  required: z.array(tag).min(1),
  fallbacks: z.record(tag, tag),
  /** Each language in its own name. */
  names: z.record(tag, z.string().min(1)),
  /** Languages that are being translated, in their own names: nobody is answered in them. */
  drafts: z.record(tag, z.string().min(1)).optional(),
  must_say: z.array(z.string()),
});
export type Locales = z.infer<typeof LOCALES_SCHEMA>;

/** `locales/<tag>/texts.yaml`. */
export const TEXTS_SCHEMA = z.record(
  z
    .string()
    .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/, 'must be a text key such as mail.where-looked'),
  z.string().min(1).max(4000),
);

/** `locales/<tag>/phrases.yaml`. */
export const PHRASES_SCHEMA = z.strictObject({
  global: z.record(z.enum(GLOBAL_WORDS), phrases.min(1)),
  yes: phrases.min(1),
  no: phrases.min(1),
  ordinals: z.array(phrases).min(2),
  intents: z.record(intent, phrases.min(1)),
  outside: phrases,
  /** Words of one meaning, with commas between them. */
  alike: z
    .record(z.string().regex(/^[a-z][a-z-]*$/, 'must be lower-case words joined by "-"'), z.string().min(1))
    .default({}),
});
export type Phrases = z.infer<typeof PHRASES_SCHEMA>;

/** The phrases of a file as a book. */
export function toPhraseBook({ intents, alike, ...book }: Phrases): PhraseBook {
  const meanings = Object.entries(alike).map(
    ([name, words]) => [name, words.split(/[,，、]/).map((word) => word.trim())] as const,
  );
  return { ...book, intents: new Map(Object.entries(intents)), alike: new Map(meanings) };
}
