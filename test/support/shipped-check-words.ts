import { readFileSync } from 'node:fs';
import { type CheckWords, readCheckWords } from '../../src/authoring/check-words.js';
import { LOCALES_SCHEMA } from '../../src/content/index.js';

const TAGS = ['en', 'zh-CN', 'zh-TW'] as const;

/** The words by which the texts of the shipped languages are judged. */
export function shippedCheckWords(): ReadonlyMap<string, CheckWords> {
  const locales = LOCALES_SCHEMA.parse({
    source: 'zh-CN',
    required: [...TAGS],
    fallbacks: {},
    names: { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' },
    must_say: [],
  });
  const files = new Map(
    TAGS.map((tag) => [`locales/${tag}/checks.yaml`, readFileSync(`locales/${tag}/checks.yaml`, 'utf8')]),
  );
  const { words, findings } = readCheckWords(files, locales, { texts: new Map() });
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return words;
}
