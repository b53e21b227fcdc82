import { statSync } from 'node:fs';
import { z } from 'zod';
import { checkShape } from '../content/check-shape.js';
import { formatFinding } from '../content/index.js';
import { parseYaml } from '../content/yaml-source.js';
import { LifelineError } from '../model/index.js';
import type { Before } from './init-before.js';
import { checkHandle } from './init-checks.js';
import { checkAnswer, listOf, QUESTIONS, type QuestionId, type Texts } from './init-questions.js';
import {
  type ChatPlatform,
  checkToken,
  PLATFORMS,
  TOKEN_NAMES,
  TOKENS,
  type TokenName,
  type Tokens,
} from './init-tokens.js';
import { readText } from './read-text.js';

/** What an answers file holds, checked. */
export interface FileAnswers {
  readonly texts: Texts;
  readonly languages: readonly string[];
  readonly bot: Readonly<Partial<Record<ChatPlatform, string>>>;
  readonly tokens: Tokens;
}

const answer = z.union([z.string(), z.array(z.string())]).nullable();
const answers = Object.fromEntries(QUESTIONS.map(({ id }) => [id, answer.optional()]));
const tokens = Object.fromEntries(TOKEN_NAMES.map((name) => [name, z.string().optional()]));
const platforms = Object.fromEntries(PLATFORMS.map((platform) => [platform, z.string().optional()]));

const ANSWERS_SCHEMA = z.strictObject({
  ...answers,
  ...tokens,
  languages: z.array(z.string()).min(1).optional(),
  /** Handles, for where the platform cannot be asked. */
  bot: z.strictObject(platforms).optional(),
});

/**
 * Reads an answers file; what it leaves out is as it was before, or none. Throws `settings-invalid` with everything
 * that is wrong with it, a line each, and never with what it holds.
 */
export function readAnswers(path: string, before: Before): FileAnswers {
  const raw = readRaw(path);
  const wrong: string[] = [];
  const texts: Partial<Record<QuestionId, string>> = {};
  for (const question of QUESTIONS) {
    const given = raw.get(question.id);
    const text = given === undefined ? (before.texts[question.id] ?? '') : textOf(given);
    const checked = checkAnswer(question, text, listOf(texts.sites));
    if ('problem' in checked) wrong.push(`${question.id}: ${checked.problem}`);
    else texts[question.id] = checked.value;
  }
  const languages =
    listOf(textOf(raw.get('languages'))).length > 0 ? listOf(textOf(raw.get('languages'))) : before.languages;
  for (const tag of languages)
    if (!Object.hasOwn(before.names, tag))
      wrong.push(`languages: there is no "${tag}"; there are ${Object.keys(before.names).join(', ')}.`);
  const bot: Partial<Record<ChatPlatform, string>> = {};
  for (const platform of PLATFORMS) {
    const handle = (raw.get('bot') as Partial<Record<string, string>> | undefined)?.[platform];
    if (handle === undefined) continue;
    const checked = checkHandle(handle);
    if ('problem' in checked) wrong.push(`bot.${platform}: ${checked.problem}`);
    else bot[platform] = checked.value;
  }
  const given: Partial<Record<TokenName, string>> = {};
  for (const name of TOKEN_NAMES) {
    const token = raw.get(name);
    if (typeof token !== 'string' || token === '') continue;
    const checked = checkToken(name, token);
    if ('problem' in checked) wrong.push(`${name}: ${checked.problem}`);
    else given[name] = checked.value;
  }
  if (Object.keys(given).length > 0) wrong.push(...ofMode(path));
  if (wrong.length > 0)
    throw new LifelineError(
      'settings-invalid',
      `${path} needs a change:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
    );
  return { texts, languages, bot, tokens: given };
}

function readRaw(path: string): ReadonlyMap<string, unknown> {
  const { source, findings } = parseYaml(path, readText(path));
  const shape = findings.length > 0 ? { findings } : checkShape(source, ANSWERS_SCHEMA, source.value ?? {});
  if ('findings' in shape)
    throw new LifelineError('settings-invalid', shape.findings.map(formatFinding).join('\n'));
  return new Map(Object.entries(shape.value));
}

function textOf(given: unknown): string {
  if (Array.isArray(given)) return given.join(', ');
  return typeof given === 'string' ? given : '';
}

/** A file with tokens is as secret as they are. */
function ofMode(path: string): readonly string[] {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return [];
  return [`It holds tokens, and others on this machine may read it: chmod 600 ${path}`];
}

/** An answers file to begin with: every question, what it is for, and what no answer means. */
export function exampleAnswers(): string {
  const questions = QUESTIONS.map(
    ({ id, ask, explain, none }) =>
      `# ${ask} ${explain}\n${none === null ? '' : `# Leave it out: ${none}.\n`}${id}: ${EXAMPLES[id]}\n`,
  );
  const places = Object.values(TOKENS)
    .flat()
    .map(({ name, ask, explain }) => `# ${ask}. ${explain}\n# ${name}: …\n`);
  return [
    '# Answers for  lifeline init --answers FILE. Every address here is an example: put yours.\n',
    ...questions,
    '# The languages it speaks; leave it out for all of them.\nlanguages: [en, zh-CN, zh-TW]\n',
    '# Tokens may stand here (then: chmod 600), in the environment, or in .env already.\n',
    ...places,
    '# The handle of each bot, where its platform cannot be asked for it.\n# bot: { telegram: YourHelpBot }\n',
  ].join('\n');
}

const EXAMPLES: Readonly<Record<QuestionId, string>> = {
  product: 'Example Wallet',
  sites: '[https://wallet.example]',
  reset: 'https://wallet.example/reset',
  mirrors: '[]',
  senders: '[no-reply@mail.wallet.example]',
  help: 'https://wallet.example/help',
  'live-chat': 'https://wallet.example/chat',
  ticket: 'none',
  mail: 'support@wallet.example',
  x: '"@example_wallet"',
  community: 'none',
  report: 'none',
  status: 'https://status.wallet.example/',
  explorer: 'https://explorer.wallet.example/',
  app: 'https://wallet.example/download',
  hours: 'mon-fri 09:00-18:00 Europe/Berlin',
};
