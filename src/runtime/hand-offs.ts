import {
  type Challenge,
  type Commit,
  type ConversationId,
  IDLE_TTL_MS,
  type InboundContent,
  LifelineError,
  type NewRow,
  type Store,
} from '../model/index.js';
import { tokenMark } from './hand-off.js';
import { pointerName } from './pointers.js';
import { RETURN_PREFIX } from './read-content.js';

/** How long a session code is known: as long as a chat goes on without a word. */
const SESSION_MS = IDLE_TTL_MS;

/** So long after the deadline the page may tell what became of what was matched: a reset takes its time. */
const RESULT_MS = 2 * 3_600_000;

/** Signs the token that stands in the link of a challenge. */
export type SignToken = (challenge: Challenge) => Promise<string>;

/** Whose hand-off a way back from the page belongs to. */
export interface ReturnOwner {
  readonly conversation: ConversationId;
  readonly nonce: string;
}

/** What verified hand-offs need around a turn. */
export interface HandOffs {
  /** Whether the official page takes part now. */
  readonly isReady: () => boolean;
  /**
   * Makes the names of a challenge and a session code known and puts the signed token into its link. Throws
   * `conversation-contended` for a number that is taken.
   */
  prepare(commit: Commit): Promise<Commit>;
  /** `null` for a way back that is nobody's any more. */
  ownerOfReturn(content: Start): Promise<ReturnOwner | null>;
}

type Start = Extract<InboundContent, { kind: 'start' }>;

/** Whether a chat was opened by the way back from the official page. */
export function isReturn(content: InboundContent): content is Start {
  return content.kind === 'start' && content.payload.startsWith(RETURN_PREFIX);
}

/** Verified hand-offs, as far as they are no part of a turn's own computing. */
export function createHandOffs(parts: {
  readonly store: Pick<Store, 'putPointer' | 'getPointer' | 'now'>;
  readonly sign: SignToken;
  readonly isReady: () => boolean;
}): HandOffs {
  const { store, sign, isReady } = parts;
  const makeKnown = async (name: string, conversation: ConversationId, until: number): Promise<void> => {
    if (await store.putPointer(name, conversation, until, store.now())) return;
    throw new LifelineError(
      'conversation-contended',
      'A number is taken. The turn is tried again with another one.',
    );
  };
  return {
    isReady,
    prepare: async (commit) => {
      const { handOff, conversation, session, now } = commit;
      if (session !== undefined)
        await makeKnown(pointerName('session', session), conversation, now + SESSION_MS);
      if (handOff === undefined) return commit;
      const { challenge, number } = handOff;
      const { id, nonce, deadline } = challenge;
      const mark = tokenMark(challenge);
      const isShown = commit.outbox.some((row) => JSON.stringify(row.call).includes(mark));
      // All at once: a name that stands while another is refused is nobody's harm.
      const [token] = await Promise.all([
        isShown ? sign(challenge) : null,
        makeKnown(pointerName('id', id), conversation, deadline + RESULT_MS),
        makeKnown(pointerName('nonce', nonce), conversation, deadline),
        number === null ? null : makeKnown(pointerName('number', number), conversation, deadline),
      ]);
      if (token === null) return commit;
      return { ...commit, outbox: commit.outbox.map((row) => withToken(row, mark, token)) };
    },
    ownerOfReturn: async (content) => {
      const nonce = content.payload.slice(RETURN_PREFIX.length);
      const conversation = await store.getPointer(pointerName('nonce', nonce), store.now());
      return conversation === null ? null : { conversation, nonce };
    },
  };
}

function withToken(row: NewRow, mark: string, token: string): NewRow {
  const call: unknown = JSON.parse(JSON.stringify(row.call).replaceAll(mark, token));
  return { ...row, call: call as NewRow['call'] };
}
