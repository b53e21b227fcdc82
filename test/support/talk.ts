import type { Bundle } from '../../src/content/index.js';
import {
  type Advanced,
  type Conversation,
  createConversation,
  type Position,
  type TurnContext,
} from '../../src/conversation/index.js';
import type { ConversationEvent, Effect, LookUp, Snapshot } from '../../src/model/index.js';

/** Monday, 9 in the morning in Shanghai: support is open. */
export const START = Date.parse('2026-03-02T01:00:00Z');

/** One effect in a few words: its kind and what it carries, timers relative to `now` (ms). */
export function inShort(effect: Effect, now: number): string {
  switch (effect.kind) {
    case 'say':
      return `say ${effect.text}`;
    case 'ask':
      return `ask ${effect.text}${effect.title === null ? '' : ` (${effect.title})`} [${effect.choices.map((choice) => choice.value).join(' ')}]`;
    case 'link':
      return `link ${effect.to}`;
    case 'links':
      return `links ${effect.text} ${effect.to.join(' ')}`;
    case 'issue-challenge':
    case 'verified-link':
      return `${effect.kind} ${effect.name}`;
    case 'session-code':
    case 'link-number':
    case 'page-opened':
    case 'ask-pictures':
      return effect.kind;
    case 'hand-off':
      return `hand-off ${effect.name}`;
    case 'link-help':
      return `link-help ${effect.links.join(' ')}`;
    case 'human':
      return `human ${effect.topic} ${effect.text}`;
    case 'open-private':
      return `open-private ${effect.flow}`;
    case 'secret-seen':
      return `secret-seen ${effect.secret}`;
    case 'set-timer':
      return `set-timer ${effect.timer} +${effect.dueAt - now}`;
    case 'cancel-timer':
      return `cancel-timer ${effect.timer}`;
    case 'set-locale':
      return `set-locale ${effect.locale}`;
    case 'forget-me':
      return 'forget-me';
    case 'report':
      return `report ${effect.what}`;
  }
}

/** A person who talks to the machine of a bundle; every method returns the effects in short. */
export interface Talk {
  readonly position: Position;
  now: number;
  public: boolean;
  send(event: ConversationEvent): readonly string[];
  pick(value: string): readonly string[];
  wish(intent: string): readonly string[];
  unclear(...near: readonly string[]): readonly string[];
  /** The timer of the present step comes due. */
  due(): readonly string[];
  /** `flow.step` of the present place. */
  readonly at: string;
}

/** Opens a conversation with a bundle, at a flow where one is named. */
export function openTalk(bundle: Bundle, flow?: string, lookUp: LookUp = () => 'not-ours'): Talk {
  const conversation: Conversation = createConversation(bundle, lookUp);
  const turn = (): TurnContext => ({
    now: talk.now,
    platform: 'console',
    locale: position.locale,
    public: talk.public,
  });
  let position: Position;
  const take = (advanced: Advanced): readonly string[] => {
    position = advanced.position;
    return advanced.effects.map((effect) => inShort(effect, talk.now));
  };
  const talk: Talk = {
    now: START,
    public: false,
    get position() {
      return position;
    },
    get at() {
      return `${position.flow}.${position.step}`;
    },
    send: (event) => take(conversation.advance(position, event, turn())),
    pick: (value) => talk.send({ kind: 'choice', value }),
    wish: (intent) => talk.send({ kind: 'intent', intent, found: [] }),
    unclear: (...near) => talk.send({ kind: 'unclear', near }),
    due: () =>
      talk.send({
        kind: 'timer',
        timer: `${position.flow}.${position.step}`,
        due: position.dueAt ?? Number.NaN,
      }),
  };
  position = conversation.open({ now: START, platform: 'console', locale: 'en', public: false }).position;
  if (flow !== undefined) talk.send({ kind: 'start', flow });
  return talk;
}

/** A position as the runtime would store it. */
export function stored(position: Position, now = START): Snapshot {
  return { format: 1, ...position, turn: 1, offers: [], lastAt: now };
}
