import type { ConversationId, Snapshot } from '../model/index.js';
import { type Bytes, type Draft, read, readHead } from './lmdb-access.js';
import { conversations, type Path, placePath } from './lmdb-tables.js';

/** What is known of a conversation without opening its snapshot. */
export interface TalkHead {
  readonly version: number;
  /** When its idle alarm rings (epoch ms). */
  readonly ringsAt: number;
}

/** The head of a conversation, or `null`. Throws `store-damaged`. */
export function readTalkHead(db: Bytes, place: Path): TalkHead | null {
  const head = readHead(db, conversations, place);
  return head === null ? null : { version: head.readDoubleBE(0), ringsAt: head.readDoubleBE(8) };
}

/** A conversation as stored, or `null`. Throws `store-damaged`. */
export function readTalk(db: Bytes, place: Path): (TalkHead & { readonly snapshot: Snapshot }) | null {
  const head = readTalkHead(db, place);
  const snapshot = head === null ? null : read(db, conversations, place);
  return head === null || snapshot === null ? null : { ...head, snapshot };
}

/** Drafts a conversation. */
export function putTalk(
  draft: Draft,
  conversation: ConversationId,
  talk: TalkHead & { readonly snapshot: Snapshot },
): void {
  draft.put(conversations, placePath(conversation), talk.snapshot, headBytes(talk));
}

/** The head of a conversation as it stands before the snapshot. */
function headBytes({ version, ringsAt }: TalkHead): Buffer {
  const head = Buffer.alloc(16);
  head.writeDoubleBE(version, 0);
  head.writeDoubleBE(ringsAt, 8);
  return head;
}
