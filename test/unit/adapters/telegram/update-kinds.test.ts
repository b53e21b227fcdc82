import fc from 'fast-check';
import type { Message, Update as NewestUpdate } from 'grammy/types';
import type { Message as TelegrafMessage, Update as TelegrafUpdate } from 'telegraf/types';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../adapters/telegram/index.js';

const self = { id: '900', username: 'LifelineTestBot', commands: ['help', 'start'] };
const ann = { id: 42, is_bot: false, first_name: 'Ann' };
const chat = { id: 42, type: 'private', first_name: 'Ann' };
const message = { message_id: 7, from: ann, chat, date: 1_700_000_000 };

type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type MessageFieldOfTelegraf = KeysOf<TelegrafMessage>;
type UpdateKind = Exclude<keyof NewestUpdate | KeysOf<TelegrafUpdate>, 'update_id'>;

/**
 * Every kind of update that the two libraries know, and whether we read it. A kind that comes with a new version of
 * either does not compile until it has its line here.
 */
const KINDS: Readonly<Record<UpdateKind, 'read' | 'let be'>> = {
  message: 'read',
  edited_message: 'read',
  callback_query: 'read',
  my_chat_member: 'read',
  channel_post: 'let be',
  edited_channel_post: 'let be',
  business_connection: 'let be',
  business_message: 'let be',
  edited_business_message: 'let be',
  deleted_business_messages: 'let be',
  guest_message: 'let be',
  stopped_message_generation: 'let be',
  message_reaction: 'let be',
  message_reaction_count: 'let be',
  inline_query: 'let be',
  chosen_inline_result: 'let be',
  shipping_query: 'let be',
  pre_checkout_query: 'let be',
  purchased_paid_media: 'let be',
  poll: 'let be',
  poll_answer: 'let be',
  chat_member: 'let be',
  chat_join_request: 'let be',
  chat_boost: 'let be',
  removed_chat_boost: 'let be',
  managed_bot: 'let be',
  subscription: 'let be',
};

/**
 * Every field of a message, by what it is to us: words, something that is shown, a circumstance, or news that Telegram
 * tells. A field that comes with a new version does not compile until it stands here.
 */
const FIELDS = {
  words: ['text', 'rich_message'],
  shown: [
    ...(['photo', 'live_photo', 'video', 'video_note', 'animation', 'voice', 'audio', 'document'] as const),
    ...(['sticker', 'story', 'paid_media', 'contact', 'dice', 'game', 'poll', 'venue', 'location'] as const),
    ...(['checklist', 'invoice', 'giveaway', 'giveaway_winners'] as const),
  ],
  circumstance: [
    ...(['message_id', 'ephemeral_message_id', 'message_thread_id', 'is_topic_message', 'date'] as const),
    ...(['from', 'chat', 'sender_chat', 'receiver_user', 'via_bot', 'sender_business_bot'] as const),
    ...(['sender_boost_count', 'sender_tag', 'author_signature', 'business_connection_id'] as const),
    ...([
      'direct_messages_topic',
      'guest_query_id',
      'guest_bot_caller_chat',
      'guest_bot_caller_user',
    ] as const),
    ...(['forward_origin', 'is_automatic_forward', 'reply_to_message', 'external_reply', 'quote'] as const),
    ...(['reply_to_story', 'reply_to_checklist_task_id', 'reply_to_poll_option_id', 'edit_date'] as const),
    ...(['has_protected_content', 'is_from_offline', 'is_paid_post', 'media_group_id', 'effect_id'] as const),
    ...(['paid_star_count', 'entities', 'caption', 'caption_entities', 'show_caption_above_media'] as const),
    ...(['has_media_spoiler', 'link_preview_options', 'suggested_post_info', 'reply_markup'] as const),
  ],
  news: [
    ...(['new_chat_members', 'left_chat_member', 'chat_owner_left', 'chat_owner_changed'] as const),
    ...(['new_chat_title', 'new_chat_photo', 'delete_chat_photo', 'chat_background_set'] as const),
    ...(['group_chat_created', 'supergroup_chat_created', 'channel_chat_created'] as const),
    ...(['migrate_to_chat_id', 'migrate_from_chat_id', 'pinned_message', 'boost_added'] as const),
    ...(['message_auto_delete_timer_changed', 'write_access_allowed', 'connected_website'] as const),
    ...(['successful_payment', 'refunded_payment', 'users_shared', 'chat_shared', 'passport_data'] as const),
    ...([
      'proximity_alert_triggered',
      'checklist_tasks_done',
      'checklist_tasks_added',
      'web_app_data',
    ] as const),
    ...(['forum_topic_created', 'forum_topic_edited', 'forum_topic_closed', 'forum_topic_reopened'] as const),
    ...(['general_forum_topic_hidden', 'general_forum_topic_unhidden'] as const),
    ...(['giveaway_created', 'giveaway_completed', 'gift', 'gift_upgrade_sent', 'unique_gift'] as const),
    ...(['paid_message_price_changed', 'direct_message_price_changed', 'managed_bot_created'] as const),
    ...(['poll_option_added', 'poll_option_deleted'] as const),
    ...(['suggested_post_approved', 'suggested_post_approval_failed', 'suggested_post_declined'] as const),
    ...(['suggested_post_paid', 'suggested_post_refunded'] as const),
    ...(['community_chat_added', 'community_chat_joined', 'community_chat_removed'] as const),
    ...(['video_chat_scheduled', 'video_chat_started', 'video_chat_ended'] as const),
    ...(['video_chat_participants_invited'] as const),
  ],
} as const satisfies Readonly<Record<string, readonly (keyof Message)[]>>;

