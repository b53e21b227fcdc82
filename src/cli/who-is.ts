import { z } from 'zod';
import type { Asked, AskOptions } from '../infra/ask.js';

/** Asks an address, with a time-out and a clock. */
export type Ask = (url: string, options?: Partial<AskOptions>) => Promise<Asked>;

/** Whose a token is. */
export type WhoIs<About> =
  | { readonly kind: 'known'; readonly about: About }
  /** The platform does not know the token; `code` is its own word for that. */
  | { readonly kind: 'unknown-token'; readonly code: string }
  /** No answer, or none that can be read. */
  | { readonly kind: 'unreachable'; readonly code: string };

export interface TelegramBot {
  /** Without `@`. */
  readonly handle: string;
  readonly readsGroups: boolean;
  readonly joinsGroups: boolean;
}

/** The address of a method of the Bot API; holds the token. */
export function telegramUrl(apiUrl: string, token: string, method: string): string {
  return `${apiUrl.replace(/\/+$/, '')}/bot${token}/${method}`;
}

const telegramSchema = z.object({
  result: z.object({
    username: z.string().min(1),
    can_read_all_group_messages: z.boolean().default(false),
    can_join_groups: z.boolean().default(true),
  }),
});

export async function whoIsTelegram(ask: Ask, apiUrl: string, token: string): Promise<WhoIs<TelegramBot>> {
  const answer = await ask(telegramUrl(apiUrl, token, 'getMe'));
  if (answer.kind === 'silence') return { kind: 'unreachable', code: answer.code };
  // A token that is not even well-formed gets 404.
  if (answer.status === 401 || answer.status === 404)
    return { kind: 'unknown-token', code: String(answer.status) };
  const parsed = telegramSchema.safeParse(answer.json);
  if (answer.status !== 200 || !parsed.success) return { kind: 'unreachable', code: String(answer.status) };
  const {
    username,
    can_read_all_group_messages: readsGroups,
    can_join_groups: joinsGroups,
  } = parsed.data.result;
  return { kind: 'known', about: { handle: username, readsGroups, joinsGroups } };
}

/** Asks the REST API of Discord. */
export function askDiscord(ask: Ask, apiUrl: string, token: string, path: string): Promise<Asked> {
  const url = `${apiUrl.replace(/\/+$/, '')}/v10${path}`;
  return ask(url, { headers: { authorization: `Bot ${token}` } });
}

const discordSchema = z.object({ username: z.string().min(1) });

export async function whoIsDiscord(
  ask: Ask,
  apiUrl: string,
  token: string,
): Promise<WhoIs<{ readonly handle: string }>> {
  const answer = await askDiscord(ask, apiUrl, token, '/users/@me');
  if (answer.kind === 'silence') return { kind: 'unreachable', code: answer.code };
  if (answer.status === 401) return { kind: 'unknown-token', code: '401' };
  const parsed = discordSchema.safeParse(answer.json);
  if (answer.status !== 200 || !parsed.success) return { kind: 'unreachable', code: String(answer.status) };
  return { kind: 'known', about: { handle: parsed.data.username } };
}

/** What Slack's Web API says to one call. */
export type SlackAnswer =
  | { readonly kind: 'ok'; readonly json: unknown; readonly headers: Headers }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'unreachable'; readonly code: string };

const slackSchema = z.object({ ok: z.boolean(), error: z.string().optional() });

/** Asks the Web API of Slack; the token goes into a header, the only place where every method takes it. */
export async function askSlack(
  ask: Ask,
  apiUrl: string,
  token: string,
  method: string,
  params: Readonly<Record<string, string>> = {},
): Promise<SlackAnswer> {
  const answer = await ask(`${apiUrl.replace(/\/+$/, '')}/${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(params).toString(),
  });
  if (answer.kind === 'silence') return { kind: 'unreachable', code: answer.code };
  const parsed = slackSchema.safeParse(answer.json);
  if (!parsed.success) return { kind: 'unreachable', code: String(answer.status) };
  if (!parsed.data.ok) return { kind: 'error', code: parsed.data.error ?? 'unknown' };
  return { kind: 'ok', json: answer.json, headers: answer.headers };
}

/** Slack's words for a token that nobody has. */
export const NO_TOKEN: readonly string[] = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
];

export interface SlackBot {
  /** Without `@`. */
  readonly handle: string;
  readonly workspace: string;
  readonly botId: string | null;
  /** The rights of the token; `null` where Slack does not say. */
  readonly scopes: readonly string[] | null;
}

const selfSchema = z.object({
  user: z.string().min(1),
  team: z.string().default(''),
  bot_id: z.string().optional(),
});

export async function whoIsSlack(ask: Ask, apiUrl: string, token: string): Promise<WhoIs<SlackBot>> {
  const answer = await askSlack(ask, apiUrl, token, 'auth.test');
  if (answer.kind === 'unreachable') return answer;
  if (answer.kind === 'error') {
    const isUnknown = NO_TOKEN.includes(answer.code);
    return { kind: isUnknown ? 'unknown-token' : 'unreachable', code: answer.code };
  }
  const self = selfSchema.safeParse(answer.json);
  if (!self.success) return { kind: 'unreachable', code: 'unreadable-answer' };
  const scopes = answer.headers.get('x-oauth-scopes');
  return {
    kind: 'known',
    about: {
      handle: self.data.user,
      workspace: self.data.team,
      botId: self.data.bot_id ?? null,
      scopes: scopes === null ? null : scopes.split(/[\s,]+/).filter((scope) => scope !== ''),
    },
  };
}
