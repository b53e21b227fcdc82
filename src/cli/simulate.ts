import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatFinding } from '../content/index.js';
import { readSettings } from '../infra/settings.js';
import { loadContent, SHIPPED_CONTENT } from '../main.js';
import { LifelineError, PLATFORMS, type Platform } from '../model/index.js';
import type { SimulatedConversation } from '../simulate/format.js';
import { readConversation } from '../simulate/read-conversation.js';
import { describeReport, type SimulationReport } from '../simulate/report.js';
import { runSimulations, type SimulationOptions } from '../simulation.js';

export interface SimulateOptions {
  readonly content: string | undefined;
  readonly locale?: string | undefined;
  readonly platform?: string | undefined;
  readonly seed?: string | undefined;
  readonly transcript?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Plays conversations of a content folder. */
export type PlayAll = (
  folder: string,
  conversations: readonly SimulatedConversation[],
  options: SimulationOptions,
) => Promise<SimulationReport>;

/**
 * `lifeline simulate`: plays conversations; exit code 1 when one fails, when there was none to play, or when all were played
 * and a step was not reached. `playAll` plays them without a wire unless another way is given.
 */
export async function simulate(
  paths: readonly string[],
  options: SimulateOptions,
  playAll: PlayAll = playPlain,
): Promise<void> {
  const folder = options.content ?? readSettings(process.env).LIFELINE_CONTENT ?? SHIPPED_CONTENT;
  const { locale, seed, transcript = false, quiet = false } = options;
  const isAll = paths.length === 0;
  const files = isAll ? await conversationFiles(join(folder, 'test/conversations')) : paths;
  const conversations = await readAll(files);
  const platform = platformOf(options.platform);
  const showsProgress = process.stderr.isTTY && !quiet;
  const report = await playAll(folder, conversations, {
    locale,
    platform,
    seed: seed === undefined ? undefined : Number(seed),
    progress: (done, of) => {
      if (showsProgress) process.stderr.write(`\r${done}/${of} `);
    },
  });
  if (showsProgress) process.stderr.write('\r\u001b[K');
  const isWhole = isAll && locale === undefined && platform === undefined;
  const { text, isGood } = describeReport(report, { transcript, quiet, isWhole });
  process.stdout.write(text);
  if (!isGood) process.exitCode = 1;
}

const playPlain: PlayAll = async (folder, conversations, options) => {
  const { bundle } = await loadContent(folder);
  return runSimulations(bundle, conversations, options);
};

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

async function conversationFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new LifelineError('content-invalid', `There are no conversations in ${folder}.`, { cause });
  });
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}
