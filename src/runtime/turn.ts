import { type Bundle, type HandOffView, render } from '../content/index.js';
import {
  type Advanced,
  asksWhichWasMeant,
  type Conversation,
  type Position,
  type TurnContext,
} from '../conversation/index.js';
import {
  type Adapter,
  type Challenge,
  type Commit,
  type Effect,
  IDLE_TTL_MS,
  type InboundMessage,
  isQuestion,
  type Loaded,
  type Offer,
  type PageAnswer,
  type Snapshot,
  type TimerChange,
  type Unsure,
} from '../model/index.js';
import { asOf, shortenedHandle } from '../recovery/index.js';
import { auditRecords, type HandOffNews, type TriedNumber, triedNumber } from './audit.js';
import { caseNumber } from './case-number.js';
import { isOrphan, overdueFirst, stillMeant, timerEvents } from './changed-flow.js';
import { commitOf, records, secretCounts, timerChanges } from './consequences.js';
import {
  afterEffects,
  compareEvent,
  comparePage,
  limitRecords,
  placeFor,
  verifiedLinks,
  verifiedUrl,
  whileUnderWay,
} from './hand-off.js';
import { localeByScript, wishedLocale, writtenLocale } from './locale-choice.js';
import { type Meaning, readContent } from './read-content.js';
import { encodeRows } from './rows.js';
import { sayAloud } from './said-aloud.js';
import { notYourButton, tapDone } from './short-answers.js';
import type { Engine, PageInput, TurnInput, TurnRequest } from './turn-request.js';
import { unansweredIn } from './unanswered.js';

/** A standing button stays valid for this many buttons of later turns. */
const STANDING_OFFERS = 6;

/** Computes one turn: loaded state and input to the one commit. Pure: the same arguments give the same commit. */
export function computeTurn(
  engine: Engine,
  adapter: Pick<Adapter, 'capabilities' | 'encode'>,
  request: TurnRequest,
  loaded: Loaded,
): Commit {
  return compute(engine, adapter, request, loaded).commit;
}

/** Computes a turn that the official page's server waits for, and what it is answered once that is committed. Pure. */
export function computePage(
  engine: Engine,
  adapter: Pick<Adapter, 'capabilities' | 'encode'>,
  request: TurnRequest & { readonly input: PageInput },
  loaded: Loaded,
): { readonly commit: Commit; readonly answer: PageAnswer } {
  const { commit, answer } = compute(engine, adapter, request, loaded);
  return { commit, answer: answer ?? { kind: 'refused', why: 'unknown' } };
}

interface Computed {
  readonly commit: Commit;
  /** For the one who waits for it; `null` for nobody. */
  readonly answer: PageAnswer | null;
}

