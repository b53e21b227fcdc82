import { checkPhrases } from '../authoring/check-phrases.js';
import { buildBundle, formatFinding } from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { SHIPPED_CONTENT } from '../main.js';
import { draftLines } from './draft-lines.js';
import { notKept } from './not-kept.js';

/** `lifeline check`: every finding, one a line; exit code 1 when one is an error. */
export async function check(content: string | undefined): Promise<void> {
  const settings = readSettings(process.env);
  const files = await readContentFiles(content ?? settings.LIFELINE_CONTENT ?? SHIPPED_CONTENT);
  const built = buildBundle(files);
  const shelf = openModelShelf(settings.LIFELINE_CACHE, notKept(settings.LIFELINE_CACHE));
  const misread = built.kind === 'built' ? checkPhrases(built.bundle, built.sources, shelf) : [];
  for (const finding of [...built.findings, ...misread]) process.stdout.write(`${formatFinding(finding)}\n`);
  if (built.kind === 'broken') {
    process.stdout.write(`${built.findings.length} to mend.\n`);
    process.exitCode = 1;
    return;
  }
  const { flows, texts, locales, hash } = built.bundle;
  const keys = texts.get(locales.source)?.size ?? 0;
  process.stdout.write(
    `Nothing to mend: ${flows.size} flows and answers, ${keys} texts in ${texts.size} locales (bundle ${hash}).\n`,
  );
  for (const line of draftLines(files)) process.stdout.write(`${line}\n`);
}
