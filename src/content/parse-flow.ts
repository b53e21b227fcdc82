import { z } from 'zod';
import { checkShape } from './check-shape.js';
import { parseCondition } from './condition.js';
import { type Finding, type NodePath, nearest } from './finding.js';
import type { FindingCode } from './finding-codes.js';
import type { Flow, FlowButton, Step, StepOf, Target } from './flow.js';
import {
  ACTIONS,
  FLOW_SCHEMA,
  OPTIONAL_HAND_OFF_OUTCOMES,
  OPTIONAL_OUTCOMES,
  STEP_SCHEMAS,
  VERBS,
  type Verb,
} from './flow-schema.js';
import type { FindingOptions, YamlSource } from './yaml-source.js';

/** A flow with the file it was read from, so that later checks can point into it. */
export interface ParsedFlow {
  readonly flow: Flow;
  readonly source: YamlSource;
  /** Steps that are there and could not be understood. */
  readonly unclear: ReadonlySet<string>;
  /** Whether what starts it is known: `triggers` is not there under another name. */
  readonly hasTriggers: boolean;
}

/** Names the machine uses itself. */
export const RESERVED_FLOWS: readonly string[] = ['system', 'idle', 'fresh'];

type Raw<V extends Verb> = z.infer<(typeof STEP_SCHEMAS)[V]>;

/** The parts of a flow whose file has a mistake at the top. */
const PARTS = z.object({
  triggers: z.array(z.string()).catch([]),
  start: z.string().catch(''),
  private: z.boolean().catch(false),
  steps: z.record(z.string(), z.unknown()).catch({}),
});

/** Most steps of a flow. */
const MAX_STEPS = 60;

/**
 * Reads one flow file into steps with everything written out, and says what is wrong with it. With mistakes the flow
 * holds what could be understood; `null` when that is nothing.
 */
