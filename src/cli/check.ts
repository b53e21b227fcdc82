import { checkPhrases } from '../authoring/check-phrases.js';
import { prove } from '../authoring/proof/prove.js';
import { buildBundle, formatFinding } from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { SHIPPED_CONTENT } from '../main.js';
import { notKept } from './not-kept.js';
import { describeProof } from './prove.js';

/** `lifeline check`: every finding, one a line; exit code 1 when one is an error. */
export async function check(content: string | undefined): Promise<void> {
  const settings = readSettings(process.env);
  const built = buildBundle(await readContentFiles(content ?? settings.LIFELINE_CONTENT ?? SHIPPED_CONTENT));
  const shelf = openModelShelf(settings.LIFELINE_CACHE, notKept(settings.LIFELINE_CACHE));
  const misread = built.kind === 'built' ? checkPhrases(built.bundle, built.sources, shelf) : [];
  const proof = built.kind === 'built' ? prove(built.bundle, built.sources) : null;
  for (const finding of [...built.findings, ...misread, ...(proof?.findings ?? [])])
    process.stdout.write(`${formatFinding(finding)}\n`);
  const broken = [...built.findings, ...(proof?.findings ?? [])].filter(({ level }) => level === 'error');
  if (built.kind === 'broken' || broken.length > 0) {
    process.stdout.write(`${broken.length} to mend.\n`);
    process.exitCode = 1;
    return;
  }
  const { flows, texts, locales, hash } = built.bundle;
  const keys = texts.get(locales.source)?.size ?? 0;
  process.stdout.write(
    `Nothing to mend: ${flows.size} flows and answers, ${keys} texts in ${texts.size} locales (bundle ${hash}).\n`,
  );
  if (proof !== null) process.stdout.write(describeProof(proof));
}
