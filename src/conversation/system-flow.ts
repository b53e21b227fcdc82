import { DROP, IDLE, LEAVE, SYSTEM } from './machine-context.js';
import { type ActionJson, type StateJson, stateId, type TransitionJson } from './machine-json.js';

/** Names of the built-in steps. */
export const SYSTEM_STEPS = ['switch', 'later', 'which'] as const;

/**
 * The built-in flow: `switch` asks whether to leave the present flow for another, `later` whether to take up a wish
 * that waited, `which` what was meant.
 */
export function systemFlow(): StateJson {
  const resume: TransitionJson = { actions: [{ type: 'dropLater' }, { type: 'resume' }] };
  const yesNo = (step: 'switch' | 'later', ask: ActionJson, no: TransitionJson): StateJson => ({
    entry: [rest(step), ask],
    on: {
      'pick.yes': [{ actions: [{ type: 'followLater' }] }],
      'pick.no': [no],
      unclear: [
        {
          guard: { type: 'triesLeft', params: { tries: 2 } },
          actions: [
            { type: 'countTry' },
            { type: 'say', params: { text: 'common.pick-one', private: false } },
            ask,
          ],
        },
        no,
      ],
    },
  });
  const again: TransitionJson = {
    target: `#${stateId(SYSTEM, 'which')}`,
    reenter: true,
    actions: [{ type: 'setAsked' }],
  };
  return {
    initial: 'switch',
    states: {
      switch: yesNo('switch', { type: 'askSwitch' }, resume),
      later: yesNo(
        'later',
        { type: 'askLater' },
        { target: `#${stateId(IDLE)}`, actions: [{ type: 'dropLater' }] },
      ),
      [LEAVE]: { entry: [{ type: 'finish', params: { outcome: null, drops: false } }] },
      [DROP]: { entry: [{ type: 'finish', params: { outcome: null, drops: true } }] },
      which: {
        entry: [rest('which'), { type: 'askWhich' }],
        on: {
          'pick.none': [
            { guard: { type: 'hasFrame' }, ...resume },
            { actions: [{ type: 'raiseFlow', params: { flow: 'menu' } }] },
          ],
          'pick.*': [{ guard: { type: 'wasOffered' }, actions: [{ type: 'leaveSystem' }] }],
          unclear: [again],
          'ask-back': [again],
        },
      },
    },
  };
}

function rest(step: (typeof SYSTEM_STEPS)[number]): ActionJson {
  return { type: 'rest', params: { flow: SYSTEM, step, time: null } };
}
