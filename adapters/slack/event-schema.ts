import { z } from 'zod';

/** Ids and time stamps go into ids of our own, so nothing else may be in them. */
const id = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/);
const ts = z.string().regex(/^\d{1,16}\.\d{1,10}$/);
const token = z.string().regex(/^[A-Za-z0-9._-]{1,120}$/);

const file = z.object({
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  subtype: z.string().nullish(),
});

const attachment = z.object({
  /** A message of somebody else that is shown along. */
  is_share: z.boolean().nullish(),
  is_msg_unfurl: z.boolean().nullish(),
  text: z.string().nullish(),
  author_name: z.string().nullish(),
});

const message = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: id,
  channel_type: z.string().optional(),
  user: id.optional(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  ts,
  thread_ts: ts.optional(),
  files: z.array(file).nullish(),
  attachments: z.array(attachment).nullish(),
});

const changed = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  channel: id,
  channel_type: z.string().optional(),
  message: message.partial({ channel: true, type: true }).extend({ edited: z.object({ ts }).optional() }),
  previous_message: z.object({ text: z.string().nullish() }).optional(),
});

const withdrawn = z.object({
  type: z.literal('message'),
  subtype: z.enum(['message_changed', 'message_deleted']),
  channel: id,
  previous_message: message
    .partial({ channel: true, type: true })
    .extend({ edited: z.object({ ts }).optional() }),
  message: z.object({ text: z.string().nullish(), edited: z.object({ ts }).optional() }).optional(),
});

const assistantStarted = z.object({
  type: z.literal('assistant_thread_started'),
  assistant_thread: z.object({ user_id: id, channel_id: id, thread_ts: ts }),
});

/** The envelope of an event; what is in it is read by its type. */
export const eventSchema = z.object({
  type: z.literal('event_callback'),
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() }),
});

export const messageSchema = message;
export const changedSchema = changed;
/** What a change or deletion says of the message before it. */
export const withdrawnSchema = withdrawn;
export const assistantStartedSchema = assistantStarted;

/** A slash command, with which nothing says when it was given. */
export const slashSchema = z.object({
  command: z.string().regex(/^\//),
  text: z.string().default(''),
  user_id: id,
  user_name: z.string().optional(),
  channel_id: id,
  trigger_id: token,
  response_url: z.url(),
});

/** A tap on a button of ours. */
export const tapSchema = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id, username: z.string().optional() }),
  channel: z.object({ id }).optional(),
  container: z.object({ channel_id: id.optional(), thread_ts: ts.optional() }).optional(),
  message: z.object({ thread_ts: ts.optional() }).optional(),
  response_url: z.url().optional(),
  actions: z
    .array(
      z.object({ action_id: z.string(), block_id: z.string(), value: z.string().optional(), action_ts: ts }),
    )
    .min(1),
});

export type SlackMessage = z.infer<typeof messageSchema>;
export type SlackTap = z.infer<typeof tapSchema>;
export type SlackCommand = z.infer<typeof slashSchema>;

/** Our own account, from `auth.test`. */
export const selfSchema = z.object({ user_id: id, user: z.string().min(1), bot_id: z.string().optional() });

/** The bot as the decoder needs it. */
export interface BotSelf {
  readonly userId: string;
  /** The bot's name, without `@`. */
  readonly handle: string;
  /** Names that count as commands behind `/lifeline`. */
  readonly commands: readonly string[];
  /** The one origin that a `response_url` may have. */
  readonly hooksOrigin: string;
}
