import type { ChallengeState, PageNews } from '../model/index.js';
import { HAND_OFF_CHOICES } from './hand-off-choices.js';
import { HAND_OFF } from './machine-context.js';
import { type ActionJson, type StateJson, stateId, type TransitionJson } from './machine-json.js';

/** The resting steps of a verified hand-off, in order; `plain` and `how` are where all that fails goes on. */
export const HAND_OFF_STEPS = [
  ...(['issued', 'opened', 'pictures', 'resetting', 'mail', 'mail-due'] as const),
  ...(['plain', 'how'] as const),
];
export type HandOffStep = (typeof HAND_OFF_STEPS)[number];
/** Those that end by themselves. */
export const TIMED_STEPS: readonly string[] = [
  'issued',
  'opened',
  'pictures',
  'mail',
] satisfies readonly HandOffStep[];

/** A link that nobody opened for so long is offered plainly. */
const UNOPENED_MS = 3 * 60_000;
/** When no challenge says how long it lasts. */
const UNMATCHED_MS = 15 * 60_000;
/** When the content names no time `mail`. */
const MAIL_MS = 10 * 60_000;

/** The choices of each step, as value and text key. */
export const STEP_CHOICES: Readonly<Record<HandOffStep, readonly { value: string; label: string }[]>> = {
  issued: [
    { value: 'other-device', label: 'hand-off.btn-other-device' },
    { value: 'no-page', label: 'hand-off.btn-no-page' },
  ],
  opened: [
    { value: 'stop', label: 'hand-off.btn-stop' },
    { value: 'no-page', label: 'hand-off.btn-no-page' },
  ],
  // Below the pictures, which are the challenge's.
  pictures: [
    { value: 'stop', label: 'hand-off.btn-stop' },
    { value: 'no-page', label: 'hand-off.btn-no-page' },
  ],
  resetting: HAND_OFF_CHOICES.map(({ value, label }) => ({ value, label })),
  mail: HAND_OFF_CHOICES.map(({ value, label }) => ({ value, label })),
  'mail-due': HAND_OFF_CHOICES.map(({ value, label }) => ({ value, label })),
  plain: HAND_OFF_CHOICES.map(({ value, label }) => ({ value, label })),
  how: HAND_OFF_CHOICES.map(({ value, label }) => ({ value, label })),
};

/**
 * The built-in flow of a verified hand-off: a step that hands off calls it, and it returns the step's outcome. Its
 * challenge is judged outside, and what is new comes in as `page.*`. Only a mismatch stops; everything else that goes
 * wrong ends at the plain link.
 */
export function handOffFlow(): StateJson {
  return {
    initial: 'start',
    states: {
      start: instant([say('hand-off.notice'), { type: 'issueChallenge' }], at('issued')),
      // After something else came between, what has happened meanwhile counts.
      again: { always: [...STATE_STEPS.map(([state, step]) => inState(state, step)), at('plain')] },
      issued: {
        entry: [rest('issued', UNOPENED_MS), { type: 'showVerifiedLink' }, ask('issued', 'hand-off.open-it')],
        on: {
          ...onPage({ ...ONWARD, 'too-many': plainly('hand-off.number-limit') }),
          'pick.other-device': [{ actions: [{ type: 'showLinkNumber' }, ask('issued', 'hand-off.open-it')] }],
          'pick.no-page': [plainly('hand-off.plain-instead')],
          unclear: typed(ask('issued', 'hand-off.open-it')),
        },
        after: { [`${HAND_OFF}.issued`]: [plainly('hand-off.not-opened')] },
      },
      opened: {
        entry: [rest('opened', UNMATCHED_MS, { until: 'deadline' }), { type: 'askOpened' }],
        on: {
          ...onPage(ONWARD),
          'pick.no-page': [plainly('hand-off.plain-instead')],
          unclear: typed({ type: 'askOpened' }),
        },
        after: { [`${HAND_OFF}.opened`]: [plainly('hand-off.expired')] },
      },
      pictures: {
        entry: [rest('pictures', UNMATCHED_MS, { until: 'deadline' }), { type: 'askPictures' }],
        on: {
          ...onPage(ONWARD),
          'page.expired': [plainly('hand-off.expired')],
          'pick.no-page': [plainly('hand-off.plain-instead')],
          unclear: typed({ type: 'askPictures' }),
        },
        after: { [`${HAND_OFF}.pictures`]: [plainly('hand-off.expired')] },
      },
      resetting: {
        entry: [rest('resetting', null), ask('resetting', 'hand-off.resetting')],
        on: {
          ...onPage(RESULT),
          ...outcomes(),
          unclear: unclear(ask('resetting', 'hand-off.how')),
        },
      },
      mail: {
        entry: [rest('mail', MAIL_MS, { time: 'mail' }), ask('mail', 'hand-off.mail-sent')],
        on: { ...onPage(RESULT), ...outcomes(), unclear: unclear(ask('mail', 'hand-off.how')) },
        after: { [`${HAND_OFF}.mail`]: [at('mail-due')] },
      },
      'mail-due': {
        entry: [rest('mail-due', null), ask('mail-due', 'hand-off.mail-came')],
        on: { ...onPage(RESULT), ...outcomes(), unclear: unclear(ask('mail-due', 'hand-off.how')) },
      },
      plain: {
        entry: [rest('plain', null), { type: 'showPlainLink' }, ask('plain', 'hand-off.how')],
        on: {
          ...onPage({ ...ONWARD, ...RESULT }),
          ...outcomes(),
          unclear: unclear(ask('plain', 'hand-off.how')),
        },
      },
      how: {
        entry: [rest('how', null), ask('how', 'hand-off.how')],
        on: {
          ...onPage({ ...ONWARD, ...RESULT }),
          ...outcomes(),
          unclear: unclear(ask('how', 'hand-off.how')),
        },
      },
      alarm: instant([say('hand-off.alarm')], at('finish-stopped')),
      ...Object.fromEntries(
        ['failed', ...new Set(HAND_OFF_CHOICES.map(({ outcome }) => outcome))].map((outcome) => [
          `finish-${outcome}`,
          { entry: [{ type: 'finish', params: { outcome, drops: false } }] },
        ]),
      ),
    },
  };
}

