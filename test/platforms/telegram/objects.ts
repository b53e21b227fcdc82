import type { Chat, Rights, Status, World } from './world.js';

type Shown = Readonly<Record<string, unknown>>;

/** Sends for administrators who hide who they are. */
export const ANONYMOUS_ADMIN: Shown = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

/** Sends for people who write as one of their channels. */
export const CHANNEL_BOT: Shown = {
  id: 136_817_688,
  is_bot: true,
  first_name: 'Channel',
  username: 'Channel_Bot',
};

/** Brings the posts of a channel into its discussion group. */
export const TELEGRAM: Shown = { id: 777_000, is_bot: false, first_name: 'Telegram' };

/** A chat as the Bot API shows it. */
export function chatObject(chat: Chat): Shown {
  const { id, type, title } = chat;
  if (type === 'private') return { id, type, first_name: title };
  return { id, type, title, ...(chat.isForum ? { is_forum: true } : {}) };
}

/** The bot as the Bot API shows it. */
export function botObject({ bot }: World): Shown {
  return { id: bot.id, is_bot: true, first_name: 'Lifeline', username: bot.username };
}

/** A person as the Bot API shows them. */
export function personObject(world: World, id: number): Shown {
  return world.people.get(id) ?? { id, is_bot: false, first_name: 'Somebody' };
}

/** A `ChatMember` of the Bot API. */
export function memberObject(user: Shown, status: Status | Chat['botStatus'], rights: Rights): Shown {
  switch (status) {
    case 'administrator':
      return {
        status,
        user,
        can_be_edited: false,
        is_anonymous: rights.isAnonymous,
        can_manage_chat: true,
        can_delete_messages: rights.canDelete,
        can_manage_topics: rights.canManageTopics,
        can_manage_video_chats: false,
        can_restrict_members: false,
        can_promote_members: false,
        can_change_info: false,
        can_invite_users: true,
        can_pin_messages: false,
      };
    case 'creator':
      return { status, user, is_anonymous: rights.isAnonymous };
    case 'kicked':
      return { status, user, until_date: 0 };
    default:
      return { status: status === 'absent' ? 'left' : status, user };
  }
}

/** The bot in a chat. */
export function botMember(world: World, chat: Chat): Shown {
  return memberObject(botObject(world), chat.botStatus, chat.botRights);
}
