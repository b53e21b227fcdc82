import type { Channel } from './channel.js';
import { ANONYMOUS_ADMIN, CHANNEL_BOT, chatObject } from './objects.js';
import { type Chat, NO_RIGHTS, type World } from './world.js';

type Shown = Readonly<Record<string, unknown>>;

/** Whoever writes into an open group is in it from then on. Throws for people who were removed. */
export function enterQuietly(chat: Chat, userId: number): void {
  const status = chat.members.get(userId)?.status ?? 'left';
  if (status === 'kicked') throw new Error('this person was removed from the group');
  if (status === 'left') chat.members.set(userId, { status: 'member', rights: NO_RIGHTS });
}

/** Throws where this person may not write. */
export function checkRights(chat: Chat, userId: number, topic: number | undefined): void {
  const member = chat.members.get(userId);
  if (member?.status === 'administrator' || member?.status === 'creator') return;
  if (chat.isMuted) throw new Error('only administrators write here');
  if (topic === undefined) return;
  const { isClosed = null } = chat.topics.get(topic) ?? {};
  if (isClosed !== false) throw new Error('this topic is closed or gone');
}

/** `from` and `sender_chat` of what a person writes, openly, as an administrator who hides, or as a channel. */
export function senderIn(chat: Chat, person: Shown, as: 'anonymous' | Channel | undefined): Shown {
  if (as === undefined) return { from: person };
  return as === 'anonymous'
    ? { from: ANONYMOUS_ADMIN, sender_chat: chatObject(chat) }
    : { from: CHANNEL_BOT, sender_chat: chatObject(as.chat) };
}

/**
 * Whether a command given in a group is for the bot's eyes only: the menu for groups comes first, then the language's.
 */
export function isEphemeral(world: World, command: string, languageCode: unknown): boolean {
  const { commands, groupCommands } = world;
  const language = String(languageCode ?? '').slice(0, 2);
  const menus = [
    ...[groupCommands.get(language), groupCommands.get('')],
    ...[commands.get(language), commands.get('')],
  ];
  const menu = menus.find((candidate) => candidate !== undefined);
  const [name] = command.split('@');
  return menu?.find((entry) => entry.command === name)?.is_ephemeral === true;
}
