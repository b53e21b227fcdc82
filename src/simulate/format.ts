import { z } from 'zod';
import { GLOBAL_WORDS, PLATFORMS } from '../model/index.js';

const list = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);
const place = { in: z.literal('group').optional() };

/** What the person does in one turn; exactly one of these forms. */
const USER_SCHEMA = z.union([
  z.strictObject({ means: z.string(), ...place }),
  z.strictObject({ text: z.string(), ...place }),
  z.strictObject({ picks: z.string(), ...place }),
  z.strictObject({ types: z.string(), ...place }),
  z.strictObject({ word: z.enum(GLOBAL_WORDS), ...place }),
  z.strictObject({
    gives: z.union([
      z.strictObject({ official: z.enum(['mail', 'link', 'handle']) }),
      z.strictObject({ text: z.string() }),
    ]),
    ...place,
  }),
  z.strictObject({ 'wont-open': z.string(), ...place }),
  z.strictObject({
    pastes: z.literal('made-up-mnemonic'),
    with: z.string().optional(),
    split: z.int().min(1).max(6).optional(),
    ...place,
  }),
  z.strictObject({
    sends: z.enum(['photo', 'sticker', 'voice', 'video', 'document', 'location', 'contact']),
    ...place,
  }),
  z.strictObject({ edits: z.string(), ...place }),
  z.strictObject({ start: z.string(), ...place }),
  z.strictObject({ command: z.string().regex(/^[a-z]+$/, 'must be a command such as help'), ...place }),
  z.strictObject({ blocks: z.boolean(), ...place }),
]);

/** What the bot must have done since the person's last turn. */
const BOT_SCHEMA = z.strictObject({
  says: list(z.string()).optional(),
  offers: z.array(z.string()).optional(),
  links: z.array(z.string()).optional(),
  removes: z.literal('where-allowed').optional(),
  silent: z.literal(true).optional(),
});

/** A simulated conversation file. */
export const CONVERSATION_SCHEMA = z.strictObject({
  conversation: z.string().min(1),
  note: z.string().optional(),
  flows: z.array(z.string()).optional(),
  run: z
    .strictObject({
      locales: z.union([z.literal('all'), z.array(z.string()).min(1)]).default('all'),
      platforms: z.union([z.literal('all'), z.array(z.enum(PLATFORMS)).min(1)]).default('all'),
      clock: z.string().default('2026-03-01T09:00Z'),
      /** `plain`: not played once more where the wallet's site takes part. */
      hand_offs: z.enum(['both', 'plain']).default('both'),
    })
    .default({ locales: 'all', platforms: 'all', clock: '2026-03-01T09:00Z', hand_offs: 'both' }),
  turns: z
    .array(
      z.union([
        z.strictObject({ user: USER_SCHEMA }),
        z.strictObject({ bot: BOT_SCHEMA }),
        z.strictObject({ later: z.string().regex(/^[0-9]+[smhd]$/, 'must be a time such as 11m') }),
        z.strictObject({ redeliver: z.literal('last') }),
        z.strictObject({ page: z.strictObject({ opens: z.string() }) }),
      ]),
    )
    .min(1),
  end: z
    .strictObject({
      at: z.string().optional(),
      links: z.array(z.string()).optional(),
      never: z
        .strictObject({ stored: z.literal('secret').optional(), logged: z.literal('secret').optional() })
        .optional(),
    })
    .optional(),
});

export type SimulatedConversation = z.infer<typeof CONVERSATION_SCHEMA>;
export type UserTurn = z.infer<typeof USER_SCHEMA>;
export type BotTurn = z.infer<typeof BOT_SCHEMA>;
