import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by "-"');
const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/, 'must be a text key such as mail.where-looked');
const target = z.string().regex(/^(flow:)?[a-z][a-z0-9-]*$/, 'must be a step, idle, menu, or flow:NAME');
const value = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'must be a short word');

/** Most choices of a question. Platforms with less room show them page by page. */
const MAX_BUTTONS = 12;

const button = z.strictObject({ label: key, value, go: target, means: z.array(name).optional() });
const unclear = z.strictObject({ say: key, tries: z.int().min(1).max(5), go: target });
const timeout = z.strictObject({ after: name, say: key.optional(), go: target });

/** What a free answer may be. */
export const EXPECTS = ['link', 'handle', 'mail', 'number', 'hash', 'words', 'text'] as const;
const expects = z.union([z.enum(EXPECTS), z.array(z.enum(EXPECTS)).min(1)]);

/** The closed list of `do`, with the outcomes each must handle. */
export const ACTIONS = {
  'look-up': ['ours', 'not-ours', 'look-alike'],
  'set-locale': ['done'],
  'forget-me': ['done'],
  report: ['done'],
  'open-private': ['done'],
  'treat-as-secret': ['done'],
  'session-code': ['shown', 'none'],
} as const;
export type ActionName = keyof typeof ACTIONS;
/** Outcomes of a `do` that need not be handled; they go where the named one goes. */
export const OPTIONAL_OUTCOMES: Readonly<Partial<Record<ActionName, Readonly<Record<string, string>>>>> = {
  'look-up': { elsewhere: 'not-ours' },
};

/** Outcomes of a hand-off; the optional ones fall back to the named one. */
const HAND_OFF_OUTCOMES = ['done', 'no-mail', 'expired', 'stopped', 'failed'] as const;
export const OPTIONAL_HAND_OFF_OUTCOMES = { 'no-code': 'no-mail', 'no-access': 'failed' } as const;
export type HandOffOutcome = (typeof HAND_OFF_OUTCOMES)[number] | keyof typeof OPTIONAL_HAND_OFF_OUTCOMES;

/** Words every step may have beside its verb. */
const common = { private: z.boolean().optional(), note: z.string().optional(), was: name.optional() };

/** The schema of a step, by its verb. */
export const STEP_SCHEMAS = {
  say: z.strictObject({ say: key, go: target, ...common }),
  ask: z.strictObject({
    ask: key,
    save: name.optional(),
    buttons: z.array(button).min(1).max(MAX_BUTTONS).optional(),
    expects: expects.optional(),
    go: target.optional(),
    unclear,
    timeout: timeout.optional(),
    ...common,
  }),
  branch: z.strictObject({
    branch: z.array(z.strictObject({ when: z.string(), go: target })).min(1),
    otherwise: target,
    ...common,
  }),
  link: z.strictObject({ link: z.strictObject({ text: key, label: key, to: name }), go: target, ...common }),
  hand_off: z.strictObject({
    hand_off: name,
    then: z.strictObject({
      done: target,
      'no-mail': target,
      expired: target,
      stopped: target,
      failed: target,
      'no-code': target.optional(),
      'no-access': target.optional(),
    }),
    ...common,
  }),
  wait: z.strictObject({
    wait: name,
    say: key.optional(),
    buttons: z.array(button).min(1).max(MAX_BUTTONS).optional(),
    go: target,
    ...common,
  }),
  call: z.strictObject({ call: name, then: z.record(name, target), ...common }),
  do: z.strictObject({
    do: z.enum(Object.keys(ACTIONS) as [ActionName, ...ActionName[]]),
    of: name.optional(),
    then: z.record(name, target),
    ...common,
  }),
  set: z.strictObject({ set: z.record(name, value), go: target, ...common }),
  human: z.strictObject({ human: name, say: key, go: target, ...common }),
  return: z.strictObject({ return: name, ...common }),
  end: z.strictObject({ end: key, ...common }),
} as const;

export type Verb = keyof typeof STEP_SCHEMAS;
export const VERBS = Object.keys(STEP_SCHEMAS) as readonly Verb[];

/** The schema of a flow file; its steps are checked one by one by their verb. */
export const FLOW_SCHEMA = z.strictObject({
  flow: name,
  title: z.string(),
  triggers: z.array(name).default([]),
  start: name,
  interrupts: z.boolean().default(false),
  preempts: z.boolean().default(false),
  lobby: z.boolean().default(false),
  private: z.boolean().default(false),
  keeps: z.array(name).default([]),
  note: z.string().optional(),
  steps: z.record(name, z.record(z.string(), z.unknown())),
});

/** `flows/answers.yaml`. */
export const ANSWERS_SCHEMA = z.record(
  name,
  z.strictObject({
    say: key,
    links: z.array(name).default([]),
    triggers: z.array(name).optional(),
    private: z.boolean().default(false),
    note: z.string().optional(),
  }),
);

/** `flows/_global.yaml`. */
export const GLOBAL_SCHEMA = z.strictObject({
  cancel: z.strictObject({ say: key, go: target }),
  restart: z.strictObject({ go: target, clears: z.literal(true) }),
  language: z.strictObject({ flow: name }),
  human: z.strictObject({ human: name, say: key }),
  help: z.strictObject({ flow: name }),
  'forget-me': z.strictObject({ flow: name }),
});

/** `flows/_times.yaml`: `10m`, in s, m, h or d. */
export const TIMES_SCHEMA = z.record(
  name,
  z.string().regex(/^[1-9][0-9]{0,3}[smhd]$/, 'must be a number and s, m, h or d, such as 10m'),
);
