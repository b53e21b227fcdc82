import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundle, didYouMean, formatFinding } from '../content/index.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { loadContent } from '../load-content.js';
import { LifelineError, PLATFORMS, type Platform } from '../model/index.js';
import type { SimulatedConversation } from '../simulate/format.js';
import { readConversation } from '../simulate/read-conversation.js';
import { describeReport, type SimulationReport } from '../simulate/report.js';
import { runSimulations, type SimulationOptions } from '../simulation.js';
import { contentFolder } from './content-folder.js';
import { notKept } from './not-kept.js';

export interface SimulateOptions {
  readonly content: string | undefined;
  readonly locale?: string | undefined;
  readonly platform?: string | undefined;
  readonly seed?: string | undefined;
  readonly transcript?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  /** Only these one-step answers. */
  readonly answer?: readonly string[] | undefined;
}

/** Plays conversations of a content folder. */
export type PlayAll = (
  folder: string,
  conversations: readonly SimulatedConversation[],
  options: SimulationOptions,
) => Promise<SimulationReport>;

/**
 * `lifeline simulate`: plays conversations; exit code 1 when one fails, when there was none to play, or when all were
 * played and a step was not reached. One-step answers have a conversation each without a file. `playAll` plays them
 * without a wire unless another way is given.
 */
export async function simulate(
  paths: readonly string[],
  options: SimulateOptions,
  playAll: PlayAll = playPlain,
): Promise<void> {
  const folder = contentFolder(options.content);
  const { locale, seed, transcript = false, quiet = false } = options;
  const { answer: named = [] } = options;
  const isAll = paths.length === 0 && named.length === 0;
  const files = isAll ? await conversationFiles(join(folder, 'test/conversations')) : paths;
  const conversations = await readAll(files);
  const platform = platformOf(options.platform);
  const showsProgress = process.stderr.isTTY && !quiet;
  const report = await playAll(folder, conversations, {
    locale,
    platform,
    seed: seed === undefined ? undefined : Number(seed),
    answers: isAll ? 'all' : named,
    progress: (done, of) => {
      if (showsProgress) process.stderr.write(`\r${done}/${of} `);
    },
  });
  if (showsProgress) process.stderr.write('\r\u001b[K');
  const isWhole = files.length > 0 && isAll && locale === undefined && platform === undefined;
  const { text, isGood } = describeReport(report, { transcript, quiet, isWhole });
  process.stdout.write(text);
  if (!isGood) process.exitCode = 1;
}

const playPlain: PlayAll = async (folder, conversations, options) => {
  const { bundle } = await loadContent(folder);
  const { LIFELINE_CACHE } = readSettings(process.env);
  const unknown = [options.answers ?? []].flat().find((name) => name !== 'all' && !isAnswer(bundle, name));
  if (unknown !== undefined) {
    const known = [...bundle.flows.keys()].filter((name) => isAnswer(bundle, name));
    throw new LifelineError(
      'settings-invalid',
      `There is no answer "${unknown}"${didYouMean(unknown, known)}`,
    );
  }
  const shelf = openModelShelf(LIFELINE_CACHE, notKept(LIFELINE_CACHE));
  return runSimulations(bundle, conversations, { ...options, shelf });
};

function isAnswer({ flows }: Bundle, name: string): boolean {
  return flows.get(name)?.file === 'flows/answers.yaml';
}

function platformOf(name: string | undefined): Platform | undefined {
  if (name === undefined) return undefined;
  const platform = PLATFORMS.find((known) => known === name);
  if (platform !== undefined) return platform;
  throw new LifelineError(
    'settings-invalid',
    `There is no platform "${name}". There are: ${PLATFORMS.join(', ')}.`,
  );
}

/** Throws `content-invalid` with every mistake, one a line. */
async function readAll(files: readonly string[]): Promise<readonly SimulatedConversation[]> {
  const read = await Promise.all(
    files.map(async (path) => readConversation(path, await readFile(path, 'utf8'))),
  );
  const findings = read.flatMap((entry) => ('findings' in entry ? entry.findings : []));
  if (findings.length > 0) throw new LifelineError('content-invalid', findings.map(formatFinding).join('\n'));
  return read.flatMap((entry) => ('conversation' in entry ? [entry.conversation] : []));
}

/** A content without conversations of its own has those of its answers. */
async function conversationFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown): readonly string[] => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new LifelineError('content-invalid', `The conversations in ${folder} cannot be read.`, { cause });
  });
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}
