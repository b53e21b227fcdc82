import { type Flow, type Step, waysOf } from '../content/index.js';
import { HAND_OFF_CHOICES } from './hand-off-choices.js';
import type { ActionJson, StateJson, TransitionJson } from './machine-json.js';

/** A step that was entered (`way` is null), or the way by which one was left: for coverage. */
export interface StepTrace {
  readonly flow: string;
  readonly step: string;
  readonly way: string | null;
}

/** Name of the action that reports a trace. */
export const TRACE = 'trace';

/** The action that reports one trace. */
export function traceAction(flow: string, step: string, way: string | null): ActionJson {
  return { type: TRACE, params: { flow, step, way } };
}

/** The same state with its entry and each way out of it reported. */
export function traced(state: StateJson, flow: Flow, step: Step): StateJson {
  const mark = (transition: TransitionJson | undefined, way: string): TransitionJson[] =>
    transition === undefined
      ? []
      : [{ ...transition, actions: [traceAction(flow.name, step.name, way), ...(transition.actions ?? [])] }];
  const on = Object.fromEntries(
    Object.entries(state.on ?? {}).map(([event, transitions]) => {
      const way = wayOf(step, event);
      return [event, [...transitions.slice(0, -1), ...mark(transitions.at(-1), way)]];
    }),
  );
  const after = Object.fromEntries(
    Object.entries(state.after ?? {}).map(([delay, transitions]) => [
      delay,
      mark(transitions[0], step.verb === 'wait' ? 'time' : 'timeout'),
    ]),
  );
  const names = waysOf(step).map(({ way }) => way);
  const always =
    step.verb === 'call'
      ? state.always
      : state.always?.flatMap((transition, index) =>
          mark(transition, String(transition.guard?.params?.is ?? lastWay(step) ?? names[index])),
        );
  return {
    ...state,
    entry: [traceAction(flow.name, step.name, null), ...(state.entry ?? [])],
    ...(state.on === undefined ? {} : { on }),
    ...(state.after === undefined ? {} : { after }),
    ...(always === undefined ? {} : { always }),
  };
}

/** Of ways that are told apart by what they are, only the last has no guard. */
function lastWay(step: Step): string | null {
  if (step.verb !== 'do') return null;
  if (step.action === 'look-up') return 'not-ours';
  return step.action === 'session-code' ? 'none' : null;
}

/** The way an event takes: of a hand-off the outcome, else the choice or the event itself. */
function wayOf(step: Step, event: string): string {
  const picked = event.startsWith('pick.') ? event.slice('pick.'.length) : null;
  if (step.verb !== 'hand_off') return picked ?? event;
  return HAND_OFF_CHOICES.find((choice) => choice.value === picked)?.outcome ?? 'failed';
}
