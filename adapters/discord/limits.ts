import type { Capabilities, SendRates } from '../../src/model/index.js';

/** Longest text of a message in UTF-16 units, Markdown escapes included (Discord, Create Message: 2000 characters). */
export const MAX_TEXT_CHARS = 2000;
/** Longest label of a button (Discord, Button Object: 80 characters). */
export const MAX_LABEL_CHARS = 80;
/** Longest label of an option of a select menu (Discord, Select Option: 100 characters). */
export const MAX_OPTION_LABEL_CHARS = 100;
/** Longest `custom_id` and option value (Discord, Component Reference: 1–100 characters). */
export const MAX_CUSTOM_ID_CHARS = 100;
/** Most rows of components below a message, and most buttons in one (Discord, Action Row). */
export const MAX_ROWS = 5;
/** See {@link MAX_ROWS}. */
export const BUTTONS_PER_ROW = 5;
/** Up to as many choices are buttons, which show at a glance; more are a select menu. */
export const MAX_CHOICE_BUTTONS = 5;
/** Most options of a select menu (Discord, Select Menu Object: 25). */
export const MAX_OPTIONS = 25;
/** Longest description of a slash command (Discord, Application Command Object: 1–100 characters). */
export const MAX_COMMAND_DESCRIPTION_CHARS = 100;
/** Most messages of one `GET /channels/:id/messages` (Discord, Get Channel Messages: 1–100). */
export const MESSAGES_PER_PAGE = 100;

/** How often the client looks for queues of calls that are empty; it has one for each channel it ever called. */
export const CALL_QUEUES_KEPT_MS = 5 * 60_000;

/** How long the token of an interaction is worth anything (Discord, Receiving and Responding: 15 minutes). */
export const INTERACTION_TTL_MS = 15 * 60_000;
/** A token that lapses within this is not used any more. */
export const INTERACTION_MARGIN_MS = 10_000;
/** How long the same nonce surely gives the message that is there already ("the past few minutes", Create Message). */
export const NONCE_WINDOW_MS = 2 * 60_000;

/** Channels whose last message is remembered for catching up; the least recent are forgotten. */
export const REMEMBERED_CHANNELS = 500;
/** Messages older than this are not caught up: the conversations they belong to have ended. */
export const CATCH_UP_MS = 24 * 3_600_000;
/** Most pages that are caught up in one channel; what is older than the newest of them is read first. */
export const CATCH_UP_PAGES = 10;
/** Channels that are caught up at the same time. */
export const CATCH_UP_LANES = 8;

/**
 * `GUILD_MESSAGES` and `DIRECT_MESSAGES`. Without the privileged intent only direct messages and messages that mention
 * us carry their words.
 */
export const INTENTS = (1 << 9) | (1 << 12);
/** `MESSAGE_CONTENT`, which is privileged: the words of everything that is written where we are. */
export const CONTENT_INTENT = 1 << 15;

/** `SUPPRESS_EMBEDS`, on every message: no link shows a preview. */
export const SUPPRESS_EMBEDS = 1 << 2;
/** `EPHEMERAL`: only the person who tapped or gave the command sees it. */
export const EPHEMERAL = 1 << 6;

/**
 * What Discord allows. A person's message can be deleted in a server with Manage Messages, which is not looked up, and
 * never in a direct message (error 50003).
 */
export const DISCORD_CAPABILITIES: Capabilities = {
  deletesIn: { direct: false, public: true },
  maxTextChars: MAX_TEXT_CHARS,
  maxLabelChars: MAX_LABEL_CHARS,
};

/**
 * How fast Discord takes calls: 50 a second in all (Rate Limits, Global Rate Limit), about 5 messages in 5 s a channel.
 */
export const DISCORD_RATES: SendRates = {
  platform: { perSecond: 50, burst: 50 },
  direct: { perSecond: 1, burst: 5 },
  public: { perSecond: 1, burst: 5 },
};

/** How long things may take, in milliseconds. */
export interface Timing {
  /** Until a call counts as lost. */
  readonly requestMs: number;
  /** Until the first answer to an interaction counts as lost; Discord gives 3 s from the tap. */
  readonly deferMs: number;
  /** Until the gateway counts as silent at the start: its greeting, and its first event. */
  readonly greetingMs: number;
  /** How long `stop` waits for the updates in hand. */
  readonly stopMs: number;
  /** How often what was taken in is written down. */
  readonly saveEveryMs: number;
}

export const DEFAULT_TIMING: Timing = {
  requestMs: 15_000,
  deferMs: 2_500,
  greetingMs: 15_000,
  stopMs: 10_000,
  saveEveryMs: 1_000,
};
