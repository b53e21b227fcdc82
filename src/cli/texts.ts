import {
  APPROVABLE,
  APPROVED_FILE,
  type Approvable,
  hashOfText,
  isApprovable,
  REASON,
} from '../authoring/approvals.js';
import { tooLong } from '../authoring/check-limits.js';
import { stampTexts } from '../authoring/stamp-texts.js';
import { describeTexts, type TextReport, textReport } from '../authoring/text-report.js';
import { rawTexts } from '../authoring/translations.js';
import { addApprovals } from '../authoring/write-approvals.js';
import { compileFiles, didYouMean } from '../content/index.js';
import { readContent } from '../content/read-files.js';
import { LifelineError } from '../model/index.js';
import { contentFolder } from './content-folder.js';
import { countOf } from './count-of.js';
import { changesOf, writeChanges } from './write-changes.js';

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
  const { bundle, sources } = compileFiles(read.files, read.unread);
  const { source, names } = bundle.locales;
  const all = Object.keys(names);
  const tags = options.locale === undefined ? all : [options.locale];
  const known = [...rawTexts(sources, source).keys()];
  for (const tag of tags) refuseUnknown('language', tag, all);
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
  const report: TextReport = textReport(read.files, bundle, sources, tooLong(bundle), tags);
  process.stdout.write(
    options.json === true ? `${JSON.stringify(report, null, 2)}\n` : describeTexts(report),
  );
}

function refuseUnknown(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name))
    throw new LifelineError('settings-invalid', `There is no ${what} "${name}"${didYouMean(name, known)}`);
}

function ruleOf(rule = 'asks-secret'): Approvable {
  if (isApprovable(rule)) return rule;
  throw new LifelineError('settings-invalid', `"${rule}" cannot be approved; ${APPROVABLE.join(', ')} can.`);
}
