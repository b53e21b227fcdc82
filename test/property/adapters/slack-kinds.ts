import type {
  DialogSubmitAction,
  SlackAction,
  SlackOptions,
  SlackShortcut,
  types,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';

/** What becomes of it: it is read, or acknowledged and left alone. */
type Fate = 'read' | 'left alone';

/** Every event that Slack's types know; a new one does not compile until it stands here. */
export const EVENTS = {
  agent_session_stopped: 'left alone',
  agent_session_title_changed: 'left alone',
  app_context_changed: 'left alone',
  app_deleted: 'left alone',
  app_home_opened: 'left alone',
  app_installed: 'left alone',
  app_mention: 'read',
  app_rate_limited: 'left alone',
  app_requested: 'left alone',
  app_uninstalled: 'left alone',
  app_uninstalled_team: 'left alone',
  assistant_thread_context_changed: 'left alone',
  assistant_thread_started: 'read',
  call_rejected: 'left alone',
  channel_archive: 'left alone',
  channel_created: 'left alone',
  channel_deleted: 'left alone',
  channel_history_changed: 'left alone',
  channel_id_changed: 'left alone',
  channel_left: 'left alone',
  channel_rename: 'left alone',
  channel_shared: 'left alone',
  channel_unarchive: 'left alone',
  channel_unshared: 'left alone',
  dnd_updated: 'left alone',
  dnd_updated_user: 'left alone',
  email_domain_changed: 'left alone',
  emoji_changed: 'left alone',
  entity_details_requested: 'left alone',
  file_change: 'left alone',
  file_comment_deleted: 'left alone',
  file_created: 'left alone',
  file_deleted: 'left alone',
  file_public: 'left alone',
  file_shared: 'left alone',
  file_unshared: 'left alone',
  function_executed: 'left alone',
  grid_migration_finished: 'left alone',
  grid_migration_started: 'left alone',
  group_archive: 'left alone',
  group_close: 'left alone',
  group_deleted: 'left alone',
  group_history_changed: 'left alone',
  group_left: 'left alone',
  group_open: 'left alone',
  group_rename: 'left alone',
  group_unarchive: 'left alone',
  im_close: 'left alone',
  im_created: 'left alone',
  im_history_changed: 'left alone',
  im_open: 'left alone',
  invite_requested: 'left alone',
  link_shared: 'left alone',
  member_joined_channel: 'left alone',
  member_left_channel: 'left alone',
  message: 'read',
  message_metadata_deleted: 'left alone',
  message_metadata_posted: 'left alone',
  message_metadata_updated: 'left alone',
  pin_added: 'left alone',
  pin_removed: 'left alone',
  reaction_added: 'left alone',
  reaction_removed: 'left alone',
  shared_channel_invite_accepted: 'left alone',
  shared_channel_invite_approved: 'left alone',
  shared_channel_invite_declined: 'left alone',
  shared_channel_invite_received: 'left alone',
  shared_channel_invite_requested: 'left alone',
  star_added: 'left alone',
  star_removed: 'left alone',
  subteam_created: 'left alone',
  subteam_members_changed: 'left alone',
  subteam_self_added: 'left alone',
  subteam_self_removed: 'left alone',
  subteam_updated: 'left alone',
  team_access_granted: 'left alone',
  team_access_revoked: 'left alone',
  team_domain_change: 'left alone',
  team_join: 'left alone',
  team_rename: 'left alone',
  tokens_revoked: 'left alone',
  user_change: 'left alone',
  user_huddle_changed: 'left alone',
  user_profile_changed: 'left alone',
  user_status_changed: 'left alone',
  workflow_deleted: 'left alone',
  workflow_published: 'left alone',
  workflow_step_deleted: 'left alone',
  workflow_step_execute: 'left alone',
  workflow_unpublished: 'left alone',
} as const satisfies Record<types.SlackEvent['type'], Fate>;

/** Every subtype of a message. */
export const SUBTYPES = {
  bot_message: 'left alone',
  channel_archive: 'left alone',
  channel_join: 'left alone',
  channel_leave: 'left alone',
  channel_name: 'left alone',
  channel_posting_permissions: 'left alone',
  channel_purpose: 'left alone',
  channel_topic: 'left alone',
  channel_unarchive: 'left alone',
  ekm_access_denied: 'left alone',
  file_share: 'read',
  me_message: 'read',
  message_changed: 'read',
  message_deleted: 'left alone',
  message_replied: 'left alone',
  thread_broadcast: 'read',
} as const satisfies Record<Subtype, Fate>;
type Subtype = NonNullable<Extract<types.SlackEvent, { readonly type: 'message' }>['subtype']>;

/** Every payload that people cause in other ways. */
export const INTERACTIONS = {
  block_actions: 'read',
  block_suggestion: 'left alone',
  dialog_submission: 'left alone',
  dialog_suggestion: 'left alone',
  interactive_message: 'left alone',
  message_action: 'left alone',
  shortcut: 'left alone',
  view_closed: 'left alone',
  view_submission: 'left alone',
} as const satisfies Record<Interaction, Fate>;
type Interaction = (
  | SlackAction
  | SlackOptions
  | SlackShortcut
  | ViewClosedAction
  | ViewSubmitAction
  | DialogSubmitAction
)['type'];

const message = {
  type: 'message',
  channel: 'D0ANN00001',
  channel_type: 'im',
  user: 'U0ANN00001',
  text: 'I forgot my &lt;password&gt; <https://evil.example|wallet.example>',
  ts: '1772355600.000100',
  event_ts: '1772355600.000100',
  team: 'T0TEAM0001',
};

/** A message in a direct chat. */
export const BARE_MESSAGE = message;

const event = (content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  type: 'event_callback',
  event_id: 'Ev1',
  team_id: 'T0TEAM0001',
  event: content,
});

