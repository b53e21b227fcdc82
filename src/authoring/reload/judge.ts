import {
  aboutFile,
  type Bundle,
  buildBundle,
  type ContentFiles,
  type Finding,
  type PortableBundle,
  toPortable,
} from '../../content/index.js';
import type { Memory } from '../../content/memory.js';
import { LifelineError, type ModelShelf, type PhraseBook } from '../../model/index.js';
import { createUnderstanding } from '../../understanding/index.js';
import { checkAndProve } from '../check-and-prove.js';
import { phraseText } from '../phrase-text.js';
import { exampleFindings } from '../refuse-example.js';

/** What is to be judged. */
export interface Question {
  readonly files: ContentFiles;
  /** Real people will read it: the registry must be no example. */
  readonly isForReal: boolean;
  /** It is live already, here or at another worker: it only has to run here. */
  readonly isLive: boolean;
}

/** What may go live, with the models that were trained for it; or everything that keeps it from going live. */
export type Judged =
  | {
      readonly kind: 'fit';
      readonly bundle: PortableBundle;
      readonly models: ReadonlyMap<string, Uint8Array>;
    }
  | { readonly kind: 'unfit'; readonly findings: readonly Finding[] };

/** Judges content somewhere else, so that turns go on meanwhile. Rejects when that place has failed. */
export type JudgeContent = (question: Question) => Promise<Judged>;

/** Judges content here: all checks that keep it from going live, then the models of its phrases. */
export function judgeContent(
  { files, isForReal, isLive }: Question,
  shelf: ModelShelf,
  memory: Memory,
): Judged {
  const { bundle, findings: found } = isLive
    ? compiled(files, memory)
    : checkAndProve({ files, unread: [] }, shelf, memory);
  const findings = found.filter(({ level }) => level === 'error');
  if (isForReal) findings.push(...exampleFindings(files));
  if (bundle === null || findings.length > 0) return { kind: 'unfit', findings };
  const { phrases } = bundle;
  const models = memory.of('models', phraseText(files), () => modelsOf(phrases, shelf));
  return { kind: 'fit', bundle: toPortable(bundle), models };
}

/** What cannot even be read or judged, as a finding: one that names its file first. Throws every other fault. */
export function unreadable(error: unknown): Extract<Judged, { kind: 'unfit' }> {
  if (!(error instanceof LifelineError) || error.code !== 'content-invalid') throw error;
  const file = /^(\S+\.yaml) /.exec(error.message)?.[1] ?? 'flows';
  return { kind: 'unfit', findings: [aboutFile('file-unreadable', file, error.message)] };
}

function compiled(
  files: ContentFiles,
  memory: Memory,
): { readonly bundle: Bundle | null; readonly findings: readonly Finding[] } {
  const built = buildBundle(files, [], memory);
  return { bundle: built.kind === 'built' ? built.bundle : null, findings: built.findings };
}

/** Every model of these phrases, from the shelf or trained now. */
function modelsOf(
  phrases: ReadonlyMap<string, PhraseBook>,
  shelf: ModelShelf,
): ReadonlyMap<string, Uint8Array> {
  const models = new Map<string, Uint8Array>();
  const understanding = createUnderstanding({
    locales: phrases,
    shelf: {
      get: (key) => {
        const model = shelf.get(key);
        if (model !== null) models.set(key, model);
        return model;
      },
      put: (key, model) => {
        models.set(key, model);
        shelf.put(key, model);
      },
    },
  });
  for (const locale of phrases.keys()) understanding.warm(locale);
  return models;
}
