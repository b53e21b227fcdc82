import { ephemeralIn, refusalOfEphemeral } from './ephemeral.js';
import { tooMany } from './faults.js';
import {
  bad,
  chatOf,
  done,
  type Method,
  type MethodAnswer,
  refused,
  type Scene,
  withParams,
} from './method.js';
import { botObject, chatObject, personObject } from './objects.js';
import {
  DELETE,
  DELETE_EPHEMERAL,
  DELETE_SEVERAL,
  EDIT_BUTTONS,
  EDIT_EPHEMERAL_TEXT,
  EDIT_TEXT,
  SEND_MESSAGE,
  type SendMessage,
  type Words,
} from './parameters.js';
import { withoutReply } from './posting.js';
import { editable, readWords, refusalOfChat, refusalOfDeletion, refusalOfPlace } from './send-rules.js';
import type { Entity } from './words.js';
import { type Chat, type InlineButton, messageIn, type StoredMessage } from './world.js';

/** The chat of a call, or the answer for one the bot may not act in. */
function inChat(
  act: (scene: Scene, chat: Chat) => MethodAnswer,
  scene: Scene,
  chatId: number | string,
): MethodAnswer {
  const chat = chatOf(scene.world, chatId);
  const refusal = refusalOfChat(chat);
  return refusal !== null || chat === undefined ? refused(refusal ?? bad('')) : act(scene, chat);
}

function send(scene: Scene, chat: Chat, params: SendMessage): MethodAnswer {
  const { world } = scene;
  const { message_thread_id: threadId, reply_parameters: reply, ephemeral_message_parameters: only } = params;
  const refusal = refusalOfPlace(chat, threadId);
  if (refusal !== null) return refused(refusal);
  const replied = messageIn(chat, reply?.message_id);
  if (reply?.message_id !== undefined && replied === undefined && reply.allow_sending_without_reply !== true)
    return refused(bad('message to be replied not found'));
  const words = readWords(params);
  if (words.kind === 'refused') return refused(words.refusal);
  const isOnly = only === undefined ? null : refusalOfEphemeral(world, chat, params);
  if (isOnly !== null) return refused(isOnly);
  const wait = scene.countMessage(chat);
  if (wait !== null) return refused({ ...tooMany(wait), parameters: { retry_after: wait } });
  const ephemeral =
    only === undefined ? null : { id: world.nextEphemeralId(), userId: only.receiver_user_id };
  const messageId = ephemeral === null ? world.nextMessageId() : 0;
  const { text, marks } = words;
  const raw = {
    message_id: messageId,
    from: botObject(world),
    chat: chatObject(chat),
    date: world.date(),
    ...(threadId === undefined ? {} : { message_thread_id: threadId, is_topic_message: true }),
    ...(replied === undefined ? {} : { reply_to_message: withoutReply(replied.raw) }),
    ...(ephemeral === null
      ? {}
      : { ephemeral_message_id: ephemeral.id, receiver_user: personObject(world, ephemeral.userId) }),
    ...shown(text, marks, params),
  };
  const buttons = buttonsOf(params);
  const stored = { messageId, author: 'bot', threadId: threadId ?? null, text, marks, buttons, raw } as const;
  world.post(chat, { ...stored, ...(ephemeral === null ? {} : { ephemeral }) });
  return done(raw);
}

/** The same words and buttons as before are no edit. */
function edit(scene: Scene, chat: Chat, message: StoredMessage, words: Words): MethodAnswer {
  const read = readWords(words);
  if (read.kind === 'refused') return refused(read.refusal);
  const { text, marks } = read;
  const buttons = buttonsOf(words);
  const { entities: _, reply_markup: __, ...kept } = message.raw;
  const raw = { ...kept, edit_date: scene.world.date(), ...shown(text, marks, words) };
  const isSame =
    text === message.text &&
    JSON.stringify([marks, buttons]) === JSON.stringify([message.marks, message.buttons]);
  if (isSame)
    return refused(
      bad(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      ),
    );
  scene.world.replace(chat, message, { ...message, text, marks, buttons, raw, isEdited: true });
  return done(raw);
}

