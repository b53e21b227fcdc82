import type { ContentFiles } from '../content/index.js';
import { type Memory, NO_MEMORY } from '../content/memory.js';
import type { ReadContent } from '../content/read-files.js';
import type { ModelShelf } from '../model/index.js';
import { type Checked, checkContent } from './check-content.js';
import { type Proof, prove } from './proof/prove.js';

/** What a check of content and the proof of its rules came to. */
export interface CheckedAndProved extends Checked {
  /** `null` when there are errors before it. */
  readonly proof: Proof | null;
}

/**
 * Checks content as a whole, and proves what must hold in every state of it. With a memory, content whose flows and
 * texts are as they were is not proved again. Takes seconds.
 */
export function checkAndProve(
  read: ReadContent,
  shelf: ModelShelf | null,
  memory: Memory = NO_MEMORY,
): CheckedAndProved {
  const checked = checkContent(read, shelf, memory);
  const { bundle, sources, findings } = checked;
  if (bundle === null || sources === null || findings.some(({ level }) => level === 'error'))
    return { ...checked, proof: null };
  const proof = memory.of('proof', provedText(read.files), () => prove(bundle, sources));
  return { ...checked, proof, findings: [...findings, ...proof.findings] };
}

/** Everything a proof is made from: the flows, and the texts of the warning. */
function provedText(files: ContentFiles): string {
  const parts = [...files].flatMap(([name, text]) => {
    if (name.startsWith('flows/') || name === 'locales/locales.yaml') return [`${name}\n${text}`];
    return /\/(texts|checks)\.yaml$/.test(name) ? [`${name}\n${warningIn(text)}`] : [];
  });
  return parts.sort().join('\n');
}

/** The lines of the texts that are the warning, and those below them. */
function warningIn(text: string): string {
  return (text.match(/^safety\.(?:.*\n)(?:[ \t]+.*\n)*/gm) ?? []).join('');
}
