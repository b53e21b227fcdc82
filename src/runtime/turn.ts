import { render } from '../content/index.js';
import type { Advanced, Conversation, TurnContext } from '../conversation/index.js';
import {
  type Adapter,
  type Commit,
  type Effect,
  IDLE_TTL_MS,
  type Loaded,
  type Offer,
  type Snapshot,
} from '../model/index.js';
import { caseNumber } from './case-number.js';
import { commitOf, records, timerChanges } from './consequences.js';
import { chooseLocale, writtenLocale } from './locale-choice.js';
import { type Meaning, readContent } from './read-content.js';
import { encodeRows } from './rows.js';
import { notYourButton, tapDone } from './short-answers.js';
import type { Engine, TurnRequest } from './turn-request.js';

/** A standing button stays valid for this many buttons of later turns. */
const STANDING_OFFERS = 6;

/** Computes one turn: loaded state and input to the one commit. Pure: the same arguments give the same commit. */
export function computeTurn(
  engine: Engine,
  adapter: Pick<Adapter, 'capabilities' | 'encode'>,
  request: TurnRequest,
  loaded: Loaded,
): Commit {
  const { bundle, conversation } = engine;
  const { input, now } = request;
  const message = input.kind === 'message' ? input.message : null;
  const isPublic = message?.visibility === 'public';
  const stored =
    loaded.snapshot !== null && now - loaded.snapshot.lastAt < IDLE_TTL_MS ? loaded.snapshot : null;
  if (input.kind === 'timer' && stored === null) {
    return commitOf(request, loaded, {
      snapshot: loaded.snapshot,
      outbox: [],
      timers: [{ kind: 'cancel', timer: input.timer, dueAt: input.dueAt }],
      records: [],
    });
  }
  const locale = chooseLocale(bundle.locales, [loaded.person?.locale, stored?.locale, message?.localeHint]);
  const turn: TurnContext = { now, platform: request.platform, locale, public: isPublic };
  const start = stored === null ? conversation.open(turn) : conversation.resume(stored, turn);
  const meaning: Meaning =
    input.kind === 'timer'
      ? { kind: 'events', events: [{ kind: 'timer', timer: input.timer, due: input.dueAt }], locale: null }
      : readContent(
          engine,
          request.conversation,
          input.inspection,
          start.position,
          stored?.offers ?? [],
          locale,
        );

  if (meaning.kind !== 'events') {
    const said = meaning.kind === 'foreign-button' ? notYourButton(engine, locale, request) : [];
    const outbox = encodeRows(bundle, locale, adapter, request, said);
    return commitOf(request, loaded, { snapshot: loaded.snapshot, outbox, timers: [], records: [] });
  }
  const spoken = loaded.person === null ? writtenLocale(bundle.locales, meaning.locale, locale) : locale;
  const advanced = meaning.events.reduce<Advanced>(
    (before, event) => {
      const context = { ...turn, locale: before.position.locale };
      const next = conversation.advance(before.position, event, context);
      return { position: next.position, effects: [...before.effects, ...next.effects], trace: [] };
    },
    { position: { ...start.position, locale: spoken }, effects: start.effects, trace: [] },
  );
  // The warning that opens a conversation is no answer to what was said.
  const opening = stored === null ? start.effects.length : 0;
  const answered =
    input.kind === 'timer' || advanced.effects.slice(opening).some(isVisible)
      ? advanced
      : menuInstead(conversation, advanced, turn);
  return finish(engine, adapter, request, loaded, stored, answered);
}

/** Nothing to say would leave the person alone: the menu comes instead. */
function menuInstead(conversation: Conversation, advanced: Advanced, turn: TurnContext): Advanced {
  const context = { ...turn, locale: advanced.position.locale };
  const menu = conversation.advance(advanced.position, { kind: 'start', flow: 'menu' }, context);
  return { position: menu.position, effects: [...advanced.effects, ...menu.effects], trace: [] };
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
  advanced: Advanced,
): Commit {
  const { bundle } = engine;
  const { now, input, conversation: id } = request;
  const message = input.kind === 'message' ? input.message : null;
  const effects = lastQuestion(advanced.effects);
  const turnNumber = nextTurn(loaded, now);
  const wantsCase = effects.some((effect) => effect.kind === 'human');
  const number = wantsCase ? caseNumber(request.entropy, request.person) : null;
  const { position } = advanced;
  const rendered = render(effects, {
    bundle,
    locale: position.locale,
    platform: request.platform,
    public: message?.visibility === 'public',
    capabilities: adapter.capabilities,
    slots: position.slots,
    turn: turnNumber,
    sign: (turn, index) => engine.buttons.sign(id, turn, index),
    messageRef: message?.messageRef ?? null,
    isWithdrawn: input.kind === 'message' && input.inspection.content.kind === 'withdrawn',
    caseNumber: number,
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
    lastAt: message === null ? (stored?.lastAt ?? now) : now,
  };
  return commitOf(request, loaded, {
    snapshot: forgets ? null : snapshot,
    outbox,
    timers: forgets ? [] : timerChanges(effects, input),
    records: records(effects, request, number, position.locale),
    // Whoever is sent to the official page must find the way on from there, whatever becomes of a machine.
    replicated: effects.some((effect) => effect.kind === 'hand-off'),
  });
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
  { position, effects }: Advanced,
): readonly Offer[] {
  const asked = effects.some((effect) => effect.kind === 'ask');
  const samePlace = stored !== null && stored.flow === position.flow && stored.step === position.step;
  return asked || !samePlace ? offers : [...stored.offers.filter((offer) => !offer.standing), ...offers];
}

/** Of several questions in one turn only the last one still waits for an answer. */
function lastQuestion(effects: readonly Effect[]): readonly Effect[] {
  const last = effects.findLastIndex((effect) => effect.kind === 'ask');
  return effects.filter((effect, index) => effect.kind !== 'ask' || index === last);
}
