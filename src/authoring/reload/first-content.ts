import {
  type Bundle,
  buildBundle,
  type ContentFiles,
  contentInvalid,
  type Finding,
  fromPortable,
  hashFiles,
} from '../../content/index.js';
import type { Store } from '../../model/index.js';
import { exampleFindings, refuseExampleRegistry } from '../refuse-example.js';
import { type JudgeContent, unreadable } from './judge.js';
import type { Passed } from './passed.js';
import { fingerprint, readSettled } from './read-settled.js';
import { readShared } from './shared-bundles.js';

export interface FirstParts {
  readonly folder: string;
  /** Real people will read it. */
  readonly isForReal: boolean;
  readonly store: Store;
  readonly passed: Passed;
  readonly judge: JudgeContent;
  readonly pause: (ms: number) => Promise<void>;
}

/** What a bot serves from its start on. */
export interface FirstContent {
  readonly files: ContentFiles;
  readonly bundle: Bundle;
  /** Hash of what the folder holds, which is something else when it is not fit; empty when it cannot be read. */
  readonly held: string;
  /** The state of the folder when it was read. */
  readonly printed: string;
  /** Why what the folder holds is not served; empty when it is. */
  readonly refused: readonly Finding[];
}

type Found =
  | { readonly kind: 'fit'; readonly bundle: Bundle }
  | { readonly kind: 'unfit'; readonly findings: readonly Finding[] };

/**
 * Reads a content folder for a start. What did not pass the whole check before has to pass it now; what does not is
 * not served: the last good one of the store is. Throws `content-invalid` with every finding, or `registry-example`,
 * when there is none; `content-invalid` too when the folder is not there.
 */
export async function firstContent(parts: FirstParts): Promise<FirstContent> {
  const printed = await fingerprint(parts.folder);
  const { files, unread } = await readSettled(parts.folder, parts.pause);
  const held = unread.length > 0 ? '' : hashFiles(files, () => true);
  const found: Found =
    unread.length > 0 ? { kind: 'unfit', findings: unread } : await judgeFirst(parts, files, held);
  if (found.kind === 'fit') return { files, bundle: found.bundle, held, printed, refused: [] };
  const last = await lastGood(parts, held);
  if (last !== null) return { ...last, held, printed, refused: found.findings };
  if (parts.isForReal) refuseExampleRegistry(files);
  throw contentInvalid(found.findings);
}

async function judgeFirst(
  { isForReal, passed, judge }: FirstParts,
  files: ContentFiles,
  hash: string,
): Promise<Found> {
  // Told at once, and not after the seconds that the rest takes.
  const examples = isForReal ? exampleFindings(files) : [];
  if (examples.length > 0) return { kind: 'unfit', findings: examples };
  if (await passed.has(hash)) return compiled(files);
  const judged = await judge({ files, isForReal, isLive: false }).catch((error: unknown) =>
    unreadable(error),
  );
  if (judged.kind === 'unfit') return judged;
  await passed.note(hash);
  return { kind: 'fit', bundle: fromPortable(judged.bundle) };
}

function compiled(files: ContentFiles): Found {
  const built = buildBundle(files);
  return built.kind === 'built'
    ? { kind: 'fit', bundle: built.bundle }
    : { kind: 'unfit', findings: built.findings };
}

/** What all workers serve, if that is something else and can be served here. */
async function lastGood(
  { store, isForReal }: FirstParts,
  held: string,
): Promise<{ readonly files: ContentFiles; readonly bundle: Bundle } | null> {
  const active = await store.activeBundle();
  if (active === null || active === held) return null;
  const files = await readShared(store, active);
  if (files === null || (isForReal && exampleFindings(files).length > 0)) return null;
  const found = compiled(files);
  return found.kind === 'fit' ? { files, bundle: found.bundle } : null;
}
