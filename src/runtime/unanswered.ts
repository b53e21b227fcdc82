import { createHash } from 'node:crypto';
import { asksWhichWasMeant, type Position } from '../conversation/index.js';
import {
  type ConversationEvent,
  DAY_MS,
  partitionOf,
  type StoreRecord,
  type UnansweredEntry,
  type Unsure,
} from '../model/index.js';
import { nameless } from '../understanding/index.js';
import type { Engine, TurnRequest } from './turn-request.js';

/** So many questions in a row are kept of one conversation: then it is no question any more. */
const MOST_IN_A_ROW = 3;
/** The intent of those who want a person: what they write on their way there is for that person. */
const WANTS_PERSON = 'contact-support';
/** Random characters of an id: 72 bits. */
const RANDOM_CHARS = 12;

/** Of a turn: what is kept for the support team, and what would be if the person chose "something else" next. */
interface Unanswered {
  readonly records: readonly StoreRecord[];
  /** `undefined` where the turn asked nothing new. */
  readonly unsure: Unsure | null | undefined;
}

/**
 * A message that was not understood, is in a language that is not spoken, or was none of what the bot took it for, to
 * be kept without the person: its words, its language and its day. None where it held a secret, or may be a part of
 * one; where a value was asked for; on the way to a person or through the official page.
 */
export function unansweredIn(
  request: TurnRequest,
  events: readonly ConversationEvent[],
  engine: Pick<Engine, 'bundle' | 'conversation' | 'understanding'>,
  position: Position,
  { locale, before }: { readonly locale: string; readonly before: Unsure | undefined },
): Unanswered {
  if (before !== undefined && isNoneOfThem(events, position))
    return { records: [recordOf(request, before, 'unclear')], unsure: undefined };
  const asksWhich = events.some(({ kind }) => kind === 'ask-back');
  const text = keepable(request, engine, position);
  if (text === null) return { records: [], unsure: asksWhich ? null : undefined };
  if (asksWhich) return { records: [], unsure: { text: text.nameless, locale } };
  const unclear = events.find((event) => event.kind === 'unclear');
  const kept = { text: text.nameless, locale };
  if (unclear !== undefined) {
    const decision = unclear.near.length === 0 ? 'out-of-scope' : 'unclear';
    return { records: [recordOf(request, kept, decision)], unsure: undefined };
  }
  const isForeign =
    events.some((event) => event.kind === 'global' && event.word === 'language') &&
    engine.understanding.isForeign(text.written);
  return { records: isForeign ? [recordOf(request, kept, 'out-of-scope')] : [], unsure: undefined };
}

/** Whether "something else" answers the question which of several things was meant. */
function isNoneOfThem(events: readonly ConversationEvent[], position: Position): boolean {
  return (
    asksWhichWasMeant(position) && events.some((event) => event.kind === 'choice' && event.value === 'none')
  );
}

/** The words of a message, as written and without what leads to a person, where they may be kept. */
function keepable(
  { input }: TurnRequest,
  { bundle, conversation }: Pick<Engine, 'bundle' | 'conversation'>,
  position: Position,
): { readonly written: string; readonly nameless: string } | null {
  if (input.kind !== 'message') return null;
  const { content, secrets, held, mayBePart } = input.inspection;
  if (content.kind !== 'text' || secrets.length > 0 || held !== null || mayBePart === true) return null;
  if (position.misses >= MOST_IN_A_ROW || conversation.expected(position).expects.length > 0) return null;
  const language = bundle.globals.language;
  // On the way to a person; and whoever was shown the languages has been heard once.
  const apart = [bundle.triggers.get(WANTS_PERSON), language.kind === 'flow' ? language.flow : undefined];
  const flows = [position.flow, ...position.stack.map(({ flow }) => flow)];
  if (flows.some((flow) => apart.includes(flow)) || position.verb === 'hand_off') return null;
  const text = nameless(content.text);
  return /\p{L}/u.test(text) ? { written: content.text, nameless: text } : null;
}

function recordOf(
  { person, entropy, now }: TurnRequest,
  { text, locale }: Unsure,
  decision: UnansweredEntry['decision'],
): StoreRecord {
  const id = `${partitionOf(person)}.${randomPart(entropy)}`;
  const day = Math.floor(now / DAY_MS) * DAY_MS;
  return { kind: 'keep-unanswered', entry: { id, text, locale, decision, day, done: false } };
}

/** From the entropy of the turn, and no other value of the turn can be told from it. */
function randomPart(entropy: Uint8Array): string {
  return createHash('sha256').update('unanswered').update(entropy).digest('base64url').slice(0, RANDOM_CHARS);
}