type Role = keyof typeof FIELDS;
type Missing = Exclude<keyof Message | MessageFieldOfTelegraf, (typeof FIELDS)[Role][number]>;
/** Names what is missing when it does not compile. */
const isComplete: [Missing] extends [never] ? true : Missing = true;

const samples: Readonly<Record<string, unknown>> = {
  text: 'no mail',
  rich_message: { blocks: [{ type: 'paragraph', text: ['no ', { type: 'bold', text: 'mail' }] }] },
  contact: { phone_number: '+491', first_name: 'Ann' },
  ...message,
};

describe('every kind of update', () => {
  it.each(Object.entries(KINDS))('%s is %s', (kind, what) => {
    const content = {
      ...{ ...message, text: 'no mail', id: '1', data: '1.0.mac', message },
      new_chat_member: { status: 'member' },
    };
    const decoded = decode({ update_id: 1, [kind]: content }, self);
    expect(decoded.kind).toBe(what === 'read' ? 'message' : 'unsupported');
    if (decoded.kind === 'unsupported') expect(decoded.why).toBe('update-type');
  });

  it('of any form makes a message or a reason', () => {
    const kinds = fc.constantFrom(...Object.keys(KINDS));
    fc.assert(
      fc.property(kinds, fc.jsonValue({ maxDepth: 5 }), fc.jsonValue(), (kind, content, more) => {
        const inside = typeof content === 'object' ? { ...message, ...content, further: more } : content;
        expect(['message', 'unsupported']).toContain(decode({ update_id: 1, [kind]: inside }, self).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its words when what is beside them is damaged', () => {
    const needed = ['message_id', 'from', 'chat', 'sender_chat', 'text'];
    const beside = Object.values<readonly string[]>(FIELDS)
      .flat()
      .filter((field) => !needed.includes(field));
    fc.assert(
      fc.property(fc.constantFrom(...beside), fc.jsonValue(), (field, value) => {
        const decoded = decode(
          { update_id: 1, message: { ...message, text: 'no mail', [field]: value } },
          self,
        );
        expect(decoded).toMatchObject({ kind: 'message', message: { content: { text: 'no mail' } } });
      }),
      { numRuns: 500 },
    );
  });
});

describe('every field of a message', () => {
  const alone = (field: string) =>
    decode({ update_id: 1, message: { ...message, [field]: samples[field] ?? { value: 1 } } }, self);

  it('is known', () => {
    expect(isComplete).toBe(true);
  });

  it.each(FIELDS.words)('%s is read', (field) => {
    expect(alone(field)).toMatchObject({ message: { content: { kind: 'text', text: 'no mail' } } });
  });

  it.each(FIELDS.shown)('%s is answered', (field) => {
    const kind = field === 'contact' ? 'contact' : 'media';
    expect(alone(field)).toMatchObject({ message: { content: { kind } } });
  });

  it.each([...FIELDS.circumstance, ...FIELDS.news])('%s alone is let be', (field) => {
    expect(alone(field).kind).toBe('unsupported');
  });
});

describe('words inside of something', () => {
  it.each([
    ['a poll', { poll: { question: 'my phrase?', options: [{ text: 'abandon' }, { text: 'about' }] } }],
    ['a checklist', { checklist: { title: 'my phrase?', tasks: [{ text: 'abandon' }, { text: 'about' }] } }],
  ])('are read like those below a picture: %s', (_what, content) => {
    const decoded = decode({ update_id: 1, message: { ...message, ...content } }, self);
    expect(decoded).toMatchObject({ message: { content: { caption: 'my phrase?\nabandon\nabout' } } });
    const edited = decode({ update_id: 1, edited_message: { ...message, ...content } }, self);
    expect(edited).toMatchObject({ message: { content: { text: 'my phrase?\nabandon\nabout' } } });
  });

  it('of a rich message are its text, with the links below them', () => {
    const rich_message = {
      blocks: [
        { type: 'heading', text: 'Reset', size: 1 },
        {
          type: 'list',
          items: [
            {
              blocks: [
                {
                  type: 'paragraph',
                  text: ['see ', { type: 'url', text: 'here', url: 'https://a.example' }],
                },
              ],
            },
          ],
        },
        { type: 'divider' },
      ],
    };
    expect(decode({ update_id: 1, message: { ...message, rich_message } }, self)).toMatchObject({
      message: { content: { kind: 'text', text: 'Reset\nsee here', hiddenLinks: ['https://a.example'] } },
    });
  });

  it('are read to some depth only', () => {
    const deep = JSON.parse(`${'{"text":['.repeat(5_000)}"x"${']}'.repeat(5_000)}`) as unknown;
    const decoded = decode({ update_id: 1, message: { ...message, rich_message: deep } }, self);
    expect(decoded).toMatchObject({ message: { content: { text: '' } } });
  });
});
