import { botMember, chatObject, memberObject, personObject } from './objects.js';
import { postInto } from './posting.js';
import type { UpdateQueue } from './update-queue.js';
import { type Chat, isIn, NO_RIGHTS, type Rights, type Status, type World } from './world.js';

interface Person {
  readonly id: number;
}

/** Whoever made the group. */
const OWNER: Person = { id: 1 };

/** A group or supergroup, with or without topics. The bot is not in it until it is added. */
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
  addBot(by: Person, as: 'member' | 'administrator' = 'member'): void {
    this.setBot(by, as, { canDelete: as === 'administrator' });
  }

  /** Makes the bot an administrator with these rights, or one with others. */
  promotesBot(by: Person, rights: Partial<Rights> = {}): void {
    this.setBot(by, 'administrator', rights);
  }

  demotesBot(by: Person): void {
    this.setBot(by, 'member');
  }

  removeBot(by: Person): void {
    this.setBot(by, 'kicked');
  }

  /** Makes a person an administrator; bots that are one too and asked for it are told. */
  promotes(person: Person, rights: Partial<Rights> = {}): void {
    this.setMember(person, 'administrator', rights);
  }

  demotes(person: Person): void {
    this.setMember(person, 'member');
  }

  removes(person: Person): void {
    this.setMember(person, 'kicked');
  }

  /** A person comes or goes, and Telegram tells the group. */
  lets(person: Person, how: 'join' | 'leave'): void {
    const user = personObject(this.world, person.id);
    this.setMember(person, how === 'join' ? 'member' : 'left');
    this.tells(person, how === 'join' ? { new_chat_members: [user] } : { left_chat_member: user });
  }

  /** Opens a topic; returns its thread id. Throws for a group without topics. */
  openTopic(name = 'Help'): number {
    if (!this.chat.isForum) throw new Error('this group has no topics');
    const topic = { name, icon_color: 7_322_096 };
    const threadId = this.tells(OWNER, { forum_topic_created: topic });
    this.chat.topics.set(threadId, { name, isClosed: false });
    return threadId;
  }

  closesTopic(threadId: number): void {
    this.setClosed(threadId, true);
  }

  reopensTopic(threadId: number): void {
    this.setClosed(threadId, false);
  }

  /** A deleted topic is gone with all that was written in it. */
  deletesTopic(threadId: number): void {
    this.chat.topics.delete(threadId);
    this.chat.messages = this.chat.messages.filter((message) => message.threadId !== threadId);
    this.world.changed();
  }

  closesGeneral(): void {
    this.chat.isGeneralClosed = true;
  }

  /** From now on only administrators may write. */
  mutes(): void {
    this.chat.isMuted = true;
  }

  /** A basic group becomes a supergroup: a chat with another id, to which everybody moves. */
  migrates(): Group {
    const { title, botStatus, botRights, members } = this.chat;
    const id = -1_002_000_000_000 + this.chat.id;
    const chat = this.world.addChat({ id, type: 'supergroup', title, botStatus });
    chat.botRights = botRights;
    for (const [userId, member] of members) chat.members.set(userId, member);
    this.tells(OWNER, { migrate_to_chat_id: id });
    this.chat.migratedTo = id;
    const group = new Group(this.world, this.queue, chat);
    group.tells(OWNER, { migrate_from_chat_id: this.id });
    return group;
  }

  /** Telegram tells what somebody did; returns the message id. */
  private tells(by: Person, content: Readonly<Record<string, unknown>>, topic?: number): number {
    return postInto(this.world, this.queue, this.chat, {
      ...{ author: 'service', sender: { from: personObject(this.world, by.id) }, content },
      ...(topic === undefined ? {} : { topic }),
    });
  }

  private setClosed(threadId: number, isClosed: boolean): void {
    const topic = this.chat.topics.get(threadId);
    if (topic === undefined) throw new Error('no such topic');
    topic.isClosed = isClosed;
    this.tells(OWNER, isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }, threadId);
  }

  private setBot(by: Person, status: Chat['botStatus'], rights: Partial<Rights> = {}): void {
    const before = botMember(this.world, this.chat);
    this.chat.botStatus = status;
    this.chat.botRights = { ...NO_RIGHTS, ...rights };
    this.queue.add('my_chat_member', this.chat.id, {
      chat: chatObject(this.chat),
      from: personObject(this.world, by.id),
      date: this.world.date(),
      old_chat_member: before,
      new_chat_member: botMember(this.world, this.chat),
    });
    this.world.changed();
  }

  private setMember(person: Person, status: Status, rights: Partial<Rights> = {}): void {
    const user = personObject(this.world, person.id);
    const old = this.chat.members.get(person.id) ?? { status: 'left', rights: NO_RIGHTS };
    const member = { status, rights: { ...NO_RIGHTS, ...rights } };
    this.chat.members.set(person.id, member);
    if (!isIn(this.chat) || this.chat.botStatus !== 'administrator') return;
    this.queue.add('chat_member', this.chat.id, {
      chat: chatObject(this.chat),
      from: user,
      date: this.world.date(),
      old_chat_member: memberObject(user, old.status, old.rights),
      new_chat_member: memberObject(user, member.status, member.rights),
    });
  }
}
