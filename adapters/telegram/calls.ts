import { z } from 'zod';
import type { PlatformCall } from '../../src/model/index.js';

const button = z.object({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});

/** `sendMessage` as a row holds it: Telegram's own parameters, and where it goes when it cannot go there. */
const messageSchema = z.looseObject({
  text: z.string(),
  message_thread_id: z.int().optional(),
  reply_parameters: z.unknown().optional(),
  reply_markup: z.object({ inline_keyboard: z.array(z.array(button)) }).optional(),
  /** Shown to one member of the group only. */
  ephemeral_message_parameters: z.object({ receiver_user_id: z.int() }).loose().optional(),
  /** Ours, and never sent: the direct chat of the person who asked in a group, and what would be said there. */
  direct: z.object({ user_id: z.string(), text: z.string() }).optional(),
});

export type GroupMessage = z.infer<typeof messageSchema>;

/** Reads a row back; `null` for one that this adapter has not made. */
export function readMessage({ payload }: PlatformCall): GroupMessage | null {
  const parsed = messageSchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}