/**
 * What is new on the page while an emergency goes first, or after the hand-off was left: it is said at once, and an
 * opening can be stopped; the step of the page comes when the emergency is over.
 */
export function pageNewsElsewhere(): Readonly<Record<string, readonly TransitionJson[]>> {
  return {
    'page.opened': [{ actions: [{ type: 'tellOpened' }, { type: 'askAgain' }] }],
    'page.pictures': [{ actions: [say('hand-off.page-waits'), { type: 'askAgain' }] }],
    'page.matched': [{ actions: [say('hand-off.page-waits'), { type: 'askAgain' }] }],
    'page.stopped': [{ actions: [say('hand-off.stopped-meanwhile'), { type: 'askAgain' }] }],
    'page.mismatch': [{ actions: [say('hand-off.alarm'), { type: 'askAgain' }] }],
    'page.completed': [{ actions: [say('hand-off.completed'), { type: 'askAgain' }] }],
    // A link that came back too late, or by another account.
    'page.late': [{ actions: [say('hand-off.late'), { type: 'askAgain' }] }],
    'page.relayed': [{ actions: [say('hand-off.relayed'), { type: 'askAgain' }] }],
  };
}

/** Ways back to a step that something else came between. */
export function backToHandOff(step: HandOffStep): readonly TransitionJson[] {
  switch (step) {
    case 'plain':
    case 'how':
      return [at(step)];
    case 'mail':
    case 'mail-due':
      return [inState('completed', 'finish-done'), inState('matched', step), at('plain')];
    default:
      return [at('again')];
  }
}

/** Where the page has come to, wherever the chat stands: late news of it counts as much as any. */
const ONWARD: Partial<Record<PageNews, TransitionJson>> = {
  opened: at('opened'),
  pictures: at('pictures'),
  matched: at('resetting'),
};

/** What the page says of the reset. */
const RESULT: Partial<Record<PageNews, TransitionJson>> = {
  'mail-sent': at('mail'),
  completed: { ...at('finish-done'), actions: [say('hand-off.completed')] },
  abandoned: { ...at('how'), actions: [say('hand-off.abandoned')] },
};

const STATE_STEPS: readonly (readonly [ChallengeState, HandOffStep | 'finish-done'])[] = [
  ['issued', 'issued'],
  ['opened', 'opened'],
  ['pictures', 'pictures'],
  ['matched', 'resetting'],
  ['completed', 'finish-done'],
];

function inState(state: ChallengeState, step: string): TransitionJson {
  return { guard: { type: 'challengeIs', params: { state } }, ...at(step) };
}

/** Ways for what is new on the page; a mismatch and a stop are the same everywhere. */
function onPage(
  ways: Partial<Record<PageNews, TransitionJson>>,
): Readonly<Record<string, readonly TransitionJson[]>> {
  const all = { ...ways, mismatch: at('alarm'), stopped: plainly('hand-off.stopped') };
  return Object.fromEntries(Object.entries(all).map(([news, way]) => [`page.${news}`, [way]]));
}

function outcomes(): Record<string, readonly TransitionJson[]> {
  const on: Record<string, readonly TransitionJson[]> = {};
  for (const { value, says, outcome } of HAND_OFF_CHOICES) {
    on[`pick.${value}`] = [{ ...at(`finish-${outcome}`), actions: says === null ? [] : [say(says)] }];
  }
  return on;
}

/** Asks again once; then a person. */
function unclear(again: ActionJson): readonly TransitionJson[] {
  return [
    onceMore('hand-off.pick-one', again),
    { ...at('finish-failed'), actions: [{ type: 'clearTries' }] },
  ];
}

/** Where nothing is to be typed: asks again once; then the plain way. */
function typed(again: ActionJson): readonly TransitionJson[] {
  return [onceMore('hand-off.type-nothing', again), plainly('hand-off.typed-again')];
}

function onceMore(says: string, again: ActionJson): TransitionJson {
  return {
    guard: { type: 'triesLeft', params: { tries: 2 } },
    actions: [{ type: 'countTry' }, say(says), again],
  };
}

/** The way of everything that fails. */
function plainly(text: string): TransitionJson {
  return { ...at('plain'), actions: [say(text)] };
}

function instant(entry: readonly ActionJson[], transition: TransitionJson): StateJson {
  return { entry, always: [transition] };
}

function at(step: string): TransitionJson {
  return { target: `#${stateId(HAND_OFF, step)}`, reenter: true };
}

/** For as long as is named, or until the challenge ends; for `ms` where there is no such time, or no challenge. */
function rest(
  step: HandOffStep,
  ms: number | null,
  named: { readonly time?: string; readonly until?: 'deadline' } = {},
): ActionJson {
  return { type: 'rest', params: { flow: HAND_OFF, step, time: null, ms, ...named } };
}

function ask(step: HandOffStep, text: string): ActionJson {
  return { type: 'ask', params: { text, choices: STEP_CHOICES[step], private: true } };
}

function say(text: string): ActionJson {
  return { type: 'say', params: { text, private: true } };
}