/** Payloads as Slack sends them. */
export const VALID_PAYLOADS: readonly unknown[] = [
  event(message),
  event({
    ...message,
    type: 'app_mention',
    channel: 'C0TALK0001',
    text: '<@U0BOT> hello <#C0TALK0001|talk> <!here>',
    thread_ts: '1772355500.000100',
    files: [{ id: 'F1', name: 'a.png', title: 'A', mimetype: 'image/png' }],
    attachments: [{ is_share: true, text: 'shared', author_name: 'Bob' }],
  }),
  event({
    ...message,
    subtype: 'message_changed',
    message: { ...message, text: 'changed', edited: { user: 'U0ANN00001', ts: '1772355700.000100' } },
    previous_message: message,
  }),
  event({
    type: 'assistant_thread_started',
    assistant_thread: {
      user_id: 'U0ANN00001',
      channel_id: 'D0ANN00001',
      thread_ts: '1772355600.000100',
      context: {},
    },
    event_ts: '1772355600.000100',
  }),
  {
    type: 'block_actions',
    user: { id: 'U0ANN00001', username: 'ann' },
    container: { type: 'message', message_ts: '1772355600.000100', channel_id: 'D0ANN00001' },
    channel: { id: 'D0ANN00001', name: 'directmessage' },
    message: { ts: '1772355600.000100', thread_ts: '1772355500.000100' },
    response_url: 'https://hooks.slack.com/actions/T0/1/made-up',
    trigger_id: '1.2.abc',
    actions: [
      {
        type: 'button',
        action_id: 'a.0',
        block_id: 'C0TALK0001/1772355500.000100#0',
        value: '1.0.AbCdEfGhIj',
        action_ts: '1772355600.000100',
      },
    ],
  },
  {
    command: '/lifeline',
    text: 'mail',
    user_id: 'U0ANN00001',
    channel_id: 'C0TALK0001',
    trigger_id: '1.2.abc',
    response_url: 'https://hooks.slack.com/commands/T0/1/made-up',
  },
];
