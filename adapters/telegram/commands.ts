import { createHash } from 'node:crypto';
import type { CommandMenu, PlatformCall } from '../../src/model/index.js';
import { shorten } from '../shared/split-text.js';
import { MAX_COMMAND_DESCRIPTION_CHARS, MAX_COMMANDS } from './limits.js';
import { codeOfAnswer, type Session } from './persist.js';
import type { BotSelf } from './update-schema.js';

/**
 * Where a menu is shown. In groups its commands, and so their answers, are between the person and us (Bot API 10.2).
 */
const SCOPES = [
  { scope: { type: 'default' }, isEphemeral: false },
  { scope: { type: 'all_group_chats' }, isEphemeral: true },
] as const;

/**
 * The calls that register the menus, for direct chats and then for groups: the source locale's without a language, then
 * one a language. Telegram knows languages of two letters only, so locales that share one (zh-CN, zh-TW) share a menu:
 * the source locale's if it is among them, else the first's. A locale with a longer language has the menu without one.
 */
export function commandCalls(menus: readonly CommandMenu[]): readonly PlatformCall[] {
  const source = menus.find((menu) => menu.source);
  const byLanguage = new Map<string, CommandMenu>();
  for (const menu of menus) {
    const language = menu.locale.split('-', 1)[0]?.toLowerCase() ?? '';
    if (!/^[a-z]{2}$/.test(language)) continue;
    if (menu.source || !byLanguage.has(language)) byLanguage.set(language, menu);
  }
  return SCOPES.flatMap(({ scope, isEphemeral }) => [
    ...(source === undefined ? [] : [setMyCommands(source, { scope }, isEphemeral)]),
    ...[...byLanguage].map(([language, menu]) =>
      setMyCommands(menu, { scope, language_code: language }, isEphemeral),
    ),
  ]);
}

/**
 * Registers the menus when they differ from what was registered last, and takes away those of languages that are
 * gone. A failure is logged and left to the next start: the bot works without a menu.
 */
export async function registerCommands(session: Session, self: BotSelf): Promise<void> {
  const { host } = session;
  const calls = commandCalls(host.commands);
  const languages = [
    ...new Set(
      calls.flatMap(({ payload }) =>
        typeof payload.language_code === 'string' ? [payload.language_code] : [],
      ),
    ),
  ];
  const hash = createHash('sha256').update(JSON.stringify(calls), 'utf8').digest('hex');
  const present = [hash, ...languages].join(' ');
  const name = `telegram-commands-${self.id}`;
  try {
    const registered = await host.values.get(name);
    if (registered === present) return;
    const gone = (registered ?? '')
      .split(' ')
      .slice(1)
      .filter((language) => !languages.includes(language));
    const deletions = gone.flatMap((language) =>
      SCOPES.map(({ scope }) => ({
        method: 'deleteMyCommands',
        payload: { scope, language_code: language },
      })),
    );
    for (const call of [...calls, ...deletions]) {
      const answer = await session.api(call.method, call.payload, { signal: session.stopping });
      if (answer.kind === 'ok') continue;
      if (session.stopping.aborted) return;
      const code = codeOfAnswer(answer);
      host.log.warn({ event: 'commands-not-registered', platform: 'telegram', method: call.method, code });
      return;
    }
    await host.values.set(name, present);
    host.log.info({ event: 'commands-registered', platform: 'telegram', count: calls.length });
  } catch {
    // Only the host's values can fail here; without them the menus are registered again at the next start.
    host.log.warn({ event: 'commands-not-registered', platform: 'telegram', code: 'values-unavailable' });
  }
}

/**
 * Names are 1–32 of `a-z`, `0-9`, `_`, descriptions 1–256 characters (Bot API, BotCommand); what does not fit is left
 * out.
 */
function setMyCommands(
  menu: CommandMenu,
  where: Readonly<Record<string, unknown>>,
  isEphemeral: boolean,
): PlatformCall {
  const commands = menu.commands
    .filter(({ name, description }) => /^[a-z0-9_]{1,32}$/.test(name) && description.trim() !== '')
    .map(({ name, description }) => ({
      command: name,
      description: shorten(description, MAX_COMMAND_DESCRIPTION_CHARS),
      ...(isEphemeral ? { is_ephemeral: true } : {}),
    }));
  return { method: 'setMyCommands', payload: { ...where, commands: commands.slice(0, MAX_COMMANDS) } };
}
