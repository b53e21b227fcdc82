import { applyProvenFixes } from '../authoring/apply-fixes.js';
import { checkAndProve } from '../authoring/check-and-prove.js';
import { explainAll, explainCode } from '../authoring/explain.js';
import type { Proof } from '../authoring/proof/prove.js';
import { RULES } from '../authoring/proof/rules.js';
import { showFinding, withSuggestion } from '../authoring/show-finding.js';
import { FINDING_CODES } from '../content/finding-codes.js';
import { type Bundle, didYouMean } from '../content/index.js';
import { type ReadContent, readContent } from '../content/read-files.js';
import { openCheckShelf, openPassedShelf } from '../infra/check-shelf.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { LifelineError } from '../model/index.js';
import { passedHere } from '../program.js';
import { type Outcome, parseOutcome } from './check-outcome.js';
import { contentFolder } from './content-folder.js';
import { countOf } from './count-of.js';
import { draftLines } from './draft-lines.js';
import { notKept } from './not-kept.js';
import { describeProof } from './prove.js';
import { changesOf, writeChanges } from './write-changes.js';

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
  const folder = contentFolder(options.content, settings);
  let read = await readContent(folder);
  let outcome = checkOrRemember(read, settings.LIFELINE_CACHE);
  for (let round = 0; options.fix === true && round < MOST_ROUNDS; round += 1) {
    const { files, changes } = applyProvenFixes(
      read.files,
      outcome.findings,
      (tried) => checkOrRemember({ ...read, files: tried }, settings.LIFELINE_CACHE).findings,
    );
    if (files.size === 0) break;
    writeChanges(folder, changesOf(read.files, files));
    // With --json standard output is for programs.
    const out = options.json === true ? process.stderr : process.stdout;
    for (const change of changes) out.write(`${change}\n`);
    read = await readContent(folder);
    outcome = checkOrRemember(read, settings.LIFELINE_CACHE);
  }
  const errors = outcome.findings.filter(({ level }) => level === 'error').length;
  process.stdout.write(options.json === true ? asJson(outcome, errors) : inWords(outcome, read, errors));
  if (errors > 0) process.exitCode = 1;
}

/** What this very program found in these very files before, or finds now. */
function checkOrRemember(read: ReadContent, cache: string): Outcome {
  const warn = notKept(cache);
  const shelf = openCheckShelf(cache, warn);
  const key = passedHere(read.files);
  // What could not be read may be readable the next time; files beside the content are not a part of its hash.
  const canBeKept = read.unread.length === 0 && (read.others ?? []).length === 0;
  const kept = canBeKept ? shelf.get(key) : null;
  const known = kept === null ? null : parseOutcome(kept);
  if (known !== null) return known;
  const { bundle, findings, proof } = checkAndProve(read, openModelShelf(cache, warn));
  const outcome = {
    findings: findings.map(withSuggestion),
    about: bundle === null ? null : aboutBundle(bundle),
    proof: proof === null ? null : seenBy(proof),
  };
  if (!canBeKept) return outcome;
  shelf.put(key, JSON.stringify(outcome));
  if (!findings.some(({ level }) => level === 'error')) openPassedShelf(cache, warn).put(key, '');
  return outcome;
}

function seenBy({ states, edges, steps, conversations }: Proof): NonNullable<Outcome['proof']> {
  return { states, edges, steps, conversations };
}

function aboutBundle({ flows, texts, locales, hash }: Bundle): string {
  const keys = texts.get(locales.source)?.size ?? 0;
  return `${flows.size} flows and answers, ${keys} texts in ${texts.size} locales (bundle ${hash})`;
}

function explained(code: string | boolean): string {
  if (typeof code === 'boolean') return explainAll();
  const codes = Object.keys(FINDING_CODES);
  const known = explainCode(code);
  if (known !== null) return known;
  throw new LifelineError('settings-invalid', `There is no finding "${code}"${didYouMean(code, codes)}`);
}

function asJson({ findings, proof }: Outcome, errors: number): string {
  const warnings = findings.length - errors;
  return `${JSON.stringify({ ok: errors === 0, errors, warnings, findings, proof }, null, 2)}\n`;
}

function inWords({ about, findings, proof }: Outcome, { files }: ReadContent, errors: number): string {
  const shown = findings.map((finding) => `${showFinding(finding, files.get(finding.file))}\n`).join('');
  const warnings = findings.length - errors;
  const isHeld = !findings.some(({ code }) => code in RULES);
  const proved = proof === null ? '' : provedInWords(proof, isHeld);
  if (errors > 0 || about === null)
    return `${shown}${proved}${countOf(errors, 'error')} to mend, ${countOf(warnings, 'warning')}. lifeline check --explain CODE says more.\n`;
  const drafts = draftLines(files)
    .map((line) => `${line}\n`)
    .join('');
  return `${shown}${warnings === 0 ? 'Nothing to mend' : `No errors, ${countOf(warnings, 'warning')}`}: ${about}.\n${proved}${drafts}`;
}

/** What the proof saw, and the shortest conversation for each rule that is broken. */
function provedInWords(proof: NonNullable<Outcome['proof']>, isHeld: boolean): string {
  const conversations = proof.conversations.map(
    ({ rule, text }) =>
      `The shortest conversation that breaks ${rule}, to be played by lifeline simulate (lifeline prove --to DIR writes it):\n\n${text}\n`,
  );
  return `${conversations.join('')}${describeProof({ ...proof, isHeld })}\n`;
}
