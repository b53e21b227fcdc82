import { z } from 'zod';
import type { CountMessage } from './rate-limits.js';
import type { UpdateQueue } from './update-queue.js';
import type { Chat, World } from './world.js';

/** An error in Telegram's own words. */
export interface Refusal {
  readonly status: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

/** An answer of the Bot API. */
export type MethodAnswer =
  | { readonly ok: true; readonly result: unknown }
  | ({ readonly ok: false } & Refusal);

/** What a method acts on. */
export interface Scene {
  readonly world: World;
  readonly queue: UpdateQueue;
  readonly countMessage: CountMessage;
  /** Aborts when the caller hangs up. */
  readonly gone: AbortSignal;
}

export type Method = (scene: Scene, params: unknown) => MethodAnswer | Promise<MethodAnswer>;

export const done = (result: unknown): MethodAnswer => ({ ok: true, result });
export const refused = (refusal: Refusal): MethodAnswer => ({ ok: false, ...refusal });
export const bad = (sentence: string): Refusal => ({
  status: 400,
  description: `Bad Request: ${sentence}`,
});
export const forbidden = (sentence: string): Refusal => ({
  status: 403,
  description: `Forbidden: ${sentence}`,
});

/** Parameters by their schema, or the answer for those that do not fit it. */
export function withParams<Params>(
  schema: z.ZodType<Params>,
  act: (scene: Scene, params: Params) => MethodAnswer | Promise<MethodAnswer>,
): Method {
  return (scene, params) => {
    const parsed = schema.safeParse(params);
    return parsed.success
      ? act(scene, parsed.data)
      : refused(bad(`wrong parameters: ${z.prettifyError(parsed.error)}`));
  };
}

/** A chat by its id, also in words. */
export function chatOf(world: World, chatId: number | string): Chat | undefined {
  return world.chats.get(Number(chatId));
}
