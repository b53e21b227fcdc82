import type { Group } from './group.js';
import { chatObject, TELEGRAM } from './objects.js';
import { postInto } from './posting.js';
import type { UpdateQueue } from './update-queue.js';
import type { Chat, World } from './world.js';

/** A channel, whose posts go on into its discussion group once it has one. */
export class Channel {
  readonly chat: Chat;
  private readonly world: World;
  private readonly queue: UpdateQueue;
  private discussion: Group | null = null;

  constructor(world: World, queue: UpdateQueue, chat: Chat) {
    this.world = world;
    this.queue = queue;
    this.chat = chat;
  }

  get id(): number {
    return this.chat.id;
  }

  isDiscussedIn(group: Group): void {
    this.discussion = group;
  }

  /** Posts a text; returns the id it has in the discussion group, or in the channel when there is none. */
  posts(text: string): number {
    const channel = chatObject(this.chat);
    const sender = { sender_chat: channel };
    const postId = postInto(this.world, this.queue, this.chat, { author: this.id, sender, words: text });
    if (this.discussion === null) return postId;
    const origin = { type: 'channel', chat: channel, message_id: postId, date: this.world.date() };
    return postInto(this.world, this.queue, this.discussion.chat, {
      author: this.id,
      sender: { from: TELEGRAM, sender_chat: channel },
      words: text,
      content: { is_automatic_forward: true, forward_origin: origin },
    });
  }
}
