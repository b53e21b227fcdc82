import { ask } from '../infra/ask.js';
import { SETTINGS_SCHEMA } from '../infra/settings.js';
import { SHIPPED_CONTENT } from '../load-content.js';
import { LifelineError } from '../model/index.js';
import { asTyped } from './as-typed.js';
import { countOf } from './count-of.js';
import { exampleAnswers, readAnswers } from './init-answers.js';
import { askAgain, askEverything } from './init-ask.js';
import { type Before, lookAround } from './init-before.js';
import { createDialogue, type Dialogue, type DialogueStreams, Left } from './init-dialogue.js';
import { type Plan, planFiles, type Setup } from './init-plan.js';
import { createIdentify, type Identify, PLATFORM_NAMES, platformsOf, settingsOf } from './init-tokens.js';
import { writePlan } from './init-write.js';

export interface InitOptions {
  readonly content: string | undefined;
  /** A file with the answers; without it, they are asked for. */
  readonly answers?: string;
  /** Files that are there may be changed without asking. */
  readonly yes?: boolean;
  /** Print an answers file to begin with. */
  readonly example?: boolean;
}

/** Longest that a platform may take to say whose a token is. */
const TIMEOUT_MS = 5_000;
const ENV_FILE = '.env';

/**
 * `lifeline init`: asks for everything a wallet says of itself, and writes a content folder and `.env`. Throws
 * `settings-invalid` where there is nobody to ask, or an answer cannot be used.
 */
export async function init(options: InitOptions): Promise<void> {
  if (options.example === true) return void process.stdout.write(exampleAnswers());
  const before = await lookAround({
    content: options.content,
    envFile: ENV_FILE,
    environment: process.env,
    shipped: SHIPPED_CONTENT,
  });
  const identify = createIdentify(addressesOf(before), (url, more = {}) =>
    ask(url, { timeoutMs: TIMEOUT_MS, now: Date.now, ...more }),
  );
  if (options.answers !== undefined) {
    const setup = await fromFile(options.answers, before, identify);
    await writeUnasked(before, setup, options.yes === true);
    return;
  }
  const { stdin: input, stdout: output } = process;
  if (input.isTTY !== true || output.isTTY !== true)
    throw new LifelineError(
      'settings-invalid',
      'There is no terminal to ask in. Write the answers into a file instead: lifeline init --example > answers.yaml, change it, then lifeline init --answers answers.yaml',
    );
  if (!(await inDialogue({ input, output }, before, identify))) {
    process.stderr.write('Nothing was written.\n');
    process.exitCode = 130;
  }
}

function addressesOf({ env }: Before) {
  const { TELEGRAM_API_URL, DISCORD_API_URL, SLACK_API_URL } = SETTINGS_SCHEMA.shape;
  return {
    TELEGRAM_API_URL: TELEGRAM_API_URL.parse(env.TELEGRAM_API_URL),
    DISCORD_API_URL: DISCORD_API_URL.parse(env.DISCORD_API_URL),
    SLACK_API_URL: SLACK_API_URL.parse(env.SLACK_API_URL),
  };
}

/** Asks, shows, and writes once the person agrees; `false`, and nothing written, when they leave. */
export async function inDialogue(
  streams: DialogueStreams,
  before: Before,
  identify: Identify,
): Promise<boolean> {
  const dialogue = createDialogue(streams);
  try {
    dialogue.opening('Setting Lifeline up. Ctrl-C leaves; nothing is written until you say so.');
    const setup = await askEverything(dialogue, before, identify);
    const plan = await agreed(dialogue, before, setup);
    await writePlan(plan);
    for (const line of afterwards(plan)) dialogue.say(line);
    dialogue.closing('Next: lifeline doctor (is everything right?), then lifeline start');
    return true;
  } catch (error) {
    if (error instanceof Left) return false;
    throw error;
  }
}

