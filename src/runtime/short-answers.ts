import { messageOf, render } from '../content/index.js';
import type {
  Adapter,
  Commit,
  Loaded,
  OutboundMessage,
  QuarantineEntry,
  ReplyVia,
  TimerChange,
} from '../model/index.js';
import { commitOf } from './consequences.js';
import { chooseLocale } from './locale-choice.js';
import { encodeRows } from './rows.js';
import type { Engine, ShortRequest } from './turn-request.js';

type Encoder = Pick<Adapter, 'capabilities' | 'encode'>;

/** What failed again and again. `what`: a kind of content, or `timer`. */
export interface Failure {
  readonly what: string;
  readonly code: string;
}

/**
 * The answer to a message or timer whose turn cannot be computed: an apology with the official channels. The place is
 * kept, a timer goes, and the quarantine notes where it happened. Pure.
 */
export function computeSafeReply(
  engine: Engine,
  adapter: Encoder,
  request: ShortRequest,
  loaded: Loaded,
  failure: Failure,
): Commit {
  const { input, seen: id, conversation, now: at } = request;
  const locale = localeOf(engine, request, loaded);
  const timers: readonly TimerChange[] =
    input.kind === 'timer' ? [{ kind: 'cancel', timer: input.timer, dueAt: input.dueAt }] : [];
  const { flow, step } = loaded.snapshot ?? { flow: 'idle', step: 'idle' };
  const entry: QuarantineEntry = {
    ...{ id, conversation, at, flow, step, bundle: engine.bundle.hash },
    ...failure,
  };
  return commitOf(request, loaded, {
    snapshot: loaded.snapshot,
    outbox: encodeRows(engine.bundle, locale, adapter, request, [
      ...tapDone(engine, locale, request),
      ...said(engine, adapter, request, locale, 'common.fault'),
    ]),
    timers,
    records: [
      { kind: 'count', name: 'quarantined', by: 1 },
      { kind: 'put-quarantine', entry },
    ],
  });
}

/**
 * Answers a message without reading it: with a text that says why, or with nothing but the mark that it was seen
 * (`null`). A tap is answered in either case. Everything else stays as it was. Pure.
 */
export function computeUnread(
  engine: Engine,
  adapter: Encoder,
  request: ShortRequest,
  loaded: Loaded,
  text: 'common.too-many-waiting' | 'common.busy' | null,
): Commit {
  const locale = localeOf(engine, request, loaded);
  return commitOf(request, loaded, {
    snapshot: loaded.snapshot,
    outbox: encodeRows(engine.bundle, locale, adapter, request, [
      // No word with it: what the person wanted was not done.
      ...tapAnswer(request, ''),
      ...(text === null ? [] : said(engine, adapter, request, locale, text)),
    ]),
    timers: [],
    records: [],
  });
}

/** Stops a tap from being shown as pending, with a small sign that it arrived; nothing when it was no tap. */
export function tapDone(
  engine: Engine,
  locale: string,
  request: Pick<ShortRequest, 'input'>,
): readonly OutboundMessage[] {
  return tapAnswer(request, plain(engine, locale, 'common.tap-done'));
}

/** The polite refusal of somebody else's button: in a note on the tap where there is one, and never aloud in public. */
export function notYourButton(
  engine: Engine,
  locale: string,
  request: Pick<ShortRequest, 'input'>,
): readonly OutboundMessage[] {
  const text = plain(engine, locale, 'common.not-your-button');
  const note = tapAnswer(request, text);
  if (note.length > 0) return note.map((answer) => ({ ...answer, note: true }));
  if (isPublic(request) && viaOf(request) === undefined) return [];
  return [{ kind: 'message', text, buttons: [], keys: ['common.not-your-button'], private: false }];
}

/** Nothing where it was no tap, or the platform was told at once that it arrived. */
function tapAnswer(
  request: Pick<ShortRequest, 'input'>,
  text: string,
): readonly (OutboundMessage & { kind: 'answer-tap' })[] {
  const via = viaOf(request);
  if (via?.kind !== 'telegram-callback' && via?.kind !== 'discord-interaction') return [];
  return [{ kind: 'answer-tap', token: via.token, text }];
}

function viaOf({ input }: Pick<ShortRequest, 'input'>): ReplyVia | undefined {
  return input.kind === 'message' ? input.message.replyVia : undefined;
}

function said(
  { bundle }: Engine,
  adapter: Encoder,
  request: ShortRequest,
  locale: string,
  text: string,
): readonly OutboundMessage[] {
  return render([{ kind: 'say', text, private: false }], {
    bundle,
    locale,
    platform: request.platform,
    public: isPublic(request),
    capabilities: adapter.capabilities,
    slots: {},
    turn: request.now,
    sign: () => '',
    messageRef: null,
    caseNumber: null,
  }).messages;
}

function plain({ bundle }: Engine, locale: string, key: string): string {
  return messageOf(bundle, locale, key)?.format(() => undefined) ?? '';
}

function isPublic({ input }: Pick<ShortRequest, 'input'>): boolean {
  return input.kind === 'message' && input.message.visibility === 'public';
}

function localeOf({ bundle }: Engine, { input }: ShortRequest, { person, snapshot }: Loaded): string {
  const hint = input.kind === 'message' ? input.message.localeHint : undefined;
  return chooseLocale(bundle.locales, [person?.locale, snapshot?.locale, hint]);
}
