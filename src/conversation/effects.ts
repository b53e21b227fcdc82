import {
  type Choice,
  type ConversationEvent,
  type Effect,
  type Platform,
  SECRET_KINDS,
} from '../model/index.js';
import { STEP_CHOICES } from './hand-off-flow.js';
import { HAND_OFF_NAME, HELD_KIND, HELD_REF, IDLE, type MachineContext } from './machine-context.js';

/** An action that a transition returned: its name and values. */
export interface ReturnedAction {
  readonly type: string;
  readonly params?: unknown;
}

/** The values our actions carry; which of them is set depends on the action. */
interface Params {
  readonly text?: string;
  readonly choices?: readonly Choice[];
  readonly private?: boolean;
  readonly label?: string;
  readonly to?: string | readonly string[];
  readonly name?: string;
  readonly topic?: string;
  readonly flow?: string;
  readonly of?: string | null;
  readonly sendId?: string;
  readonly delay?: number;
  readonly event?: { readonly type: string };
}

/** The one place where returned actions become effects. Unknown names are the machine's own and have no effect. */
export function toEffect(
  action: ReturnedAction,
  context: MachineContext,
  event: ConversationEvent,
  titleOf: (intent: string) => string,
): readonly Effect[] {
  const params = (action.params ?? {}) as Params;
  switch (action.type) {
    case 'say':
      return [{ kind: 'say', text: params.text ?? '', private: params.private ?? false }];
    case 'ask':
      return [
        {
          kind: 'ask',
          text: params.text ?? '',
          choices: params.choices ?? [],
          private: params.private ?? false,
          title: null,
        },
      ];
    case 'askSwitch':
      return [yesNo('switch', context)];
    case 'askLater':
      return [yesNo('later', context)];
    case 'askWhich':
      return [which(context, titleOf)];
    case 'link':
      return [
        {
          kind: 'link',
          text: params.text ?? '',
          label: params.label ?? '',
          to: [params.to ?? []].flat()[0] ?? '',
        },
      ];
    case 'links':
      return [{ kind: 'links', text: params.text ?? '', to: [params.to ?? []].flat() }];
    case 'handOff':
      return [{ kind: 'hand-off', name: params.name ?? '' }];
    case 'showPlainLink':
      return [{ kind: 'hand-off', name: context.slots[HAND_OFF_NAME] ?? '' }];
    case 'issueChallenge':
      return [{ kind: 'issue-challenge', name: context.slots[HAND_OFF_NAME] ?? '' }];
    case 'showVerifiedLink':
      return [{ kind: 'verified-link', name: context.slots[HAND_OFF_NAME] ?? '' }];
    case 'showLinkNumber':
      return [{ kind: 'link-number' }];
    case 'showSessionCode':
      return [{ kind: 'session-code' }];
    case 'askOpened':
      return [
        {
          kind: 'ask',
          text: BY_LINK.includes(context.platform) ? 'hand-off.opened-return' : 'hand-off.opened-handles',
          choices: STEP_CHOICES.opened,
          private: true,
          title: null,
        },
      ];
    case 'tellOpened':
      return [{ kind: 'page-opened' }];
    case 'askPictures':
      return [{ kind: 'ask-pictures', choices: STEP_CHOICES.pictures }];
    case 'human':
      return [{ kind: 'human', topic: topic(params.topic ?? 'general', context), text: params.text ?? '' }];
    case 'openPrivate':
      return [{ kind: 'open-private', flow: params.flow ?? '' }];
    case 'secretSeen':
      return event.kind === 'secret' && event.secrets[0] !== undefined
        ? [{ kind: 'secret-seen', secret: event.secrets[0], refs: event.earlier ?? [] }]
        : [];
    case 'treatAsSecret':
      return [heldSecret(context)];
    case 'linkHelp':
      return event.kind === 'wont-open' ? [{ kind: 'link-help', links: event.links }] : [];
    case 'sayOther':
      return event.kind === 'other' ? [{ kind: 'say', text: OTHER_TEXTS[event.input], private: false }] : [];
    case 'setLocale':
      return [{ kind: 'set-locale', locale: context.locale }];
    case 'forgetMe':
      return [{ kind: 'forget-me' }];
    case 'report':
      return [{ kind: 'report', what: context.slots[params.of ?? ''] ?? 'other' }];
    case 'xstate.raise':
      return setTimer(params, context);
    case 'xstate.cancel':
      return [{ kind: 'cancel-timer', timer: timerOf(params.sendId ?? '') }];
    default:
      return [];
  }
}

/** Where a person comes back from the page by a deep link into this chat. */
const BY_LINK: readonly Platform[] = ['telegram', 'console'];

const OTHER_TEXTS: Readonly<Record<Extract<ConversationEvent, { kind: 'other' }>['input'], string>> = {
  photo: 'unsupported.photo',
  sticker: 'unsupported.sticker',
  voice: 'unsupported.voice',
  video: 'unsupported.video',
  document: 'unsupported.document',
  location: 'unsupported.location',
  other: 'unsupported.other',
  edited: 'common.edited',
  empty: 'common.empty',
  'too-long': 'common.too-long',
  'unknown-command': 'common.unknown-command',
  'old-button': 'common.old-button',
  'not-your-button': 'common.not-your-button',
};

const AFTER = 'xstate.after.';

/** `xstate.after.<flow>.<step>.lifeline.<flow>.<step>` → `<flow>.<step>`. */
function timerOf(eventType: string): string {
  return eventType.slice(AFTER.length).split('.lifeline.')[0] ?? '';
}

/** The event type XState gave the timer of a step. */
export function timerEventType(timer: string): string {
  return `${AFTER}${timer}.lifeline.${timer}`;
}

function setTimer(params: Params, context: MachineContext): readonly Effect[] {
  if (params.delay === undefined || params.event === undefined) return [];
  return [{ kind: 'set-timer', timer: timerOf(params.event.type), dueAt: context.now + params.delay }];
}

/** What was held is a secret after all: the message it stood in is an earlier one by now. */
function heldSecret({ slots }: MachineContext): Effect {
  const ref = slots[HELD_REF] ?? '';
  const secret = SECRET_KINDS.find((kind) => kind === slots[HELD_KIND]) ?? 'phrase';
  return { kind: 'secret-seen', secret, refs: ref === '' ? [] : [ref] };
}

function topic(wanted: string, context: MachineContext): string {
  return wanted === 'general' && context.flow !== IDLE ? context.flow : wanted;
}

function yesNo(step: 'switch' | 'later', context: MachineContext): Effect {
  const choices: readonly Choice[] = [
    { value: 'yes', label: `${step}.yes` },
    { value: 'no', label: `${step}.no` },
  ];
  return { kind: 'ask', text: `${step}.ask`, choices, private: false, title: `title.${context.later ?? ''}` };
}

/** "Did you mean": after a miss it offers help instead, after two in a row support first. */
function which(context: MachineContext, titleOf: (intent: string) => string): Effect {
  const support = 'contact-support';
  const intents =
    context.misses >= 2
      ? [support, ...context.asked.filter((intent) => intent !== support)].slice(0, 3)
      : context.asked;
  const text =
    context.misses === 0 ? 'ask-back.which' : context.misses === 1 ? 'help-out.nothing' : 'support.first';
  const choices = intents.map((intent) => ({ value: intent, label: titleOf(intent) }));
  return {
    kind: 'ask',
    text,
    choices: [...choices, { value: 'none', label: 'ask-back.none' }],
    private: false,
    title: null,
  };
}
