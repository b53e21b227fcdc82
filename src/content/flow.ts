import type { TextKey } from '../model/index.js';
import type { Condition } from './condition.js';
import type { ActionName, EXPECTS, HandOffOutcome } from './flow-schema.js';

/** Where a step goes: a step of its own flow, rest, or another flow for good. */
export type Target =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'idle' }
  | { readonly kind: 'flow'; readonly flow: string };

export interface FlowButton {
  readonly label: TextKey;
  readonly value: string;
  readonly go: Target;
  readonly means: readonly string[];
}

export interface Timeout {
  /** A name of `_times.yaml`. */
  readonly after: string;
  readonly say: TextKey | null;
  readonly go: Target;
}

export type ExpectedAnswer = (typeof EXPECTS)[number];

type StepBody =
  | { readonly verb: 'say'; readonly say: TextKey; readonly go: Target }
  | {
      readonly verb: 'ask';
      readonly ask: TextKey;
      readonly save: string | null;
      readonly buttons: readonly FlowButton[];
      readonly expects: readonly ExpectedAnswer[];
      /** Where a free answer goes; `null` when the step takes none. */
      readonly go: Target | null;
      readonly unclear: { readonly say: TextKey; readonly tries: number; readonly go: Target };
      readonly timeout: Timeout | null;
    }
  | {
      readonly verb: 'branch';
      readonly branch: readonly { readonly when: Condition; readonly go: Target }[];
      readonly otherwise: Target;
    }
  | {
      readonly verb: 'link';
      readonly text: TextKey;
      readonly label: TextKey;
      readonly to: string;
      readonly go: Target;
    }
  | {
      readonly verb: 'hand_off';
      readonly handOff: string;
      readonly outcomes: Readonly<Record<HandOffOutcome, Target>>;
    }
  | {
      readonly verb: 'wait';
      readonly time: string;
      readonly say: TextKey | null;
      readonly buttons: readonly FlowButton[];
      readonly go: Target;
    }
  | { readonly verb: 'call'; readonly flow: string; readonly outcomes: Readonly<Record<string, Target>> }
  | {
      readonly verb: 'do';
      readonly action: ActionName;
      readonly of: string | null;
      readonly outcomes: Readonly<Record<string, Target>>;
    }
  | { readonly verb: 'set'; readonly set: Readonly<Record<string, string>>; readonly go: Target }
  | { readonly verb: 'human'; readonly topic: string; readonly say: TextKey; readonly go: Target }
  | { readonly verb: 'return'; readonly outcome: string }
  | { readonly verb: 'end'; readonly say: TextKey }
  /** A one-step answer of `answers.yaml`; returns by itself. */
  | { readonly verb: 'answer'; readonly say: TextKey; readonly links: readonly string[] };

/** One step of a flow, with everything written out. */
export type Step = StepBody & {
  readonly name: string;
  readonly private: boolean;
  readonly was: string | null;
};
export type StepOf<V extends Step['verb']> = Extract<Step, { verb: V }>;

export interface Flow {
  readonly name: string;
  readonly file: string;
  readonly triggers: readonly string[];
  readonly start: string;
  readonly interrupts: boolean;
  readonly preempts: boolean;
  readonly lobby: boolean;
  readonly keeps: readonly string[];
  readonly steps: ReadonlyMap<string, Step>;
}

/** Whether the conversation rests in this step until something happens. */
export function rests(step: Step): boolean {
  return step.verb === 'ask' || step.verb === 'wait' || step.verb === 'hand_off';
}

/** Every way out of a step, with the name of the way. */
export function waysOf(step: Step): readonly { readonly way: string; readonly target: Target }[] {
  switch (step.verb) {
    case 'say':
    case 'link':
    case 'set':
    case 'human':
      return [{ way: 'go', target: step.go }];
    case 'ask':
      return [
        ...step.buttons.map((button) => ({ way: button.value, target: button.go })),
        ...(step.go === null ? [] : [{ way: 'answer', target: step.go }]),
        { way: 'unclear', target: step.unclear.go },
        ...(step.timeout === null ? [] : [{ way: 'timeout', target: step.timeout.go }]),
      ];
    case 'wait':
      return [
        ...step.buttons.map((button) => ({ way: button.value, target: button.go })),
        { way: 'time', target: step.go },
      ];
    case 'branch':
      return [
        ...step.branch.map((arm, index) => ({ way: `when-${index + 1}`, target: arm.go })),
        { way: 'otherwise', target: step.otherwise },
      ];
    case 'hand_off':
    case 'call':
    case 'do':
      return Object.entries(step.outcomes).map(([way, target]) => ({ way, target }));
    case 'return':
    case 'end':
    case 'answer':
      return [];
  }
}

/** Every text key a step names. */
export function textsOf(step: Step): readonly TextKey[] {
  switch (step.verb) {
    case 'say':
    case 'end':
    case 'human':
    case 'answer':
      return [step.say];
    case 'ask':
      return [
        step.ask,
        ...step.buttons.map((button) => button.label),
        step.unclear.say,
        ...(step.timeout?.say ? [step.timeout.say] : []),
      ];
    case 'link':
      return [step.text, step.label];
    case 'wait':
      return [...(step.say === null ? [] : [step.say]), ...step.buttons.map((button) => button.label)];
    case 'hand_off':
      return [`hand-off.${step.handOff}.asks`];
    default:
      return [];
  }
}