function compute(
  engine: Engine,
  adapter: Pick<Adapter, 'capabilities' | 'encode'>,
  request: TurnRequest,
  loaded: Loaded,
): Computed {
  const { bundle, conversation } = engine;
  const { input, now } = request;
  const message = input.kind === 'message' ? input.message : null;
  const isPublic = message?.visibility === 'public';
  const stored =
    loaded.snapshot !== null && now - loaded.snapshot.lastAt < IDLE_TTL_MS ? loaded.snapshot : null;
  if (stored === null ? input.kind !== 'message' : isOrphan(input, stored)) {
    const timers: readonly TimerChange[] =
      input.kind === 'timer' ? [{ kind: 'cancel', timer: input.timer, dueAt: input.dueAt }] : [];
    const nothing = { snapshot: loaded.snapshot, outbox: [], timers, records: [] };
    return { commit: commitOf(request, loaded, nothing), answer: null };
  }
  const known = wishedLocale(bundle.locales, [
    loaded.person?.locale,
    stored?.localeIsGuess === true ? undefined : stored?.locale,
    message?.localeHint,
  ]);
  const script = input.kind === 'message' ? input.inspection.script : null;
  const locale = known ?? stored?.locale ?? localeByScript(bundle.locales, script);
  const kept = stored?.challenge === undefined ? null : asOf(stored.challenge, now);
  const turn: TurnContext = {
    ...{ now, platform: request.platform, locale, public: isPublic, verifies: request.verifies ?? 'no' },
    challenge: kept?.state ?? null,
    deadline: kept?.deadline ?? null,
  };
  const resumed = stored === null ? null : conversation.resume(stored, turn);
  // Neither a timer nor the official page asks anything: what has changed is asked when the person writes again.
  const waiting = input.kind === 'message' ? resumed : (resumed?.still ?? resumed);
  const opened = waiting ?? conversation.open(turn);
  const page = input.kind === 'page' ? comparePage(kept, input, now) : null;
  const meaning: Meaning = isPublicEdit(input)
    ? { kind: 'nothing' }
    : input.kind !== 'message'
      ? { kind: 'events', events: timerEvents(input, resumed, opened.position), locale: null }
      : readContent(
          engine,
          request.conversation,
          input.inspection,
          opened.position,
          stored?.offers ?? [],
          locale,
          message?.messageRef ?? null,
        );

  if (meaning.kind !== 'events') {
    const said = meaning.kind === 'foreign-button' ? notYourButton(engine, locale, request) : [];
    const outbox = encodeRows(bundle, locale, adapter, request, said);
    const unchanged = { snapshot: loaded.snapshot, outbox, timers: [], records: [] };
    return { commit: commitOf(request, loaded, unchanged), answer: null };
  }
  const { start, said } = stillMeant(input, resumed, opened, meaning.events);
  const spoken = loaded.person === null ? writtenLocale(bundle.locales, meaning.locale, locale) : locale;
  // The person may not have meant to change the language: it is said that it did, and how to keep it.
  const follows: readonly Effect[] =
    stored !== null && spoken !== locale ? [{ kind: 'say', text: 'language.follows', private: false }] : [];
  const begun: Talked = {
    position: { ...start.position, locale: spoken },
    effects: [...start.effects, ...follows],
    challenge: page === null ? kept : page.challenge,
    news: [],
  };
  const events = page?.event == null ? overdueFirst(input, start.position, said, now) : [page.event];
  const advanced = events.reduce<Talked>((before, event) => {
    const compared = compareEvent(before.challenge, event, before.position, {
      now,
      returns: request.returns ?? null,
    });
    const { challenge } = compared;
    const { position, effects: soFar, news: known } = before;
    if (compared.event === null) return { position, effects: soFar, challenge, news: known };
    const place = placeFor(position, compared.event);
    const next = conversation.advance(place, compared.event, {
      ...turn,
      locale: position.locale,
      challenge: challenge?.state ?? null,
      deadline: challenge?.deadline ?? null,
    });
    const effects = [...soFar, ...leftTimer(position, place), ...next.effects];
    const news = compared.event.kind === 'page' ? known.concat(compared.event.news) : known;
    return { position: next.position, effects, challenge, news };
  }, begun);
  // The warning that opens a conversation is no answer to what was said.
  const opening = stored === null ? start.effects.length : follows.length;
  const final =
    input.kind !== 'message' || advanced.effects.slice(opening).some(isVisible)
      ? advanced
      : menuInstead(conversation, advanced, turn);
  const isGuess = known === null && meaning.locale === null;
  const unanswered = unansweredIn(request, said, engine, start.position, {
    locale: spoken,
    before: stored?.unsure,
  });
  const stays = asksWhichWasMeant(final.position) ? stored?.unsure : undefined;
  const unsure = unanswered.unsure === undefined ? stays : (unanswered.unsure ?? undefined);
  const tried =
    page !== null && kept !== null && input.kind === 'page' && input.request.kind === 'open-by-number'
      ? triedNumber(kept, page.challenge, page.answer)
      : null;
  const done = finish(engine, adapter, request, loaded, stored, { ...final, tried, unsure }, isGuess);
  const commit = { ...done, records: [...done.records, ...unanswered.records] };
  return { commit, answer: page?.answer ?? null };
}

/** A conversation in the middle of a turn. */
interface Talked extends Pick<Advanced, 'position' | 'effects'> {
  readonly challenge: Challenge | null;
  readonly news: readonly HandOffNews[];
}

/** The timer of a question that was left without an event of its own. */
function leftTimer(before: Position, now: Position): readonly Effect[] {
  const { flow, step, dueAt } = before;
  return before === now || dueAt === null ? [] : [{ kind: 'cancel-timer', timer: `${flow}.${step}` }];
}

/** In public a changed word is nobody's business, unless a secret came with it. */
function isPublicEdit(input: TurnInput): boolean {
  if (input.kind !== 'message' || input.message.visibility !== 'public') return false;
  const { content, secrets, held } = input.inspection;
  return content.kind === 'edit' && secrets.length === 0 && held === null;
}

/** Nothing to say would leave the person alone: the menu comes instead. */
function menuInstead(conversation: Conversation, advanced: Talked, turn: TurnContext): Talked {
  const context = { ...turn, locale: advanced.position.locale };
  const menu = conversation.advance(advanced.position, { kind: 'start', flow: 'menu' }, context);
  return { ...advanced, position: menu.position, effects: [...advanced.effects, ...menu.effects] };
}

function isVisible(effect: Effect): boolean {
  return !['set-timer', 'cancel-timer', 'set-locale', 'forget-me', 'report'].includes(effect.kind);
}

