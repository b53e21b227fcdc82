/** The right of a bot's token that each method needs (docs.slack.dev, Web API methods); `null` for none. */
export const METHOD_SCOPES: Readonly<Record<string, string | null>> = {
  'auth.test': null,
  // With the app-level token, whose only right is `connections:write`.
  'apps.connections.open': null,
  'chat.postMessage': 'chat:write',
  'conversations.open': 'im:write',
  'conversations.history': 'im:history',
  'conversations.replies': 'im:history',
  'users.info': 'users:read',
};

/** The right that each event needs to be sent (docs.slack.dev, events). */
export const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
};

/** What watching channels takes beside that; left out of the manifest, because everything else works without it. */
export const WATCH_SCOPES: Readonly<Record<string, string>> = {
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
};

/** The slash command. */
export const COMMAND = '/lifeline';

/** Every right of the bot's token, the least that works; sorted. */
export const SCOPES: readonly string[] = [
  ...new Set([
    ...Object.values(METHOD_SCOPES).flatMap((scope) => scope ?? []),
    ...Object.values(EVENT_SCOPES),
    'commands',
  ]),
].sort();
