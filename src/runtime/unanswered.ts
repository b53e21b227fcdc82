import { createHash } from 'node:crypto';
import type { Bundle } from '../content/index.js';
import type { Conversation, Position } from '../conversation/index.js';
import { type ConversationEvent, DAY_MS, partitionOf, type StoreRecord } from '../model/index.js';
import { nameless } from '../understanding/index.js';
import type { TurnRequest } from './turn-request.js';

/** So many questions in a row are kept of one conversation: then it is no question any more. */
const MOST_IN_A_ROW = 3;
/** The intent of those who want a person: what they write on their way there is for that person. */
const WANTS_PERSON = 'contact-support';
/** Random characters of an id: 72 bits. */
const RANDOM_CHARS = 12;

/**
 * A message that was not understood, to be kept without the person: its words, its language and its day. None where it
 * held a secret, or may be a part of one; where a value was asked for; on the way to a person or through the official
 * page.
 */
export function unansweredRecords(
  request: TurnRequest,
  events: readonly ConversationEvent[],
  { bundle, conversation }: { readonly bundle: Bundle; readonly conversation: Conversation },
  position: Position,
  locale: string,
): readonly StoreRecord[] {
  const { input } = request;
  const unclear = events.find((event) => event.kind === 'unclear');
  if (unclear === undefined || input.kind !== 'message') return [];
  const { content, secrets, held, mayBePart } = input.inspection;
  if (content.kind !== 'text' || secrets.length > 0 || held !== null || mayBePart === true) return [];
  if (position.misses >= MOST_IN_A_ROW || conversation.expected(position).expects.length > 0) return [];
  const person = bundle.triggers.get(WANTS_PERSON);
  const flows = [position.flow, ...position.stack.map(({ flow }) => flow)];
  if (flows.some((flow) => flow === person) || position.verb === 'hand_off') return [];
  const text = nameless(content.text);
  if (!/\p{L}/u.test(text)) return [];
  return [
    {
      kind: 'keep-unanswered',
      entry: {
        id: `${partitionOf(request.person)}.${randomPart(request.entropy)}`,
        text,
        locale,
        decision: unclear.near.length === 0 ? 'out-of-scope' : 'unclear',
        day: Math.floor(request.now / DAY_MS) * DAY_MS,
        done: false,
      },
    },
  ];
}

/** From the entropy of the turn, and no other value of the turn can be told from it. */
function randomPart(entropy: Uint8Array): string {
  return createHash('sha256').update('unanswered').update(entropy).digest('base64url').slice(0, RANDOM_CHARS);
}
