import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkAndProve } from '../authoring/check-and-prove.js';
import { refuseExampleRegistry } from '../authoring/refuse-example.js';
import {
  type Bundle,
  buildBundle,
  type ContentFiles,
  type Finding,
  formatFinding,
} from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { openModelShelf } from '../infra/model-shelf.js';
import type { Settings } from '../infra/settings.js';
import { LifelineError } from '../model/index.js';
import { passedHere, passedShelves } from '../program.js';
import { countOf } from './count-of.js';
import { type Diagnosis, diagnoseAbout } from './diagnosis.js';
import { withStoreOf } from './tool-store.js';

/** Findings of the content that are shown. */
const SHOWN = 3;

/** What became of the content: its bundle, or `null` when it cannot be used. */
export interface ExaminedContent {
  readonly bundle: Bundle | null;
  readonly diagnoses: readonly Diagnosis[];
}

/**
 * Whether the content is valid, may go live and, where real people read it, names no examples. `cache`: what passed
 * before, and trained models, if any.
 */
export async function examineContent(
  folder: string,
  cache: string,
  onPlatforms: boolean,
): Promise<ExaminedContent> {
  const { ok, fix } = diagnoseAbout('content');
  const unusable = (what: string, todo: string): ExaminedContent => ({
    bundle: null,
    diagnoses: [fix('content-invalid', what, todo)],
  });
  let files: ContentFiles;
  try {
    files = await readContentFiles(folder);
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    return unusable(
      firstLine(error.message),
      'Set LIFELINE_CONTENT to your content, or make one with: lifeline init',
    );
  }
  const built = buildBundle(files);
  if (built.kind === 'broken') {
    const shown = built.findings.slice(0, SHOWN).map(formatFinding).join('; ');
    return unusable(
      `The content has ${countOf(built.findings.length, 'mistake')}: ${shown}`,
      'lifeline check lists all of them.',
    );
  }
  const errors = hasPassed(files, cache) ? [] : errorsIn(files, cache);
  const diagnoses = [
    errors.length === 0
      ? ok('content', `The content in ${folder} is valid (bundle ${built.bundle.hash}).`)
      : fix(
          'content-unfit',
          `The content in ${folder} compiles, but is not fit to go live, by a save or a start (${countOf(errors.length, 'error')}): ${errors.slice(0, SHOWN).map(formatFinding).join('; ')}`,
          'lifeline check lists all of them.',
        ),
  ];
  if (onPlatforms) diagnoses.push(...ofExamples(files));
  return { bundle: built.bundle, diagnoses };
}

function hasPassed(files: ContentFiles, cache: string): boolean {
  const name = passedHere(files);
  return passedShelves(cache, () => undefined).some((shelf) => shelf.get(name) !== null);
}

/** What a save or a start would refuse; takes seconds. Nothing is written into the folder of trained models. */
function errorsIn(files: ContentFiles, cache: string): readonly Finding[] {
  const { get } = openModelShelf(cache, () => undefined);
  const { findings } = checkAndProve({ files, unread: [] }, { get, put: () => undefined });
  return findings.filter(({ level }) => level === 'error');
}

function ofExamples(files: ContentFiles): readonly Diagnosis[] {
  try {
    refuseExampleRegistry(files);
    return [];
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    const lines = error.message.split('\n').slice(1);
    const { fix } = diagnoseAbout('content');
    return [
      fix(
        'registry-example',
        `The registry is not yours yet, so the bot does not start: ${lines[0]}${lines.length > 1 ? ` And ${countOf(lines.length - 1, 'place')} more.` : ''}`,
        'Put your own there, or let lifeline init ask you for them.',
      ),
    ];
  }
}

/** Whether the store can be opened; makes none, and changes nothing in it. */
export async function examineStore(settings: Settings): Promise<readonly Diagnosis[]> {
  const { ok, note, fix } = diagnoseAbout('store');
  const { LIFELINE_STORE: name } = settings;
  if (name === 'memory:')
    return [
      note(
        'store-memory',
        'Conversations are kept in memory, and lost when the bot ends.',
        'For more than a try, take lmdb:PATH or Redis.',
      ),
    ];
  const path = name.startsWith('lmdb:') ? name.slice('lmdb:'.length) : null;
  if (path !== null && !existsSync(join(path, 'data.mdb'))) {
    const parent = nearestFolder(path);
    return isWritable(parent)
      ? [ok('store', `There is no store yet; the first start makes one in ${path}.`)]
      : [
          fix(
            'store-unavailable',
            `No store can be made in ${path}: this user may not write to ${parent}.`,
            'Allow that, or set LIFELINE_STORE to another folder.',
          ),
        ];
  }
  try {
    await withStoreOf(settings, (store) => store.keyNote());
    return [ok('store', `The store ${withoutPassword(name)} can be reached.`)];
  } catch (error) {
    if (!(error instanceof LifelineError)) throw error;
    return [fix(error.code, firstLine(error.message), `See docs/errors.md, ${error.code}.`)];
  }
}

/** Files with secrets, and whether others on this machine may read them. */
export function examineSecretFiles(settings: Settings, envFile: string): readonly Diagnosis[] {
  const { ok, fix } = diagnoseAbout('secrets');
  const store = settings.LIFELINE_STORE;
  const files = [
    envFile,
    ...(store.startsWith('lmdb:') ? [join(store.slice('lmdb:'.length), 'secret')] : []),
  ];
  // Windows has rights of another kind.
  if (process.platform === 'win32') return [];
  return files.flatMap((file) => {
    if (!existsSync(file)) return [];
    const mode = statSync(file).mode & 0o777;
    return (mode & 0o077) === 0
      ? [ok('secret-file', `Only its owner may read ${file}.`)]
      : [
          fix(
            'secret-file',
            `Others on this machine may read ${file} (mode ${mode.toString(8)}).`,
            `chmod 600 ${file}`,
          ),
        ];
  });
}

function nearestFolder(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return whole;
  return whole === dirname(whole) ? whole : nearestFolder(dirname(whole));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function withoutPassword(store: string): string {
  return store.replace(/\/\/[^@/]*@/, '//');
}
