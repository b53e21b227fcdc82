import type { UpdateQueue } from './update-queue.js';
import type { Chat, World } from './world.js';

/** A supergroup, with or without topics. The bot is not in it until it is added. */
export class Group {
  readonly chat: Chat;
  private readonly world: World;
  private readonly queue: UpdateQueue;

  constructor(world: World, queue: UpdateQueue, chat: Chat) {
    this.world = world;
    this.queue = queue;
    this.chat = chat;
  }

  get id(): number {
    return this.chat.id;
  }

  /** Adds the bot, as an administrator that may delete messages if so wished. */
  addBot(by: { readonly id: number }, as: 'member' | 'administrator' = 'member'): void {
    this.setBot(by, as);
  }

  removeBot(by: { readonly id: number }): void {
    this.setBot(by, 'kicked');
  }

  /** Opens a topic; returns its thread id. Throws for a group without topics. */
  openTopic(): number {
    if (!this.chat.isForum) throw new Error('this group has no topics');
    const threadId = this.world.nextMessageId();
    this.chat.topics.add(threadId);
    return threadId;
  }

  private setBot(by: { readonly id: number }, status: Chat['botStatus']): void {
    const before = this.chat.botStatus;
    this.chat.botStatus = status;
    const user = this.world.botObject();
    this.queue.add('my_chat_member', this.chat.id, {
      chat: this.world.chatObject(this.chat),
      from: { id: by.id, is_bot: false, first_name: 'Somebody' },
      date: Math.floor(this.world.now() / 1000),
      old_chat_member: { user, status: before === 'absent' ? 'left' : before },
      new_chat_member: { user, status },
    });
  }
}
