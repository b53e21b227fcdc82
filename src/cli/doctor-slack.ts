import { z } from 'zod';
import { SCOPES, WATCH_SCOPES } from '../../adapters/slack/needs.js';
import { type Diagnosis, diagnoseAbout, quoted } from './diagnosis.js';
import { handleDiagnosis } from './doctor-handle.js';
import { type Ask, askSlack, NO_TOKEN, type SlackBot, whoIsSlack } from './who-is.js';

export interface SlackSubject {
  readonly token: string;
  /** `null`: Slack posts to us. */
  readonly appToken: string | null;
  readonly apiUrl: string;
  /** The bot's handle in the registry; `null` for none. */
  readonly registered: string | null;
}

const { ok, note, fix } = diagnoseAbout('slack');

/** Both tokens, rights and handle of the Slack bot. */
export async function examineSlack(subject: SlackSubject, ask: Ask): Promise<readonly Diagnosis[]> {
  const who = await whoIsSlack(ask, subject.apiUrl, subject.token);
  if (who.kind === 'unreachable')
    return [
      fix(
        'slack-unreachable',
        `Slack does not answer (${quoted(who.code)}).`,
        `See that this machine may open connections to ${new URL(subject.apiUrl).host} and wss-primary.slack.com.`,
      ),
    ];
  if (who.kind === 'unknown-token')
    return [
      fix(
        'slack-token',
        `Slack does not take the bot token (${quoted(who.code)}).`,
        'On https://api.slack.com/apps open the app, Install App, and put the Bot User OAuth Token (xoxb-…) into .env as SLACK_BOT_TOKEN.',
      ),
      ...(await examineAppToken(subject, null, ask)),
    ];
  const { handle, workspace } = who.about;
  return [
    ok('slack-token', `The bot token is right: this is @${handle} in ${quoted(workspace)}.`),
    handleDiagnosis('slack', handle, subject.registered),
    ...ofScopes(who.about),
    ...(await examineAppToken(subject, who.about, ask)),
  ];
}

function ofScopes({ scopes }: SlackBot): readonly Diagnosis[] {
  if (scopes === null) return [];
  const missing = SCOPES.filter((scope) => !scopes.includes(scope));
  const watching = scopes.filter((scope) => Object.values(WATCH_SCOPES).includes(scope));
  const optional = [...watching, 'assistant:write'];
  const extra = scopes.filter((scope) => !SCOPES.includes(scope) && !optional.includes(scope));
  const found: Diagnosis[] = [];
  if (missing.length > 0)
    found.push(
      fix(
        'slack-scopes',
        `The bot token lacks rights: ${missing.join(', ')}.`,
        'Put docs/slack-manifest.yaml into App Manifest of the app, then Install App → Reinstall to Workspace.',
      ),
    );
  if (extra.length > 0)
    found.push(
      note(
        'slack-scopes-extra',
        `The bot token has rights that Lifeline does not need: ${extra.join(', ')}.`,
        'Take them away under OAuth & Permissions: what it cannot read, it cannot lose.',
      ),
    );
  if (watching.length > 0)
    found.push(
      note(
        'slack-reads-channels',
        `It may read what is written in channels it is in (${watching.join(', ')}), to watch for secrets and fake support.`,
        'If it should not: take these rights and their events away.',
      ),
    );
  return missing.length + extra.length > 0
    ? found
    : [ok('slack-scopes', 'It has the rights it needs, and no others.'), ...found];
}

const GENERATE =
  'On https://api.slack.com/apps open the app, Basic Information, App-Level Tokens, Generate with the scope connections:write, and put it into .env as SLACK_APP_TOKEN.';

async function examineAppToken(
  { apiUrl, token, appToken }: SlackSubject,
  bot: SlackBot | null,
  ask: Ask,
): Promise<readonly Diagnosis[]> {
  if (appToken === null)
    return [
      note(
        'slack-posts',
        'Slack posts to this machine; whether it reaches it, and signs with SLACK_SIGNING_SECRET, only Slack can tell.',
        'On https://api.slack.com/apps open the app, Event Subscriptions, and see that the Request URL is Verified.',
      ),
    ];
  // The address it gives is not opened, and lapses within seconds.
  const answer = await askSlack(ask, apiUrl, appToken, 'apps.connections.open');
  if (answer.kind === 'unreachable')
    return [
      note(
        'slack-app-token',
        `Slack does not say whether it takes the app-level token (${quoted(answer.code)}).`,
        'Try again.',
      ),
    ];
  if (answer.kind === 'error' && NO_TOKEN.includes(answer.code))
    return [
      fix('slack-app-token', `Slack does not take the app-level token (${quoted(answer.code)}).`, GENERATE),
    ];
  if (answer.kind === 'error' && (answer.code === 'missing_scope' || answer.code === 'no_permission'))
    return [fix('slack-app-scope', 'The app-level token lacks the scope connections:write.', GENERATE)];
  if (answer.kind === 'error')
    return [
      fix(
        'slack-socket-mode',
        `Slack gives no socket (${quoted(answer.code)}).`,
        'On https://api.slack.com/apps open the app, Socket Mode, and switch it on.',
      ),
    ];
  const found = [ok('slack-app-token', 'The app-level token is right, and Socket Mode is on.')];
  const belongsTo = await appOf(bot, apiUrl, token, ask);
  const named = /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken)?.[1];
  if (belongsTo !== null && named !== undefined && belongsTo !== named)
    found.push(
      fix(
        'slack-two-apps',
        `The two tokens belong to two apps: ${named} (SLACK_APP_TOKEN) and ${belongsTo} (SLACK_BOT_TOKEN).`,
        'Take both from the same app.',
      ),
    );
  return found;
}

const botSchema = z.object({ bot: z.object({ app_id: z.string().regex(/^A[A-Z0-9]+$/) }) });

/** The app that the bot token belongs to, or `null` where it cannot be told. */
async function appOf(bot: SlackBot | null, apiUrl: string, token: string, ask: Ask): Promise<string | null> {
  if (bot?.botId === undefined || bot.botId === null) return null;
  const answer = await askSlack(ask, apiUrl, token, 'bots.info', { bot: bot.botId });
  if (answer.kind !== 'ok') return null;
  return botSchema.safeParse(answer.json).data?.bot.app_id ?? null;
}
