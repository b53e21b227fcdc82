import { MACHINE_ID } from './machine-context.js';

/** An action or guard by name; what it does stands in `implementation.ts`. */
export interface ActionJson {
  readonly type: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface TransitionJson {
  readonly target?: string;
  readonly guard?: ActionJson;
  readonly actions?: readonly ActionJson[];
  readonly reenter?: boolean;
}

/** A state of the config, as plain JSON. */
export interface StateJson {
  readonly id?: string;
  readonly initial?: string;
  readonly options?: { readonly maxIterations: number };
  readonly entry?: readonly ActionJson[];
  readonly always?: readonly TransitionJson[];
  readonly on?: Readonly<Record<string, readonly TransitionJson[]>>;
  readonly after?: Readonly<Record<string, readonly TransitionJson[]>>;
  readonly states?: Readonly<Record<string, StateJson>>;
}

/** The id XState gives a state: machine, flow, step joined by dots. */
export function stateId(...path: readonly string[]): string {
  return [MACHINE_ID, ...path].join('.');
}
