import { EPHEMERAL_METHODS, MESSAGE_METHODS } from './message-methods.js';
import { bad, chatOf, done, type Method, type MethodAnswer, refused, withParams } from './method.js';
import { botMember, botObject, chatObject, memberObject, personObject } from './objects.js';
import {
  ANSWER_TAP,
  CHAT,
  CHAT_ACTION,
  CHAT_MEMBER,
  DELETE_WEBHOOK,
  GET_UPDATES,
  MENU,
  SET_MENU,
  SET_WEBHOOK,
} from './parameters.js';
import { refusalOfChat, refusalOfPlace } from './send-rules.js';
import type { Commands, World } from './world.js';

/** How long a tap can be answered. Telegram does not say; after some minutes it is too old. */
const TAP_MS = 10 * 60_000;

const getUpdates = withParams(
  GET_UPDATES,
  async ({ queue, gone }, { offset, limit, timeout, allowed_updates: allowed }) => {
    queue.allow(allowed ?? null);
    const outcome = await queue.poll(offset ?? null, limit ?? 100, (timeout ?? 0) * 1000, gone);
    const conflict = (sentence: string): MethodAnswer =>
      refused({ status: 409, description: `Conflict: ${sentence}` });
    if (outcome === 'terminated') {
      return conflict(
        'terminated by other getUpdates request; make sure that only one bot instance is running',
      );
    }
    if (outcome === 'webhook-is-set') {
      return conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    return done(outcome.map(({ update }) => update));
  },
);

/** Once, and while it is not too old. */
const answerCallbackQuery = withParams(ANSWER_TAP, ({ world }, { callback_query_id: id, text }) => {
  const tap = world.taps.get(id);
  if (tap === undefined || tap.answer !== null || world.now() - tap.at > TAP_MS) {
    return refused(bad('query is too old and response timeout expired or query ID is invalid'));
  }
  if (text !== undefined && text.length > 200) return refused(bad('MESSAGE_TOO_LONG'));
  tap.answer = text ?? '';
  world.changed();
  return done(true);
});

function menusOf(world: World, scope: { readonly type: string } | undefined): Map<string, Commands> {
  return scope?.type === 'all_group_chats' ? world.groupCommands : world.commands;
}

const setMyCommands = withParams(SET_MENU, ({ world }, { commands, language_code: language, scope }) => {
  menusOf(world, scope).set(language ?? '', commands);
  world.changed();
  return done(true);
});

const getMyCommands = withParams(MENU, ({ world }, { language_code: language, scope }) =>
  done(menusOf(world, scope).get(language ?? '') ?? []),
);

const deleteMyCommands = withParams(MENU, ({ world }, { language_code: language, scope }) => {
  menusOf(world, scope).delete(language ?? '');
  world.changed();
  return done(true);
});

/** Unlike Telegram, plain http is taken: everything here is on loopback. */
const setWebhook = withParams(SET_WEBHOOK, ({ queue }, params) => {
  queue.allow(params.allowed_updates ?? null);
  queue.setWebhook({ url: params.url, secret: params.secret_token ?? null });
  return done(true);
});

const deleteWebhook = withParams(DELETE_WEBHOOK, ({ queue }) => {
  queue.deleteWebhook();
  return done(true);
});

const getChat = withParams(CHAT, ({ world }, { chat_id: chatId }) => {
  const chat = chatOf(world, chatId);
  const refusal = refusalOfChat(chat);
  return refusal !== null || chat === undefined ? refused(refusal ?? bad('')) : done(chatObject(chat));
});

const getChatMember = withParams(CHAT_MEMBER, ({ world }, { chat_id: chatId, user_id: userId }) => {
  const chat = chatOf(world, chatId);
  const refusal = refusalOfChat(chat);
  if (refusal !== null || chat === undefined) return refused(refusal ?? bad(''));
  if (userId === world.bot.id) return done(botMember(world, chat));
  const member = chat.members.get(userId);
  if (member === undefined) return refused(bad('member not found'));
  return done(memberObject(personObject(world, userId), member.status, member.rights));
});

const sendChatAction = withParams(
  CHAT_ACTION,
  ({ world }, { chat_id: chatId, message_thread_id: thread }) => {
    const chat = chatOf(world, chatId);
    const refusal = refusalOfChat(chat) ?? (chat === undefined ? null : refusalOfPlace(chat, thread));
    return refusal === null ? done(true) : refused(refusal);
  },
);

const BOT_METHODS: Readonly<Record<string, Method>> = {
  getMe: ({ world }) =>
    done({
      ...botObject(world),
      can_join_groups: true,
      can_read_all_group_messages: !world.bot.hasPrivacy,
      supports_inline_queries: false,
    }),
  getUpdates,
  answerCallbackQuery,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setWebhook,
  deleteWebhook,
  getWebhookInfo: ({ world, queue }) => {
    const { lastError } = queue;
    return done({
      url: queue.webhookUrl,
      has_custom_certificate: false,
      pending_update_count: queue.unconfirmed.length,
      ...(lastError === null
        ? {}
        : { last_error_date: Math.floor(world.now() / 1000), last_error_message: lastError }),
    });
  },
  getChat,
  getChatMember,
  sendChatAction,
};

/** The methods of the Bot API that this platform has; others are unknown to it (404). */
export function methodsOf(knowsEphemeral: boolean): Readonly<Record<string, Method>> {
  return { ...BOT_METHODS, ...MESSAGE_METHODS, ...(knowsEphemeral ? EPHEMERAL_METHODS : {}) };
}

/** A server from before messages for one member only: it takes no notice of parameters it does not know. */
export function asBefore(params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { ephemeral_message_parameters: _, commands, ...rest } = params;
  if (!Array.isArray(commands)) return rest;
  const plain = commands.map(({ is_ephemeral: __, ...command }: Record<string, unknown>) => command);
  return { ...rest, commands: plain };
}
