import { applyFixes } from '../authoring/apply-fixes.js';
import { type Checked, checkContent } from '../authoring/check-content.js';
import { explainAll, explainCode } from '../authoring/explain.js';
import { showFinding } from '../authoring/show-finding.js';
import { FINDING_CODES } from '../content/finding-codes.js';
import { didYouMean } from '../content/index.js';
import { type ReadContent, readContent } from '../content/read-files.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { SHIPPED_CONTENT } from '../main.js';
import { LifelineError } from '../model/index.js';
import { countOf } from './count-of.js';
import { notKept } from './not-kept.js';
import { writeContent } from './write-content.js';

export interface CheckOptions {
  readonly content: string | undefined;
  readonly json?: boolean | undefined;
  readonly fix?: boolean | undefined;
  readonly explain?: string | boolean | undefined;
}

/** Fixes may bring other findings to light; after as many rounds the rest is told. */
const MOST_ROUNDS = 4;

/** `lifeline check`: every finding; exit code 1 when one is an error. */
export async function check(options: CheckOptions): Promise<void> {
  if (options.explain !== undefined) {
    process.stdout.write(explained(options.explain));
    return;
  }
  const settings = readSettings(process.env);
  const folder = options.content ?? settings.LIFELINE_CONTENT ?? SHIPPED_CONTENT;
  const shelf = openModelShelf(settings.LIFELINE_CACHE, notKept(settings.LIFELINE_CACHE));
  let read = await readContent(folder);
  let checked = checkContent(read, shelf);
  for (let round = 0; options.fix === true && round < MOST_ROUNDS; round += 1) {
    const { files, changes } = applyFixes(read.files, checked.findings);
    if (files.size === 0) break;
    await writeContent(folder, read.files, files);
    // With --json standard output is for programs.
    const out = options.json === true ? process.stderr : process.stdout;
    for (const change of changes) out.write(`${change}\n`);
    read = await readContent(folder);
    checked = checkContent(read, shelf);
  }
  const errors = checked.findings.filter(({ level }) => level === 'error').length;
  process.stdout.write(options.json === true ? asJson(checked, errors) : inWords(checked, read, errors));
  if (errors > 0) process.exitCode = 1;
}

function explained(code: string | boolean): string {
  if (typeof code === 'boolean') return explainAll();
  const codes = Object.keys(FINDING_CODES);
  const known = explainCode(code);
  if (known !== null) return known;
  throw new LifelineError('settings-invalid', `There is no finding "${code}"${didYouMean(code, codes)}`);
}

function asJson({ findings }: Checked, errors: number): string {
  const warnings = findings.length - errors;
  return `${JSON.stringify({ ok: errors === 0, errors, warnings, findings }, null, 2)}\n`;
}

function inWords({ bundle, findings }: Checked, { files }: ReadContent, errors: number): string {
  const shown = findings.map((finding) => `${showFinding(finding, files.get(finding.file))}\n`).join('');
  const warnings = findings.length - errors;
  if (errors > 0 || bundle === null)
    return `${shown}${countOf(errors, 'error')} to mend, ${countOf(warnings, 'warning')}. lifeline check --explain CODE says more.\n`;
  const { flows, texts, locales, hash } = bundle;
  const keys = texts.get(locales.source)?.size ?? 0;
  const what = `${flows.size} flows and answers, ${keys} texts in ${texts.size} locales (bundle ${hash})`;
  return `${shown}${warnings === 0 ? 'Nothing to mend' : `No errors, ${countOf(warnings, 'warning')}`}: ${what}.\n`;
}
