import { slashCommands } from '../../adapters/discord/commands.js';
import { commandCalls } from '../../adapters/telegram/commands.js';
import { type Bundle, commandMenus } from '../content/index.js';
import { ask } from '../infra/ask.js';
import { examineSettings, isOnPlatforms, type Settings } from '../infra/settings.js';
import { asTyped } from './as-typed.js';
import { contentFolder } from './content-folder.js';
import { type Diagnosis, diagnoseAbout, formatDiagnoses, withoutSecrets } from './diagnosis.js';
import { examineDiscord } from './doctor-discord.js';
import { examineHttp } from './doctor-http.js';
import { examineContent, examineSecretFiles, examineStore } from './doctor-machine.js';
import { examineSlack } from './doctor-slack.js';
import { examineTelegram } from './doctor-telegram.js';
import type { Ask } from './who-is.js';

export interface ExamineOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile: string;
  /** Content folder that comes before the setting. */
  readonly content: string | undefined;
  /** Until a question counts as not answered (ms). */
  readonly timeoutMs: number;
  /** Our clock (epoch ms). */
  readonly now: () => number;
}

/** Longest that an address may take to answer. */
const TIMEOUT_MS = 10_000;

/** `lifeline doctor`: what is set up, a line each, and what to do; exit code 1 when something must be fixed. */
export async function doctor(options: {
  readonly content: string | undefined;
  readonly json?: boolean;
}): Promise<void> {
  const diagnoses = await examine({
    environment: process.env,
    envFile: '.env',
    content: options.content,
    timeoutMs: TIMEOUT_MS,
    now: Date.now,
  });
  const isWell = diagnoses.every(({ level }) => level !== 'fix');
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ok: isWell, diagnoses }, null, 2)}\n`
      : asTyped(formatDiagnoses(diagnoses)),
  );
  if (!isWell) process.exitCode = 1;
}

/** Looks at everything that can be looked at without changing anything. No secret is in what it returns. */
export async function examine(options: ExamineOptions): Promise<readonly Diagnosis[]> {
  const { environment, envFile, timeoutMs, now } = options;
  const { settings, problems } = examineSettings(environment, envFile);
  const aheadMs: number[] = [];
  const asking: Ask = (url, more = {}) => ask(url, { timeoutMs, now, ...more });
  /** The platforms have clocks of their own; what we reach of ourselves has ours. */
  const askingPlatform: Ask = async (url, more) => {
    const answer = await asking(url, more);
    if (answer.kind === 'answer' && answer.aheadMs !== null) aheadMs.push(answer.aheadMs);
    return answer;
  };
  const { ok, note, fix } = diagnoseAbout('settings');
  const spoilt = problems.flatMap(({ spoils }) => spoils);
  const hasPlatform = isOnPlatforms(settings);
  const found = [
    ...problems.map(({ message }) =>
      fix('settings-invalid', `${message}.`, 'Change it in .env; docs/settings.md says more.'),
    ),
    ...(problems.length === 0 ? [ok('settings', 'The settings can be read.')] : []),
    ...(hasPlatform || spoilt.some((name) => name.endsWith('_TOKEN'))
      ? []
      : [note('no-platform', 'No platform has a token, so the bot talks in the terminal.', 'lifeline init')]),
  ];
  const folder = contentFolder(options.content, settings);
  const { bundle, diagnoses: ofContent } = await examineContent(folder, settings.LIFELINE_CACHE, hasPlatform);
  const parts = await Promise.all([
    spoilt.some((name) => name.startsWith('LIFELINE_')) ? [] : examineStore(settings),
    examinePlatforms(settings, spoilt, bundle, askingPlatform, now),
    examineHttp(settings, asking),
  ]);
  const [ofStore, ofPlatforms, ofHttp] = parts;
  const all = [
    ...found,
    ...examineSecretFiles(settings, envFile),
    ...ofContent,
    ...ofStore,
    ...ofPlatforms,
    ...ofHttp,
    ...ofClock(aheadMs),
  ];
  return withoutSecrets(all, secretsIn(settings));
}

async function examinePlatforms(
  settings: Settings,
  spoilt: readonly string[],
  bundle: Bundle | null,
  asking: Ask,
  now: () => number,
): Promise<readonly Diagnosis[]> {
  const menus = bundle === null ? [] : commandMenus(bundle);
  const bot = bundle?.registry.bot ?? {};
  const { TELEGRAM_BOT_TOKEN: telegram, DISCORD_BOT_TOKEN: discord, SLACK_BOT_TOKEN: slack } = settings;
  const found = await Promise.all([
    telegram === undefined
      ? []
      : examineTelegram(
          {
            token: telegram,
            apiUrl: settings.TELEGRAM_API_URL,
            webhookUrl: settings.TELEGRAM_WEBHOOK_URL ?? null,
            registered: bot.telegram ?? null,
            commands: telegramMenu(menus),
            now: now(),
          },
          asking,
        ),
    discord === undefined
      ? []
      : examineDiscord(
          {
            token: discord,
            apiUrl: settings.DISCORD_API_URL,
            readsChannels: settings.DISCORD_READS_CHANNELS === 'on',
            registered: bot.discord ?? null,
            commands: slashCommands(menus).map(({ name }) => name),
          },
          asking,
        ),
    slack === undefined || spoilt.some((name) => name.startsWith('SLACK_'))
      ? []
      : examineSlack(
          {
            token: slack,
            appToken: settings.SLACK_APP_TOKEN ?? null,
            apiUrl: settings.SLACK_API_URL,
            registered: bot.slack ?? null,
          },
          asking,
        ),
  ]);
  return found.flat();
}

/** Names of the menu without language. */
function telegramMenu(menus: ReturnType<typeof commandMenus>): readonly string[] {
  const payload = commandCalls(menus)[0]?.payload;
  const commands = (payload?.commands ?? []) as readonly { readonly command: string }[];
  return commands.map(({ command }) => command);
}

/** Clocks that differ by more than this make signatures and time-outs wrong; answers tell the time to a second. */
const MAX_SKEW_MS = 30_000;

/** Compares our clock with those of the platforms; a cache on the way may make one of them late. */
function ofClock(aheadMs: readonly number[]): readonly Diagnosis[] {
  const { ok, fix } = diagnoseAbout('clock');
  const [least] = [...aheadMs].sort((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined) return [];
  if (Math.abs(least) <= MAX_SKEW_MS) return [ok('clock', 'The clock of this machine is right.')];
  const seconds = Math.round(Math.abs(least) / 1000);
  return [
    fix(
      'clock',
      `The clock of this machine is ${seconds} s ${least > 0 ? 'ahead' : 'behind'}: signatures would be refused, and waits be wrong.`,
      'Let the machine set its clock by itself (NTP), for example: timedatectl set-ntp true',
    ),
  ];
}

/** Values that must be in no output. */
function secretsIn(settings: Settings): readonly string[] {
  const { LIFELINE_STORE: store } = settings;
  const password = /\/\/[^@/]*:([^@/]+)@/.exec(store)?.[1];
  const values = [
    settings.TELEGRAM_BOT_TOKEN,
    settings.TELEGRAM_WEBHOOK_SECRET,
    settings.DISCORD_BOT_TOKEN,
    settings.SLACK_BOT_TOKEN,
    settings.SLACK_APP_TOKEN,
    settings.SLACK_SIGNING_SECRET,
    settings.LIFELINE_SECRET,
    ...(settings.LIFELINE_SECRET_PREVIOUS ?? '').split(','),
    password,
  ];
  return values.flatMap((value) => (value === undefined || value.length < 4 ? [] : [value]));
}
