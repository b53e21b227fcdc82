import { messageOf } from '../content/index.js';
import {
  type Adapter,
  type Commit,
  type InboundContent,
  type InboundId,
  inboundId,
  type Loaded,
  type OutboundMessage,
  parseConversationId,
  type Watched,
} from '../model/index.js';
import { caseNumber } from './case-number.js';
import { commitOf } from './consequences.js';
import { chooseLocale } from './locale-choice.js';
import { encodeRows } from './rows.js';
import type { Engine, Envelope, ShortRequest } from './turn-request.js';

type Encoder = Pick<Adapter, 'capabilities' | 'encode'>;

const DAY_MS = 86_400_000;
/** What a report is filed under. */
const TOPIC = 'fake-support';

/** The words of a message that was overheard, and the targets it hides; `null` when it has none. */
export function overheardWords(
  content: InboundContent,
): { readonly text: string; readonly hidden: readonly string[] } | null {
  switch (content.kind) {
    case 'text':
      return { text: content.text, hidden: content.hiddenLinks ?? [] };
    case 'edit':
      return { text: content.text, hidden: [] };
    case 'media':
      return { text: `${content.caption}\n${content.fileName}`, hidden: [] };
    case 'command':
    case 'contact':
    case 'start':
    case 'tap':
    case 'withdrawn':
    case 'reachable':
      return null;
    default:
      return content satisfies never;
  }
}

/** The mark by which a person is warned of once a day in a group. */
export function warningId(message: Envelope, now: number): InboundId {
  const { place, userId } = parseConversationId(message.conversation);
  const day = String(Math.floor(now / DAY_MS));
  return inboundId(message.platform, 'warned', place.channel, userId, day);
}

/**
 * Takes a message of fake support away where it is clear and the platform lets us, and counts it; nothing it said is
 * kept. Pure.
 */
export function computeTakeAway(
  { bundle }: Engine,
  adapter: Encoder,
  request: ShortRequest & { readonly input: { readonly kind: 'message'; readonly message: Envelope } },
  loaded: Loaded,
  { why, isClear }: Watched,
): Commit {
  const { messageRef } = request.input.message;
  const deletion: readonly OutboundMessage[] =
    isClear && messageRef !== undefined ? [{ kind: 'delete', messageRef }] : [];
  return commitOf(request, loaded, {
    snapshot: loaded.snapshot,
    outbox: encodeRows(bundle, bundle.locales.source, adapter, request, deletion),
    timers: [],
    records: [{ kind: 'count', name: `fake-support:${why}:${request.platform}`, by: 1 }],
  });
}

/**
 * Warns a group, once a person and day, and reports it to the support team by a case. The warning names nobody and
 * quotes nothing. Pure.
 */
export function computeWarning(
  { bundle }: Engine,
  adapter: Encoder,
  request: ShortRequest & { readonly entropy: Uint8Array; readonly locale: string | null },
  loaded: Loaded,
): Commit {
  const { person, platform, now } = request;
  const locale = chooseLocale(bundle.locales, [request.locale ?? undefined, loaded.person?.locale]);
  const text = messageOf(bundle, locale, 'group.fake-support')?.format(() => undefined) ?? '';
  const warning: OutboundMessage = {
    ...{ kind: 'message', text, buttons: [], keys: ['group.fake-support'], private: false },
  };
  const number = caseNumber(request.entropy, person);
  const report = {
    number,
    topic: TOPIC,
    platform,
    locale,
    openedAt: now,
    state: 'open',
    notified: false,
  } as const;
  return commitOf(request, loaded, {
    snapshot: loaded.snapshot,
    outbox: encodeRows(bundle, locale, adapter, request, [warning]),
    timers: [],
    records: [
      { kind: 'put-case', person, case: report },
      { kind: 'append-audit', what: 'case', outcome: number, bundle: bundle.hash },
    ],
  });
}
