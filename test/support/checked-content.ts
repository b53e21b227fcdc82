import { readFileSync } from 'node:fs';
import { APPROVED_FILE, hashOfText } from '../../src/authoring/approvals.js';
import { type Checked, checkContent } from '../../src/authoring/check-content.js';
import { GLOSSARY_FILE } from '../../src/authoring/glossary.js';
import { stampTexts } from '../../src/authoring/stamp-texts.js';
import { addApprovals } from '../../src/authoring/write-approvals.js';
import { buildBundle, type ContentFiles, formatFinding } from '../../src/content/index.js';
import type { ModelShelf } from '../../src/model/index.js';
import { smallContent } from './small-content.js';

const kept = new Map<string, Uint8Array>();
/** Models that were trained once in this process. */
export const shelf: ModelShelf = {
  get: (key) => kept.get(key) ?? null,
  put: (key, model) => void kept.set(key, model),
};

/** The check of files that were all read. */
export function checked(files: ContentFiles): Checked {
  return checkContent({ files, unread: [] }, shelf);
}

const WARNING = {
  en: 'Nobody, we included, needs a password; only the official app.',
  'zh-CN': '我们也不需要密码；只输在官方应用里。',
};
const GLOSSARY = `button:
  meaning: what one taps
  terms: { zh-CN: 按钮 }
  not: { zh-CN: [按鈕] }
`;

let made: ContentFiles | null = null;

/** The small content with what the whole check needs: words, stamps, and approvals of its made-up texts. */
export function checkedContent(): ContentFiles {
  if (made !== null) return made;
  const files = new Map(smallContent());
  // Names of flows that fit.
  files.set(
    'locales/zh-CN/texts.yaml',
    (files.get('locales/zh-CN/texts.yaml') ?? '').replaceAll('"zh-CN title ', '"zh '),
  );
  // A warning that says what it has to.
  for (const [tag, warning] of Object.entries(WARNING)) {
    const name = `locales/${tag}/texts.yaml`;
    files.set(name, (files.get(name) ?? '').replace(/^(safety\.(?:full|line)): .*$/gm, `$1: "${warning}"`));
  }
  files.set(GLOSSARY_FILE, GLOSSARY);
  for (const tag of ['en', 'zh-CN'])
    files.set(`locales/${tag}/checks.yaml`, readFileSync(`locales/${tag}/checks.yaml`, 'utf8'));
  const built = buildBundle(files);
  if (built.kind === 'broken') throw new Error(built.findings.map(formatFinding).join('\n'));
  for (const [name, text] of stampTexts(files, built.bundle, built.sources, ['zh-CN'], 'all'))
    files.set(name, text);
  const approved = checked(files).findings.flatMap(({ code, file, message }) => {
    const tag = file.split('/')[1] ?? '';
    const key = /^"([^"]+)"/.exec(message)?.[1] ?? '';
    const text = built.sources.texts.get(tag)?.value as Record<string, string> | undefined;
    return code === 'asks-secret' ? [{ key, tag, hash: hashOfText(text?.[key] ?? '') }] : [];
  });
  files.set(APPROVED_FILE, addApprovals('', 'asks-secret', 'Made-up words of a test.', approved));
  made = files;
  return files;
}
