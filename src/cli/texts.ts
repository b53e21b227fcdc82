import {
  APPROVABLE,
  APPROVED_FILE,
  type Approvable,
  hashOfText,
  isApprovable,
  REASON,
} from '../authoring/approvals.js';
import { partsOf } from '../authoring/parts.js';
import { stampTexts } from '../authoring/stamp-texts.js';
import { describeTexts, textReport } from '../authoring/text-report.js';
import { rawTexts } from '../authoring/translations.js';
import { addApprovals } from '../authoring/write-approvals.js';
import { buildBundle, didYouMean, type Finding, formatFinding } from '../content/index.js';
import { readContent } from '../content/read-files.js';
import { LifelineError } from '../model/index.js';
import { contentFolder } from './content-folder.js';
import { countOf } from './count-of.js';
import { changesOf, writeChanges } from './write-changes.js';

const LOCALES_FILE = 'locales/locales.yaml';

export interface TextsOptions {
  readonly content: string | undefined;
  readonly locale?: string | undefined;
  readonly json?: boolean | undefined;
  /** A text key; `true` with `all`. */
  readonly stamp?: string | boolean | undefined;
  readonly all?: boolean | undefined;
  readonly approve?: string | undefined;
  readonly reason?: string | undefined;
  readonly rule?: string | undefined;
}

/**
 * `lifeline texts`: what is to be done in each language; or notes that translations were compared, or texts approved.
 */
export async function texts(options: TextsOptions): Promise<void> {
  const folder = contentFolder(options.content);
  const read = await readContent(folder);
  const built = buildBundle(read.files, read.unread);
  const parts = partsOf(built, read.files, read.unread.length > 0);
  const { bundle, sources } = parts;
  if (!parts.has.locales) refuseUnread(built.findings, [LOCALES_FILE]);
  const { source, names } = bundle.locales;
  const all = Object.keys(names);
  const tags = options.locale === undefined ? all : [options.locale];
  const known = [...rawTexts(sources, source).keys()];
  for (const tag of tags) refuseUnknown('language', tag, all);
  const unread = [source, ...tags].filter((tag) => !sources.texts.has(tag));
  refuseUnread(
    built.findings,
    unread.map((tag) => `locales/${tag}/texts.yaml`),
  );
  if (options.approve !== undefined) {
    const key = options.approve;
    refuseUnknown('text', key, known);
    const rule = ruleOf(options.rule);
    const reason = REASON.safeParse(options.reason).data;
    if (reason === undefined)
      throw new LifelineError('settings-invalid', 'Say why, in a sentence, with --reason "…".');
    const approved = tags.flatMap((tag) => {
      const text = rawTexts(sources, tag).get(key);
      return text === undefined ? [] : [{ key, tag, hash: hashOfText(text) }];
    });
    const written = addApprovals(read.files.get(APPROVED_FILE) ?? '', rule, reason, approved);
    writeChanges(folder, changesOf(read.files, new Map([[APPROVED_FILE, written]])));
    process.stdout.write(`${key} is approved (${rule}) in ${approved.map(({ tag }) => tag).join(', ')}.\n`);
    return;
  }
  if (options.stamp !== undefined) {
    const key = typeof options.stamp === 'string' ? options.stamp : null;
    if (key === null && options.all !== true)
      throw new LifelineError('settings-invalid', 'Name a text: --stamp KEY; or all of them: --stamp --all.');
    if (key !== null) refuseUnknown('text', key, known);
    const changed = stampTexts(read.files, bundle, sources, tags, key === null ? 'all' : [key]);
    writeChanges(folder, changesOf(read.files, changed));
    process.stdout.write(`${countOf(changed.size, 'stamp file')} written.\n`);
    return;
  }
  const report = textReport(read.files, parts, tags);
  if (built.kind === 'broken')
    process.stderr.write(
      'The content has mistakes (lifeline check tells them): a text that something with a mistake may say does not count as unused.\n',
    );
  process.stdout.write(
    options.json === true ? `${JSON.stringify(report, null, 2)}\n` : describeTexts(report),
  );
}

/** Throws `content-invalid` with what is wrong with files without which nothing can be told. */
function refuseUnread(findings: readonly Finding[], files: readonly string[]): void {
  const wrong = findings.filter(({ level, file }) => level === 'error' && files.includes(file));
  if (wrong.length > 0) throw new LifelineError('content-invalid', wrong.map(formatFinding).join('\n'));
}

function refuseUnknown(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name))
    throw new LifelineError('settings-invalid', `There is no ${what} "${name}"${didYouMean(name, known)}`);
}

function ruleOf(rule = 'asks-secret'): Approvable {
  if (isApprovable(rule)) return rule;
  throw new LifelineError('settings-invalid', `"${rule}" cannot be approved; ${APPROVABLE.join(', ')} can.`);
}
