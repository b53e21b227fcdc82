import { z } from 'zod';
import {
  type Refusal,
  refusalOfChat,
  refusalOfDeletion,
  refusalOfMessage,
  sendMessageSchema,
  setMyCommandsSchema,
  setWebhookSchema,
} from './send-rules.js';
import type { UpdateQueue } from './update-queue.js';
import type { Chat, World } from './world.js';

/** An answer of the Bot API. */
export type MethodAnswer =
  | { readonly ok: true; readonly result: unknown }
  | ({ readonly ok: false } & Refusal);

type Method = (
  world: World,
  queue: UpdateQueue,
  params: unknown,
  gone: AbortSignal,
) => MethodAnswer | Promise<MethodAnswer>;

const done = (result: unknown): MethodAnswer => ({ ok: true, result });
const refused = (refusal: Refusal): MethodAnswer => ({ ok: false, ...refusal });
const badRequest = (sentence: string): MethodAnswer =>
  refused({ status: 400, description: `Bad Request: ${sentence}` });

/** Parameters by their schema, or the answer for those that do not fit it. */
function withParams<Params>(
  schema: z.ZodType<Params>,
  act: (
    world: World,
    queue: UpdateQueue,
    params: Params,
    gone: AbortSignal,
  ) => MethodAnswer | Promise<MethodAnswer>,
): Method {
  return (world, queue, params, gone) => {
    const parsed = schema.safeParse(params);
    if (!parsed.success) return badRequest(`wrong parameters: ${z.prettifyError(parsed.error)}`);
    return act(world, queue, parsed.data, gone);
  };
}

const getUpdates = withParams(
  z.strictObject({
    offset: z.int().optional(),
    limit: z.int().min(1).max(100).optional(),
    timeout: z.int().nonnegative().optional(),
    allowed_updates: z.array(z.string()).optional(),
  }),
  async (_world, queue, { offset, limit, timeout, allowed_updates: allowed }, gone) => {
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

const sendMessage = withParams(sendMessageSchema, (world, _queue, params) => {
  const chat = chatOf(world, params.chat_id);
  const refusal = refusalOfChat(chat, params.message_thread_id) ?? refusalOfMessage(params);
  if (refusal !== null || chat === undefined) return refused(refusal ?? { status: 400, description: '' });
  const messageId = world.nextMessageId();
  const text = (params.text ?? '').trim();
  const { reply_markup: markup, message_thread_id: threadId } = params;
  const raw = {
    message_id: messageId,
    from: world.botObject(),
    chat: world.chatObject(chat),
    date: Math.floor(world.now() / 1000),
    ...(threadId === undefined ? {} : { message_thread_id: threadId, is_topic_message: true }),
    text,
    ...(markup === undefined ? {} : { reply_markup: markup }),
  };
  const buttons = (markup?.inline_keyboard ?? []).map((row) =>
    row.map(({ text: label, callback_data: data, url }) => ({
      text: label,
      ...(data === undefined ? {} : { callback_data: data }),
      ...(url === undefined ? {} : { url }),
    })),
  );
  world.post(chat, { messageId, author: 'bot', threadId: threadId ?? null, text, buttons, raw });
  return done(raw);
});

const deleteMessage = withParams(
  z.strictObject({ chat_id: z.union([z.int(), z.string()]), message_id: z.int() }),
  (world, _queue, params) => {
    const chat = chatOf(world, params.chat_id);
    const refusal = refusalOfDeletion(world, chat, params.message_id);
    if (refusal !== null || chat === undefined) return refused(refusal ?? { status: 400, description: '' });
    world.remove(chat, params.message_id);
    return done(true);
  },
);

const answerCallbackQuery = withParams(
  z.strictObject({ callback_query_id: z.string(), text: z.string().optional() }),
  (world, _queue, { callback_query_id: id, text }) => {
    const tap = world.taps.get(id);
    if (tap === undefined) {
      return badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    if (text !== undefined && text.length > 200) return badRequest('MESSAGE_TOO_LONG');
    tap.answer = text ?? '';
    world.changed();
    return done(true);
  },
);

const setMyCommands = withParams(
  setMyCommandsSchema,
  (world, _queue, { commands, language_code: language }) => {
    world.commands.set(language ?? '', commands);
    world.changed();
    return done(true);
  },
);

const getMyCommands = withParams(
  z.strictObject({ language_code: z.string().optional() }),
  (world, _queue, { language_code: language }) => done(world.commands.get(language ?? '') ?? []),
);

const deleteMyCommands = withParams(
  z.strictObject({ language_code: z.string().optional() }),
  (world, _queue, { language_code: language }) => {
    world.commands.delete(language ?? '');
    world.changed();
    return done(true);
  },
);

/** Unlike Telegram, plain http is taken: everything here is on loopback. */
const setWebhook = withParams(setWebhookSchema, (_world, queue, params) => {
  queue.allow(params.allowed_updates ?? null);
  queue.setWebhook({ url: params.url, secret: params.secret_token ?? null });
  return done(true);
});

const deleteWebhook = withParams(
  z.strictObject({ drop_pending_updates: z.boolean().optional() }),
  (_world, queue) => {
    queue.deleteWebhook();
    return done(true);
  },
);

/** The methods of the Bot API that this platform has; others are unknown to it (404). */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: (world) =>
    done({
      ...world.botObject(),
      can_join_groups: true,
      can_read_all_group_messages: !world.bot.hasPrivacy,
    }),
  getUpdates,
  sendMessage,
  deleteMessage,
  answerCallbackQuery,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setWebhook,
  deleteWebhook,
  getWebhookInfo: (world, queue) => {
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
};

function chatOf(world: World, chatId: number | string): Chat | undefined {
  return world.chats.get(Number(chatId));
}