function shown(text: string, marks: readonly Entity[], words: Words): Readonly<Record<string, unknown>> {
  return {
    text,
    ...(marks.length === 0 ? {} : { entities: marks }),
    ...(words.reply_markup === undefined ? {} : { reply_markup: words.reply_markup }),
  };
}

function buttonsOf({ reply_markup: markup }: Pick<Words, 'reply_markup'>): readonly InlineButton[][] {
  return (markup?.inline_keyboard ?? []).map((row) =>
    row.map(({ text, callback_data: data, url }) => ({
      text,
      ...(data === undefined ? {} : { callback_data: data }),
      ...(url === undefined ? {} : { url }),
    })),
  );
}

const sendMessage = withParams(SEND_MESSAGE, (scene, params) =>
  inChat((_, chat) => send(scene, chat, params), scene, params.chat_id),
);

const editMessageText = withParams(EDIT_TEXT, (scene, { chat_id: chatId, message_id: id, ...words }) =>
  inChat(
    (_, chat) => {
      const found = editable(chat, id);
      return found.kind === 'refused' ? refused(found.refusal) : edit(scene, chat, found.message, words);
    },
    scene,
    chatId,
  ),
);

const editMessageReplyMarkup = withParams(EDIT_BUTTONS, (scene, { chat_id: chatId, message_id: id, ...to }) =>
  inChat(
    (_, chat) => {
      const found = editable(chat, id);
      return found.kind === 'refused'
        ? refused(found.refusal)
        : edit(scene, chat, found.message, { ...to, text: found.message.text });
    },
    scene,
    chatId,
  ),
);

const deleteMessage = withParams(DELETE, (scene, { chat_id: chatId, message_id: id }) =>
  inChat(
    ({ world }, chat) => {
      const refusal = refusalOfDeletion(world, chat, id);
      if (refusal !== null) return refused(refusal);
      world.remove(chat, id);
      return done(true);
    },
    scene,
    chatId,
  ),
);

/** Those that are not found are skipped; one that may not be deleted stops all. */
const deleteMessages = withParams(DELETE_SEVERAL, (scene, { chat_id: chatId, message_ids: ids }) =>
  inChat(
    ({ world }, chat) => {
      const there = ids.filter((id) => messageIn(chat, id) !== undefined);
      const refusal = there.map((id) => refusalOfDeletion(world, chat, id)).find((why) => why !== null);
      if (refusal !== undefined) return refused(refusal);
      for (const id of there) world.remove(chat, id);
      return done(true);
    },
    scene,
    chatId,
  ),
);

const editEphemeralMessageText = withParams(
  EDIT_EPHEMERAL_TEXT,
  (scene, { chat_id: chatId, receiver_user_id: userId, ephemeral_message_id: id, ...words }) =>
    inChat(
      (_, chat) => {
        const message = ephemeralIn(chat, userId, id);
        if (message?.author !== 'bot') return refused(bad('MESSAGE_ID_INVALID'));
        const answer = edit(scene, chat, message, words);
        return answer.ok ? done(true) : answer;
      },
      scene,
      chatId,
    ),
);

const deleteEphemeralMessage = withParams(
  DELETE_EPHEMERAL,
  (scene, { chat_id: chatId, receiver_user_id: userId, ephemeral_message_id: id }) =>
    inChat(
      ({ world }, chat) => {
        const message = ephemeralIn(chat, userId, id);
        if (message?.author !== 'bot') return refused(bad('MESSAGE_ID_INVALID'));
        world.removeEphemeral(chat, message);
        return done(true);
      },
      scene,
      chatId,
    ),
);

/** Methods about messages. */
export const MESSAGE_METHODS: Readonly<Record<string, Method>> = {
  sendMessage,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
};

/** Methods that came with messages for one member only (Bot API 10.2). */
export const EPHEMERAL_METHODS: Readonly<Record<string, Method>> = {
  editEphemeralMessageText,
  deleteEphemeralMessage,
};
