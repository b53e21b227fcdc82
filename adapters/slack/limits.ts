import type { Capabilities, SendRates } from '../../src/model/index.js';

/** Longest text of a section block in UTF-16 units, after escaping (docs.slack.dev, section block: 1–3000). */
export const MAX_SECTION_CHARS = 3000;
/** Longest label of a button in UTF-16 units (button element: 75). */
export const MAX_LABEL_CHARS = 75;
/** Longest value of a button in UTF-16 units (button element: 2000). */
export const MAX_VALUE_CHARS = 2000;
/** Most elements of one actions block (actions block: 25). */
export const MAX_BUTTONS_PER_BLOCK = 25;
/** Most blocks of one message (Block Kit: 50). */
export const MAX_BLOCKS = 50;
/** Largest HTTP body we read. Events are far smaller; anything larger is not Slack's. */
export const MAX_BODY_BYTES = 256 * 1024;
/** How old a signed request may be in seconds (docs.slack.dev, verifying requests: five minutes). */
export const MAX_SIGNATURE_AGE_S = 300;
/**
 * For how long what a person took back is still looked at, in milliseconds: well within the time for which it is known
 * what was read already.
 */
export const WITHDRAWN_MS = 24 * 3_600_000;
/** Slack repeats an event for six minutes (0, 1 and 5 minutes after); what it could not bring for longer is read. */
export const REDELIVERED_MS = 4 * 60_000;
/** A message that is not handled after this is repeated by Slack no more, so that it is no more in hand anywhere. */
export const IN_HAND_MS = 10 * 60_000;
/** Messages older than this are not caught up: the conversations they belong to have ended. */
export const CATCH_UP_MS = 24 * 3_600_000;
/** Direct talks whose last message is remembered for catching up; the least recent are forgotten. */
export const REMEMBERED_TALKS = 500;
/** Most pages that are caught up in one talk, messages of one page, and tries of one page. */
export const CATCH_UP_PAGES = 10;
export const MESSAGES_PER_PAGE = 100;
export const CATCH_UP_TRIES = 5;
/** How long a `response_url` works, in milliseconds (docs.slack.dev, handling user interaction: 30 minutes). */
export const RESPONSE_URL_MS = 30 * 60_000;

/**
 * What Slack allows. A bot's token never deletes a person's message, wherever it stands. Labels and texts are counted
 * before escaping; what grows too long by it is split or shortened.
 */
export const SLACK_CAPABILITIES: Capabilities = {
  deletesIn: { direct: false, public: false },
  maxTextChars: MAX_SECTION_CHARS,
  maxLabelChars: MAX_LABEL_CHARS,
};

/**
 * How fast Slack takes messages (docs.slack.dev, rate limits): one a second into a channel with short bursts, and
 * "several hundred messages a minute" in a workspace, taken as 300.
 */
export const SLACK_RATES: SendRates = {
  platform: { perSecond: 5, burst: 50 },
  direct: { perSecond: 1, burst: 5 },
  public: { perSecond: 1, burst: 5 },
};

/** How long things may take, in milliseconds. */
export interface Timing {
  /** Until an ordinary call counts as lost. */
  readonly requestMs: number;
  /** How long a message may wait for its person's locale, which is only a hint. */
  readonly localeMs: number;
  /** When a tap or command is acknowledged although its commit is still under way; Slack gives up after 3 s. */
  readonly ackMs: number;
  /** Until Slack must have said hello on a socket. */
  readonly helloMs: number;
  /** Until a pong of the socket counts as missing. */
  readonly pongMs: number;
  /** How often it is noted that Slack is heard. */
  readonly heardMs: number;
  /** How often what was handled is written down. */
  readonly saveMs: number;
  /** How long `stop` waits for the updates in hand. */
  readonly stopMs: number;
}

export const DEFAULT_TIMING: Timing = {
  requestMs: 15_000,
  localeMs: 1_500,
  ackMs: 2_000,
  helloMs: 30_000,
  pongMs: 5_000,
  heardMs: 60_000,
  saveMs: 1_000,
  stopMs: 10_000,
};
