import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandMenu } from '../../src/model/index.js';
import { shorten } from '../shared/split-text.js';
import { type ApiAnswer, codeOfAnswer } from './api.js';
import { MAX_COMMAND_DESCRIPTION_CHARS } from './limits.js';
import type { Session } from './persist.js';

/** The locales Discord's apps have (Discord, Reference, Locales). */
const LOCALES: readonly string[] =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );

/** A slash command as Discord takes it. */
export interface SlashCommand {
  readonly name: string;
  readonly type: 1;
  readonly description: string;
  readonly description_localizations: Readonly<Record<string, string>>;
  /** In servers and in our direct chat; never in other people's. */
  readonly contexts: readonly [0, 1];
  readonly integration_types: readonly [0];
}

/**
 * The slash commands: names and descriptions of the source locale, descriptions in every locale that Discord has. A
 * locale without a region serves all of Discord's of that language (`en` those of the US and of Great Britain).
 */
export function slashCommands(menus: readonly CommandMenu[]): readonly SlashCommand[] {
  const source = menus.find((menu) => menu.source) ?? menus[0];
  return (source?.commands ?? [])
    .filter(({ name, description }) => /^[a-z0-9_-]{1,32}$/.test(name) && description.trim() !== '')
    .map(({ name, description }) => ({
      name,
      type: 1,
      description: shorten(description, MAX_COMMAND_DESCRIPTION_CHARS),
      description_localizations: Object.fromEntries(
        LOCALES.flatMap((locale) => {
          const menu = menus.find((one) => one.locale === locale) ?? menus.find((one) => serves(one, locale));
          const text = menu?.commands.find((command) => command.name === name)?.description.trim() ?? '';
          return text === '' ? [] : [[locale, shorten(text, MAX_COMMAND_DESCRIPTION_CHARS)]];
        }),
      ),
      contexts: [0, 1],
      integration_types: [0],
    }));
}

function serves(menu: CommandMenu, locale: string): boolean {
  return !menu.locale.includes('-') && locale.split('-', 1)[0] === menu.locale;
}

const applicationSchema = z.object({ id: z.string().regex(/^\d{1,20}$/) });

/**
 * Registers the slash commands when they differ from what was registered last; the one call replaces all of before. A
 * failure is logged and left to the next start: the bot works without commands.
 */
export async function registerCommands(session: Session): Promise<void> {
  const { host } = session;
  const commands = slashCommands(host.commands);
  const hash = createHash('sha256').update(JSON.stringify(commands), 'utf8').digest('hex');
  const failed = (code: string): void =>
    host.log.warn({ event: 'commands-not-registered', platform: 'discord', code });
  try {
    const found = await session.api.call(
      { method: 'GET', path: '/applications/@me' },
      { signal: session.stopping },
    );
    const application = found.kind === 'ok' ? applicationSchema.safeParse(found.result) : null;
    if (application?.success !== true) return stoppedOr(session, found, failed);
    const name = `discord-commands-${application.data.id}`;
    if ((await host.values.get(name)) === hash) return;
    const path = `/applications/${application.data.id}/commands` as const;
    const answer = await session.api.call(
      { method: 'PUT', path, body: commands },
      { signal: session.stopping },
    );
    if (answer.kind !== 'ok') return stoppedOr(session, answer, failed);
    await host.values.set(name, hash);
    host.log.info({ event: 'commands-registered', platform: 'discord', count: commands.length });
  } catch {
    // Only the host's values can fail here; without them the commands are registered again at the next start.
    failed('values-unavailable');
  }
}

function stoppedOr({ stopping }: Session, answer: ApiAnswer, failed: (code: string) => void): void {
  if (stopping.aborted) return;
  failed(answer.kind === 'ok' ? 'unreadable-answer' : codeOfAnswer(answer));
}
