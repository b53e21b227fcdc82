import type { Before } from './init-before.js';
import { checkHandle, secretIn } from './init-checks.js';
import type { Dialogue } from './init-dialogue.js';
import type { Setup } from './init-plan.js';
import {
  checkAnswer,
  listOf,
  QUESTIONS,
  type Question,
  type QuestionId,
  type Texts,
} from './init-questions.js';
import {
  type ChatPlatform,
  checkToken,
  type Identify,
  PLATFORM_NAMES,
  PLATFORMS,
  settingsOf,
  TOKENS,
  type TokenName,
  type Tokens,
} from './init-tokens.js';

/** Asks everything, beginning with what is there already. */
export async function askEverything(dialogue: Dialogue, before: Before, identify: Identify): Promise<Setup> {
  const texts: Partial<Record<QuestionId, string>> = {};
  for (const question of QUESTIONS)
    texts[question.id] = await askQuestion(
      dialogue,
      question,
      before.texts[question.id] ?? '',
      listOf(texts.sites),
    );
  const languages = await dialogue.some({
    ask: 'Which languages does it speak?',
    explain:
      'It answers in the one a person writes in. Take those that your team can write: each answer you add is written in all of them.',
    options: Object.entries(before.names).map(([value, label]) => ({ value, label })),
    before: before.languages,
    atLeastOne: true,
  });
  return { texts, languages, ...(await askPlatforms(dialogue, before, identify)) };
}

async function askQuestion(
  dialogue: Dialogue,
  question: Question,
  before: string,
  sites: readonly string[],
): Promise<string> {
  const check = (typed: string) => checkAnswer(question, typed, sites);
  const typed = await dialogue.text({
    ask: question.ask,
    explain: question.explain,
    before,
    hint: question.none === null ? null : `Enter: ${question.none}`,
    check: (text) => {
      const checked = check(text);
      return 'problem' in checked ? checked.problem : null;
    },
  });
  const checked = check(typed);
  return 'value' in checked ? checked.value : '';
}

async function askPlatforms(
  dialogue: Dialogue,
  before: Before,
  identify: Identify,
): Promise<Pick<Setup, 'bot' | 'settings'>> {
  const chosen = await dialogue.some({
    ask: 'Where does it talk?',
    explain: 'None is fine: it then talks in this terminal, to try it out.',
    options: PLATFORMS.map((value) => ({ value, label: PLATFORM_NAMES[value] })),
    before: PLATFORMS.filter((platform) => TOKENS[platform].some(({ name }) => isSet(before, name))),
    atLeastOne: false,
  });
  const bot: Partial<Record<ChatPlatform, string>> = {};
  const tokens: Record<string, string> = {};
  for (const platform of PLATFORMS) {
    if (!chosen.includes(platform)) continue;
    const asked = await askTokens(dialogue, platform, before, identify);
    Object.assign(tokens, asked.tokens);
    bot[platform] = asked.handle;
  }
  return { bot, settings: settingsOf(before, tokens, chosen) };
}

function isSet({ env }: Before, name: TokenName): boolean {
  return (env[name] ?? '') !== '';
}

/** Asks for the tokens of a platform until it knows them, or cannot be asked. */
async function askTokens(
  dialogue: Dialogue,
  platform: ChatPlatform,
  before: Before,
  identify: Identify,
): Promise<{ readonly tokens: Tokens; readonly handle: string }> {
  let tokens: Tokens = {};
  let again: TokenName | null = null;
  for (;;) {
    for (const { name, ask, explain } of TOKENS[platform]) {
      if (again !== null && name !== again) continue;
      // Whoever lets Slack post to them has no app-level token.
      if (name === 'SLACK_APP_TOKEN' && isSet(before, 'SLACK_SIGNING_SECRET') && !isSet(before, name))
        continue;
      const mayKeep = again === null && isSet(before, name);
      const typed = await dialogue.secret({
        ask,
        explain: mayKeep ? 'Enter keeps the one that is there.' : explain,
        check: (text) => {
          if (mayKeep && text.trim() === '') return null;
          const checked = checkToken(name, text);
          return 'problem' in checked ? checked.problem : null;
        },
      });
      if (typed.trim() !== '') tokens = { ...tokens, [name]: typed.trim() };
    }
    dialogue.say(`Asking ${PLATFORM_NAMES[platform]} whose token this is …`);
    const identified = await identify(platform, { ...before.env, ...tokens });
    if (identified.kind !== 'known') dialogue.warn(identified.says);
    else dialogue.say(identified.says);
    if (identified.kind === 'known') return { tokens, handle: identified.handle };
    if (identified.kind === 'unreachable')
      return { tokens, handle: await askHandle(dialogue, platform, before.bot[platform] ?? '') };
    again = identified.name;
  }
}

async function askHandle(dialogue: Dialogue, platform: ChatPlatform, before: string): Promise<string> {
  const typed = await dialogue.text({
    ask: `What is the bot's own handle on ${PLATFORM_NAMES[platform]}?`,
    explain: 'Exactly as it reads there: people compare it with what they see.',
    before,
    hint: null,
    check: (text) => {
      if (secretIn(text) !== null) return 'That looks like a token. Only the handle here.';
      const checked = checkHandle(text);
      return 'problem' in checked ? checked.problem : null;
    },
  });
  return typed.trim();
}

/** One answer anew, and those that lean on it and do not fit it any more. */
export async function askAgain(dialogue: Dialogue, setup: Setup): Promise<Setup> {
  const id = await dialogue.one(
    'Which one?',
    QUESTIONS.map((question) => ({
      value: question.id,
      label: question.ask,
      hint: setup.texts[question.id] || (question.none ?? ''),
    })),
  );
  let texts: Texts = setup.texts;
  for (const question of QUESTIONS) {
    const sites = listOf(texts.sites);
    const present = texts[question.id] ?? '';
    if (question.id !== id && 'value' in checkAnswer(question, present, sites)) continue;
    texts = { ...texts, [question.id]: await askQuestion(dialogue, question, present, sites) };
  }
  return { ...setup, texts };
}