/** The plan that the person wants written. */
async function agreed(dialogue: Dialogue, before: Before, first: Setup): Promise<Plan> {
  let setup = first;
  for (;;) {
    const plan = planOrProblem(before, setup);
    if (typeof plan === 'string') {
      dialogue.warn(plan);
      const choice = await dialogue.one('Change an answer?', [
        { value: 'change', label: 'Yes' },
        { value: 'leave', label: 'No, write nothing' },
      ]);
      if (choice === 'leave') throw new Left();
      setup = await askAgain(dialogue, setup);
      continue;
    }
    dialogue.box(summaryOf(plan), 'What will be written');
    if (plan.files.length === 0) return plan;
    const changed = plan.files.filter(({ change }) => change === 'changed').map(({ path }) => path);
    if (changed.length > 0) dialogue.warn(`Already there, and changed: ${changed.join(', ')}`);
    const outside = before.outside.filter((name) => name in plan.settings);
    if (outside.length > 0)
      dialogue.warn(`Set in the environment, which comes before .env: ${outside.join(', ')}`);
    const choice = await dialogue.one('Write it?', [
      { value: 'write', label: 'Yes, write it' },
      { value: 'show', label: 'Show me the registry' },
      { value: 'change', label: 'Change an answer' },
      { value: 'leave', label: 'No, write nothing' },
    ]);
    if (choice === 'write') return plan;
    if (choice === 'leave') throw new Left();
    if (choice === 'change') setup = await askAgain(dialogue, setup);
    else dialogue.box(plan.registry, 'flows/official.yaml');
  }
}

/** The plan, or what is wrong with the answers. */
function planOrProblem(before: Before, setup: Setup): Plan | string {
  try {
    return planFiles(before, setup);
  } catch (error) {
    if (error instanceof LifelineError) return error.message;
    throw error;
  }
}

async function fromFile(path: string, before: Before, identify: Identify): Promise<Setup> {
  const { texts, languages, bot, tokens } = readAnswers(path, before);
  const platforms = platformsOf(before, tokens);
  const handles = await Promise.all(
    platforms.map(async (platform): Promise<[string, string]> => {
      const named = bot[platform];
      if (named !== undefined) return [platform, named];
      const identified = await identify(platform, { ...before.env, ...tokens });
      if (identified.kind === 'known') return [platform, identified.handle];
      const kept = before.bot[platform];
      if (identified.kind === 'unreachable' && kept !== undefined && before.isThere) return [platform, kept];
      throw new LifelineError(
        'settings-invalid',
        identified.kind === 'refused'
          ? identified.says
          : `${identified.says} Say who the bot is on ${PLATFORM_NAMES[platform]}:  bot: { ${platform}: … }`,
      );
    }),
  );
  // What is not among the answers is no decision against it: tokens that are there stay.
  return {
    texts,
    languages,
    bot: Object.fromEntries(handles),
    settings: settingsOf(before, tokens, PLATFORM_KEYS),
  };
}

const PLATFORM_KEYS = Object.keys(PLATFORM_NAMES);

/** Writes without asking, but for files that are there, which need a word. */
async function writeUnasked(before: Before, setup: Setup, isAgreed: boolean): Promise<void> {
  const plan = planFiles(before, setup);
  const changed = plan.files.filter(({ change }) => change === 'changed').map(({ path }) => path);
  if (changed.length > 0 && !isAgreed)
    throw new LifelineError(
      'settings-invalid',
      `These files are there already and would be changed; nothing was written. Say --yes for that:\n${changed.map((path) => `  ${path}`).join('\n')}`,
    );
  await writePlan(plan);
  const lines = [
    summaryOf(plan),
    ...afterwards(plan),
    'Next: lifeline doctor (is everything right?), then lifeline start',
  ];
  process.stdout.write(`${asTyped(lines.join('\n'))}\n`);
}

/** The files, a line each, those of a new content folder in one; and what counts as official then. */
function summaryOf({ files, folder, sites, alsoOfficial }: Plan): string {
  const also = alsoOfficial.length === 0 ? '' : `; single pages on ${alsoOfficial.join(', ')}`;
  const fresh = files.filter(({ change, secret }) => change === 'new' && !secret);
  const isWhole = fresh.some(({ path }) => path.endsWith('flows/menu.yaml'));
  if (files.length === 0) return 'Nothing: everything is so already.';
  const lines = files
    .filter((file) => !isWhole || file.secret || file.change === 'changed')
    .map(
      ({ path, change, secret }) => `${change.padEnd(8)} ${path}${secret ? '  (only you may read it)' : ''}`,
    );
  const whole = isWhole
    ? [`new      ${folder}/  (${countOf(fresh.length, 'file')}: flows, texts, registry)`]
    : [];
  return [...whole, ...lines, '', `official: ${sites.join(', ')}${also}`].join('\n');
}

function afterwards({ promises, secretMade, folder }: Plan): readonly string[] {
  return [
    ...(secretMade
      ? [
          'LIFELINE_SECRET was made. Keep a copy of .env elsewhere: without that secret, what is kept cannot be read.',
        ]
      : []),
    ...(promises.length > 0
      ? [
          `You have no ${promises.join(', no ')}, but the shipped words offer that, and lead to the help center. Change them: ${folder}/flows/contact-support.yaml, and the texts contact.… in ${folder}/locales/.`,
        ]
      : []),
  ];
}