export function parseFlow(source: YamlSource): { flow: ParsedFlow | null; findings: readonly Finding[] } {
  const fileName = source.file.replace(/^.*\//, '').replace(/\.yaml$/, '');
  const findings: Finding[] = [];
  const shape = checkShape(source, FLOW_SCHEMA);
  if ('findings' in shape) findings.push(...shape.findings);
  const parts = PARTS.safeParse(source.value);
  if (!parts.success) return { flow: null, findings };
  const raw =
    'value' in shape
      ? shape.value
      : { ...parts.data, flow: fileName, interrupts: false, preempts: false, lobby: false, keeps: [] };
  if (raw.flow !== fileName) {
    findings.push(
      source.finding(
        'flow-name',
        ['flow'],
        `is named "${raw.flow}", but the file is named "${fileName}"; both must be the same.`,
        { expected: fileName, instead: fileName },
      ),
    );
  }
  if (RESERVED_FLOWS.includes(raw.flow)) {
    findings.push(source.finding('flow-name', ['flow'], `"${raw.flow}" is a reserved name; choose another.`));
  }
  const names = Object.keys(raw.steps);
  const overMost = names[MAX_STEPS];
  if (overMost !== undefined) {
    const said = `has ${names.length} steps; a flow has at most ${MAX_STEPS}.`;
    findings.push(source.finding('too-many-steps', ['steps', overMost], said, { onKey: true }));
  }
  const steps = new Map<string, Step>();
  const unclear = new Set<string>();
  for (const [name, body] of Object.entries(raw.steps)) {
    const parsed = isRecord(body) ? parseStep(source, name, body, raw.private) : { findings: [] };
    if ('step' in parsed) steps.set(name, parsed.step);
    else unclear.add(name);
    if ('findings' in parsed) findings.push(...parsed.findings);
  }
  const hasSteps = 'value' in shape || isRecord((source.value as { steps?: unknown }).steps);
  if (raw.start !== '' && hasSteps && !Object.hasOwn(raw.steps, raw.start)) {
    findings.push(
      source.finding('unknown-step', ['start'], `starts at "${raw.start}", which is no step of this flow`, {
        wrong: raw.start,
        known: names,
        safe: true,
      }),
    );
  }
  const { interrupts, preempts, lobby, keeps, triggers, start } = raw;
  const flow = {
    name: fileName,
    file: source.file,
    triggers,
    start,
    interrupts,
    preempts,
    lobby,
    keeps,
    steps,
  };
  const hasTriggers = 'value' in shape || !holdsSlip(source.value, 'triggers');
  return { flow: { source, unclear, hasTriggers, flow }, findings };
}

/** Whether a word stands in an object misspelled. */
function holdsSlip(value: unknown, word: string): boolean {
  if (!isRecord(value) || Object.hasOwn(value, word)) return false;
  return Object.keys(value).some((key) => nearest(key, [word]) !== null);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseStep(
  source: YamlSource,
  name: string,
  body: Record<string, unknown>,
  flowPrivate: boolean,
): { step: Step } | { findings: readonly Finding[] } {
  const at: NodePath = ['steps', name];
  const present = VERBS.filter((verb) => Object.hasOwn(body, verb));
  // `human` and `wait` may say something beside their verb.
  const verbs = present.some((verb) => verb === 'human' || verb === 'wait')
    ? present.filter((verb) => verb !== 'say')
    : present;
  const [verb] = verbs;
  if (verb === undefined) {
    const slip = Object.keys(body).find((word) => nearest(word, VERBS) !== null);
    if (slip !== undefined) {
      const said = `step "${name}" has no verb, and does not know the word "${slip}"`;
      const options = { onKey: true, mark: slip, wrong: slip, known: VERBS, safe: true };
      return { findings: [source.finding('no-verb', [...at, slip], said, options)] };
    }
    const message = `step "${name}" has no verb; a step has exactly one of ${VERBS.join(', ')}.`;
    return {
      findings: [source.finding('no-verb', at, message, { onKey: true, expected: VERBS.join(', ') })],
    };
  }
  if (verbs.length > 1) {
    return {
      findings: [
        source.finding(
          'two-verbs',
          at,
          `step "${name}" has ${verbs.length} verbs (${verbs.join(', ')}); a step has exactly one.`,
          { onKey: true },
        ),
      ],
    };
  }
  const shape = checkShape<unknown>(source, STEP_SCHEMAS[verb], body, at);
  if ('findings' in shape) return shape;
  const findings: Finding[] = [];
  const step = build(verb, name, shape.value, flowPrivate, (code, path, message, options) =>
    findings.push(source.finding(code, [...at, ...path], message, options)),
  );
  return findings.length > 0 ? { findings } : { step };
}

type Report = (code: FindingCode, path: NodePath, message: string, options?: FindingOptions) => void;

function build(verb: Verb, name: string, value: unknown, flowPrivate: boolean, report: Report): Step {
  const base = {
    name,
    private: flowPrivate || (value as { private?: boolean }).private === true,
    was: (value as { was?: string }).was ?? null,
  };
  switch (verb) {
    case 'say': {
      const raw = value as Raw<'say'>;
      return { ...base, verb, say: raw.say, go: target(raw.go) };
    }
    case 'ask':
      return { ...base, ...buildAsk(value as Raw<'ask'>, report) };
    case 'branch': {
      const raw = value as Raw<'branch'>;
      const branch = raw.branch.flatMap((arm, index) => {
        const when = parseCondition(arm.when);
        if ('error' in when) {
          report('condition', ['branch', index, 'when'], `the condition ${when.error}.`);
          return [];
        }
        return [{ when, go: target(arm.go) }];
      });
      return { ...base, verb, branch, otherwise: target(raw.otherwise) };
    }
    case 'link': {
      const raw = value as Raw<'link'>;
      return {
        ...base,
        verb,
        text: raw.link.text,
        label: raw.link.label,
        to: raw.link.to,
        go: target(raw.go),
      };
    }
    case 'hand_off': {
      const raw = value as Raw<'hand_off'>;
      const { then } = raw;
      const outcomes = {
        ...targets(then),
        'no-code': target(then['no-code'] ?? then[OPTIONAL_HAND_OFF_OUTCOMES['no-code']]),
        'no-access': target(then['no-access'] ?? then[OPTIONAL_HAND_OFF_OUTCOMES['no-access']]),
      } as StepOf<'hand_off'>['outcomes'];
      return { ...base, verb, private: true, handOff: raw.hand_off, outcomes };
    }
    case 'wait': {
      const raw = value as Raw<'wait'>;
      return {
        ...base,
        verb,
        time: raw.wait,
        say: raw.say ?? null,
        buttons: (raw.buttons ?? []).map(button),
        go: target(raw.go),
      };
    }
    case 'call': {
      const raw = value as Raw<'call'>;
      return { ...base, verb, flow: raw.call, outcomes: targets(raw.then) };
    }
    case 'do': {
      const raw = value as Raw<'do'>;
      checkOutcomes(raw.do, raw.then, report);
      if ((raw.do === 'look-up' || raw.do === 'set-locale') && raw.of === undefined)
        report('missing-word', [], `"${raw.do}" needs "of": the slot to use.`);
      return { ...base, verb, action: raw.do, of: raw.of ?? null, outcomes: targets(raw.then) };
    }
    case 'set': {
      const raw = value as Raw<'set'>;
      return { ...base, verb, set: raw.set, go: target(raw.go) };
    }
    case 'human': {
      const raw = value as Raw<'human'>;
      return { ...base, verb, private: true, topic: raw.human, say: raw.say, go: target(raw.go) };
    }
    case 'return':
      return { ...base, verb, outcome: (value as Raw<'return'>).return };
    case 'end':
      return { ...base, verb, say: (value as Raw<'end'>).end };
  }
}

function buildAsk(raw: Raw<'ask'>, report: Report): Omit<StepOf<'ask'>, 'name' | 'private' | 'was'> {
  const buttons = (raw.buttons ?? []).map(button);
  const expects = raw.expects === undefined ? [] : [raw.expects].flat();
  if (buttons.length === 0 && expects.length === 0)
    report('no-answer', ['ask'], 'asks, but has neither "buttons" nor "expects", so nobody can answer.');
  if (expects.length > 0 && raw.go === undefined)
    report('missing-word', ['expects'], '"expects" needs "go": where a free answer leads.');
  if (expects.length === 0 && raw.go !== undefined)
    report('unused-go', ['go'], 'has "go" but no "expects": the buttons already say where to go.');
  const seen = new Set<string>();
  buttons.forEach((entry, index) => {
    if (seen.has(entry.value))
      report('double-value', ['buttons', index, 'value'], `two buttons have the value "${entry.value}".`);
    seen.add(entry.value);
  });
  return {
    verb: 'ask',
    ask: raw.ask,
    save: raw.save ?? null,
    buttons,
    expects,
    go: raw.go === undefined ? null : target(raw.go),
    unclear: { say: raw.unclear.say, tries: raw.unclear.tries, go: target(raw.unclear.go) },
    timeout:
      raw.timeout === undefined
        ? null
        : { after: raw.timeout.after, say: raw.timeout.say ?? null, go: target(raw.timeout.go) },
  };
}

function checkOutcomes(action: keyof typeof ACTIONS, then: Record<string, string>, report: Report): void {
  const wanted: readonly string[] = ACTIONS[action];
  const known = [...wanted, ...Object.keys(OPTIONAL_OUTCOMES[action] ?? {})];
  for (const outcome of wanted) {
    if (!Object.hasOwn(then, outcome))
      report('missing-outcome', ['then'], `"${action}" can end as "${outcome}"; say where that goes.`);
  }
  for (const outcome of Object.keys(then)) {
    if (!known.includes(outcome))
      report('unknown-outcome', ['then', outcome], `"${action}" never ends as "${outcome}"`, {
        wrong: outcome,
        known,
      });
  }
}

function button(raw: { label: string; value: string; go: string; means?: string[] | undefined }): FlowButton {
  return { label: raw.label, value: raw.value, go: target(raw.go), means: raw.means ?? [] };
}

/** A target as written: a step, `idle`, `menu`, or `flow:NAME`. */
export function target(text: string): Target {
  if (text === 'idle') return { kind: 'idle' };
  if (text === 'menu') return { kind: 'flow', flow: 'menu' };
  if (text.startsWith('flow:')) return { kind: 'flow', flow: text.slice('flow:'.length) };
  return { kind: 'step', step: text };
}

function targets(raw: Record<string, string | undefined>): Record<string, Target> {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([outcome, text]) => (text === undefined ? [] : [[outcome, target(text)]])),
  );
}
