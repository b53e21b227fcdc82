import { createHash } from 'node:crypto';
import type { CommandMenu, PlatformCall } from '../../src/model/index.js';
import { shorten } from '../shared/split-text.js';
import { MAX_COMMAND_DESCRIPTION_CHARS, MAX_COMMANDS } from './limits.js';
import { codeOfAnswer, type Session } from './persist.js';
import type { BotSelf } from './update-schema.js';

/**
 * The calls that register the menus: the source locale's without a language, then one a language. Telegram knows
 * languages of two letters only, so locales that share one (zh-CN, zh-TW) share a menu: the source locale's if it
 * is among them, else the first's. A locale with a longer language has the menu without language.
 */
export function commandCalls(menus: readonly CommandMenu[]): readonly PlatformCall[] {
  const source = menus.find((menu) => menu.source);
  const byLanguage = new Map<string, CommandMenu>();
  for (const menu of menus) {
    const language = menu.locale.split('-', 1)[0]?.toLowerCase() ?? '';
    if (!/^[a-z]{2}$/.test(language)) continue;
    if (menu.source || !byLanguage.has(language)) byLanguage.set(language, menu);
  }
  return [
    ...(source === undefined ? [] : [setMyCommands(source, {})]),
    ...[...byLanguage].map(([language, menu]) => setMyCommands(menu, { language_code: language })),
  ];
}

/**
 * Registers the menus when they differ from what was registered last, and takes away those of languages that are
 * gone. A failure is logged and left to the next start: the bot works without a menu.
 */
export async function registerCommands(session: Session, self: BotSelf): Promise<void> {
  const { host } = session;
  const calls = commandCalls(host.commands);
  const languages = calls.flatMap(({ payload }) =>
    typeof payload.language_code === 'string' ? [payload.language_code] : [],
  );
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
    const deletions = gone.map((language) => ({
      method: 'deleteMyCommands',
      payload: { language_code: language },
    }));
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

/** Names are 1–32 of `a-z`, `0-9`, `_`, descriptions 1–256 characters (Bot API, BotCommand); what does not fit is left out. */
function setMyCommands(menu: CommandMenu, scope: Readonly<Record<string, string>>): PlatformCall {
  const commands = menu.commands
    .filter(({ name, description }) => /^[a-z0-9_]{1,32}$/.test(name) && description.trim() !== '')
    .map(({ name, description }) => ({
      command: name,
      description: shorten(description, MAX_COMMAND_DESCRIPTION_CHARS),
    }));
  return { method: 'setMyCommands', payload: { ...scope, commands: commands.slice(0, MAX_COMMANDS) } };
}
