import type { Clock } from '../../src/model/index.js';
import { within } from '../shared/pause.js';
import type { CallApi } from './api.js';
import { membershipSchema, membershipUpdateSchema } from './update-schema.js';

/** Groups whose rights are remembered; the one asked for longest ago goes first. */
const MAX_GROUPS = 10_000;
/** Rights are asked for again after this: with a webhook the news of a change reaches one of several workers. */
const KEPT_MS = 600_000;
/** Likewise where Telegram did not say. */
const UNKNOWN_KEPT_MS = 60_000;

/** What we may do in groups, so that nobody is told that a message was deleted where we cannot. */
export interface DeletionRights {
  /**
   * Whether we may delete what others write in a group; `null` when Telegram does not say, or not in time. Never
   * rejects.
   */
  in(chat: string): Promise<boolean | null>;
  /** Takes note of an update that says what we are in a chat now; the status, or `null` for any other update. */
  note(update: unknown): string | null;
}

interface Known {
  readonly mayDelete: Promise<boolean | null>;
  until: number;
}

/** Asks `getChatMember` once a group; all who wait for the answer wait for the same one. */
export function createDeletionRights(
  api: CallApi,
  clock: Clock,
  selfId: string,
  waitMs: number,
): DeletionRights {
  const known = new Map<string, Known>();

  const keep = (chat: string, entry: Known): void => {
    known.delete(chat);
    known.set(chat, entry);
    for (const oldest of known.keys()) {
      if (known.size <= MAX_GROUPS) break;
      known.delete(oldest);
    }
  };

  const ask = async (chat: string): Promise<boolean | null> => {
    const answer = await api('getChatMember', { chat_id: chat, user_id: Number(selfId) });
    return answer.kind === 'ok' ? mayDelete(answer.result) : null;
  };

  const inTime = async (chat: string): Promise<boolean | null> => {
    let may: boolean | null = null;
    const asked = ask(chat).then((answered) => {
      may = answered;
    });
    return (await within(clock, waitMs, asked)) ? may : null;
  };

  return {
    in(chat) {
      const before = known.get(chat);
      if (before !== undefined && before.until > clock.now()) return before.mayDelete;
      const entry: Known = {
        until: clock.now() + KEPT_MS,
        mayDelete: inTime(chat).then((may) => {
          if (may === null) entry.until = clock.now() + UNKNOWN_KEPT_MS;
          return may;
        }),
      };
      keep(chat, entry);
      return entry.mayDelete;
    },
    note(update) {
      const parsed = membershipUpdateSchema.safeParse(update);
      if (!parsed.success) return null;
      const { chat, new_chat_member: member } = parsed.data.my_chat_member;
      if (chat.type === 'private') return null;
      keep(chat.id, { until: clock.now() + KEPT_MS, mayDelete: Promise.resolve(mayDelete(member)) });
      return member.status;
    },
  };
}

/** `null` for what cannot be read. The owner of a group may do everything. */
function mayDelete(member: unknown): boolean | null {
  const parsed = membershipSchema.safeParse(member);
  if (!parsed.success) return null;
  const { status, can_delete_messages: canDelete } = parsed.data;
  return status === 'creator' || (status === 'administrator' && canDelete === true);
}
