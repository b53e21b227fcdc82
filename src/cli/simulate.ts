import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatFinding } from '../content/index.js';
import { readSettings } from '../infra/settings.js';
import { loadContent, SHIPPED_CONTENT } from '../main.js';
import { LifelineError, PLATFORMS } from '../model/index.js';
import { readConversation } from '../simulate/read-conversation.js';
import { runSimulations } from '../simulation.js';

export interface SimulateOptions {
  readonly content: string | undefined;
  readonly locale?: string;
  readonly platform?: string;
  readonly seed?: string;
  readonly transcript?: boolean;
  readonly quiet?: boolean;
}

/** `lifeline simulate`: plays conversations; exit code 1 when one fails, or when all were played and a step was not reached. */
export async function simulate(paths: readonly string[], options: SimulateOptions): Promise<void> {
  const folder = options.content ?? readSettings(process.env).LIFELINE_CONTENT ?? SHIPPED_CONTENT;
  const { bundle } = await loadContent(folder);
  const all = paths.length === 0;
  const files = all ? await conversationFiles(join(folder, 'test/conversations')) : paths;
  const conversations = await Promise.all(
    files.map(async (path) => readConversation(path, await readFile(path, 'utf8'))),
  );
  const findings = conversations.flatMap((entry) => ('findings' in entry ? entry.findings : []));
  if (findings.length > 0) throw new LifelineError('content-invalid', findings.map(formatFinding).join('\n'));
  const platform = PLATFORMS.find((name) => name === options.platform);
  if (options.platform !== undefined && platform === undefined)
    throw new LifelineError(
      'settings-invalid',
      `There is no platform "${options.platform}". There are: ${PLATFORMS.join(', ')}.`,
    );
  const report = await runSimulations(
    bundle,
    conversations.flatMap((entry) => ('conversation' in entry ? [entry.conversation] : [])),
    {
      ...(options.locale === undefined ? {} : { locale: options.locale }),
      ...(platform === undefined ? {} : { platform }),
      ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
      progress: (done, of) => {
        if (process.stderr.isTTY && options.quiet !== true) process.stderr.write(`\r${done}/${of} `);
      },
    },
  );
  if (process.stderr.isTTY && options.quiet !== true) process.stderr.write('\r\u001b[K');
  for (const played of report.played) {
    const where = `${played.conversation} (${played.locale}, ${played.platform}, seed ${played.seed})`;
    if (options.transcript === true)
      process.stdout.write(
        `\n=== ${where}\n${played.lines.map((line) => `${{ user: '▷', bot: '◆', clock: '⏱' }[line.who]} ${line.text.replaceAll('\n', '\n  ')}`).join('\n\n')}\n`,
      );
    if (played.failure !== null) process.stdout.write(`FAILED ${where}\n  ${played.failure}\n`);
  }
  const failed = report.played.filter((played) => played.failure !== null).length;
  const { steps, edges } = report.coverage;
  if (all && options.quiet !== true)
    for (const missing of [...steps.missing, ...edges.missing])
      process.stdout.write(`not reached: ${missing}\n`);
  process.stdout.write(`${report.played.length - failed} passed, ${failed} failed\n`);
  process.stdout.write(`steps ${steps.reached}/${steps.all}, edges ${edges.reached}/${edges.all}\n`);
  if (
    failed > 0 ||
    (all && options.locale === undefined && options.platform === undefined && steps.missing.length > 0)
  )
    process.exitCode = 1;
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
