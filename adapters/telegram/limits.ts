import type { Capabilities, SendRates } from '../../src/model/index.js';

/** Longest text of a message in UTF-16 units (Bot API, sendMessage: 1–4096 characters after entities parsing). */
export const MAX_TEXT_CHARS = 4096;
/** Longest `callback_data` in UTF-8 bytes (Bot API, InlineKeyboardButton: 1–64 bytes). */
export const MAX_CALLBACK_BYTES = 64;
/** Most buttons of a message (written nowhere; more are refused as "reply markup is too long"). */
export const MAX_BUTTONS = 100;
/** Largest keyboard of a message as JSON, in UTF-8 bytes: a little less than the 10 kB that are refused so too. */
export const MAX_KEYBOARD_BYTES = 9_500;
/** Longest text of a tap's answer in UTF-16 units (Bot API, answerCallbackQuery: 0–200 characters). */
export const MAX_TAP_ANSWER_CHARS = 200;
/** Most commands of one scope and language (Bot API, setMyCommands). */
export const MAX_COMMANDS = 100;
/** Longest description of a command in UTF-16 units (Bot API, BotCommand: 1–256 characters). */
export const MAX_COMMAND_DESCRIPTION_CHARS = 256;
/** Most updates of one `getUpdates` (Bot API: 1–100). */
export const UPDATES_PER_BATCH = 100;
/** Largest webhook body we read. Updates are far smaller; anything larger is not Telegram's. */
export const MAX_WEBHOOK_BODY_BYTES = 256 * 1024;
/**
 * Chats whose updates are in hand at the same time, when polling (those set aside do not count) and as the webhook's
 * `max_connections`.
 */
export const CONCURRENT_CHATS = 16;

/** The updates we ask for, said in every `getUpdates` and `setWebhook`: without the list the last one set stays. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** How long after it was written a message can be deleted (Bot API, deleteMessage: 48 hours). */
export const DELETABLE_MS = 48 * 3_600_000;

/**
 * What Telegram allows. A person's message can be deleted in a direct chat, and in a group by an administrator with
 * that right; where we are known not to have it, the message comes without its reference (`deletion-rights.ts`). Labels
 * have no documented limit: 40 fits one row of a phone.
 */
export const TELEGRAM_CAPABILITIES: Capabilities = {
  deletesIn: { direct: true, public: true },
  maxTextChars: MAX_TEXT_CHARS,
  maxLabelChars: 40,
};

/**
 * How fast Telegram takes messages (core.telegram.org/bots/faq, "My bot is hitting limits"): about 30 in a second in
 * all, one a second into a chat with short bursts, 20 in a minute into a group. A burst is a part of that: with what
 * comes after it within the second or the minute, it stays below.
 */
export const TELEGRAM_RATES: SendRates = {
  platform: { perSecond: 25, burst: 5 },
  direct: { perSecond: 1, burst: 4 },
  public: { perSecond: 14 / 60, burst: 5 },
};

/** How long things may take, in milliseconds unless named otherwise. */
export interface Timing {
  /** Until an ordinary call counts as lost. */
  readonly requestMs: number;
  /** How long Telegram may hold an empty `getUpdates` open, in seconds; our own time-out is this plus `requestMs`. */
  readonly pollSeconds: number;
  /** How long a message in a group waits for the answer to what we may do there. */
  readonly rightsMs: number;
  /** How long polled updates may take before others are taken in around them. */
  readonly patienceMs: number;
  /** How long a pushed update may take before Telegram is told to push it again. */
  readonly answerMs: number;
  /** How long `stop` waits for the updates in hand. */
  readonly stopMs: number;
}

export const DEFAULT_TIMING: Timing = {
  requestMs: 15_000,
  pollSeconds: 30,
  rightsMs: 1_500,
  patienceMs: 2_000,
  answerMs: 20_000,
  stopMs: 10_000,
};