function finish(
  engine: Engine,
  adapter: Pick<Adapter, 'capabilities' | 'encode'>,
  request: TurnRequest,
  loaded: Loaded,
  stored: Snapshot | null,
  advanced: Talked & { readonly tried: TriedNumber | null; readonly unsure: Unsure | undefined },
  localeIsGuess: boolean,
): Commit {
  const { bundle } = engine;
  const { now, input, conversation: id } = request;
  const message = input.kind === 'message' ? input.message : null;
  const isWithdrawn = input.kind === 'message' && input.inspection.content.kind === 'withdrawn';
  const { effects, warnedAloud } = sayAloud(oneWayIn(lastQuestion(advanced.effects)), message, stored);
  const turnNumber = nextTurn(loaded, now);
  const wantsCase = effects.some((effect) => effect.kind === 'human');
  const number = wantsCase ? caseNumber(request.entropy, request.person) : null;
  const { position } = advanced;
  const { number: linkNumber, session, ...after } = afterEffects(advanced.challenge, effects, request);
  const challenge = whileUnderWay(after.challenge, position);
  const rendered = render(effects, {
    bundle,
    locale: position.locale,
    platform: request.platform,
    public: message?.visibility === 'public',
    capabilities: adapter.capabilities,
    slots: position.slots,
    turn: turnNumber,
    sign: (turn, index) => engine.buttons.sign(id, turn, index),
    messageRef: isWithdrawn ? null : (message?.messageRef ?? null),
    isWithdrawn,
    caseNumber: number,
    handOff: challenge === null ? null : viewOf(bundle, challenge, linkNumber),
    session,
  });
  const forgets = effects.some((effect) => effect.kind === 'forget-me');
  const outbox = encodeRows(bundle, position.locale, adapter, request, [
    ...tapDone(engine, position.locale, request),
    ...rendered.messages,
  ]);
  const snapshot: Snapshot = {
    format: 1,
    ...position,
    turn: turnNumber,
    offers: [
      ...(stored?.offers.filter((offer) => offer.standing).slice(-STANDING_OFFERS) ?? []),
      ...keptOffers(stored, rendered.offers, advanced),
    ],
    ...(challenge === null ? {} : { challenge }),
    ...shownAs(stored, session === null ? null : message),
    lastAt: message === null ? (stored?.lastAt ?? now) : now,
    ...(advanced.unsure === undefined || !asksWhichWasMeant(position) ? {} : { unsure: advanced.unsure }),
    ...(localeIsGuess ? { localeIsGuess } : {}),
    ...(warnedAloud ? { warnedAloud } : {}),
  };
  return commitOf(request, loaded, {
    snapshot: forgets ? null : snapshot,
    outbox,
    timers: forgets ? [] : timerChanges(effects, input),
    records: [
      ...limitRecords(effects, request.person),
      ...records(effects, request, number, position.locale),
      ...secretCounts(effects, request, position.locale),
      ...auditRecords({ ...advanced, bundle: bundle.hash, request, effects, caseNumber: number }),
    ],
    ...(challenge === null || (!isIssued(effects) && linkNumber === null)
      ? {}
      : { handOff: { challenge, number: linkNumber } }),
    ...(session === null ? {} : { session }),
    // Whoever is sent to the official page must find the way on from there, whatever becomes of a machine.
    replicated: effects.some(({ kind }) => kind === 'hand-off' || kind === 'verified-link'),
  });
}

/** Of the person's name on the platform, what the official site shows beside the session code that is given out. */
function shownAs(
  stored: Snapshot | null,
  told: Pick<InboundMessage, 'handle'> | null,
): Pick<Snapshot, 'shownAs'> {
  const name = told?.handle === undefined ? stored?.shownAs : shortenedHandle(told.handle);
  return name === undefined ? {} : { shownAs: name };
}

function isIssued(effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.kind === 'verified-link');
}

function viewOf(bundle: Bundle, challenge: Challenge, number: string | null): HandOffView {
  const startUrl = verifiedLinks(bundle, challenge.handOff).start;
  return { challenge, number, pageUrl: verifiedUrl(bundle, challenge), startUrl };
}

/**
 * Turns count on; a conversation that is new, ended or forgotten starts from the present second, so that a button
 * of its former life never meets one of its new life.
 */
function nextTurn(loaded: Loaded, now: number): number {
  return (loaded.snapshot?.turn ?? Math.floor(now / 1000)) + 1;
}

/** A turn that asks nothing leaves the choices of the question before it on offer. */
function keptOffers(
  stored: Snapshot | null,
  offers: readonly Offer[],
  { position, effects }: Talked,
): readonly Offer[] {
  const asked = effects.some(isQuestion);
  const samePlace = stored !== null && stored.flow === position.flow && stored.step === position.step;
  return asked || !samePlace ? offers : [...stored.offers.filter((offer) => !offer.standing), ...offers];
}

/** Of several questions in one turn only the last one still waits for an answer. */
function lastQuestion(effects: readonly Effect[]): readonly Effect[] {
  const last = effects.findLastIndex(isQuestion);
  return effects.filter((effect, index) => !isQuestion(effect) || index === last);
}

/** Several ways into the direct chat are one too many: the emergency comes first, else what was understood last. */
function oneWayIn(effects: readonly Effect[]): readonly Effect[] {
  const ways = effects.filter((effect) => effect.kind === 'open-private');
  const kept = ways.find(({ flow }) => flow === 'leaked-secret') ?? ways.at(-1);
  return effects.filter((effect) => effect.kind !== 'open-private' || effect === kept);
}
