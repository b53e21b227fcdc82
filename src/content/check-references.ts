import type { Sources } from './build-bundle.js';
import type { Bundle } from './bundle.js';
import { CIRCUMSTANCES, comparisonsOf } from './condition.js';
import { didYouMean, type Finding, type NodePath } from './finding.js';
import { type Flow, type Step, type Target, textsOf, waysOf } from './flow.js';
import { SYSTEM_FLOWS, SYSTEM_TEXTS } from './system-texts.js';
import type { YamlSource } from './yaml-source.js';

/** Names across files that lead nowhere: steps, flows, texts, links, times, hand-offs, intents, outcomes. */
export function checkReferences(bundle: Bundle, sources: Sources): readonly Finding[] {
  return [
    ...sources.flows.flatMap(({ flow, source }) =>
      [...flow.steps.values()].flatMap((step) => checkStep(bundle, flow, step, source)),
    ),
    ...checkTriggers(bundle, sources),
    ...checkSystem(bundle, sources),
    ...checkTexts(bundle, sources),
    ...checkRegistry(bundle, sources),
  ];
}

function checkStep(bundle: Bundle, flow: Flow, step: Step, source: YamlSource): Finding[] {
  const at: NodePath = ['steps', step.name];
  const findings: Finding[] = [];
  const report = (code: string, path: NodePath, message: string): void => {
    findings.push(source.finding(code, [...at, ...path], message));
  };
  for (const { way, target } of waysOf(step)) {
    const problem = targetProblem(bundle, flow, target);
    if (problem !== null)
      report(problem.code, wayPath(step, way), `step "${step.name}" (${way}) leads to ${problem.message}`);
  }
  const link = step.verb === 'link' ? step.to : null;
  if (link !== null && !bundle.registry.links.has(link)) {
    report(
      'unknown-link',
      ['link', 'to'],
      `the registry has no link "${link}"${didYouMean(link, [...bundle.registry.links.keys()])}`,
    );
  }
  const time = step.verb === 'wait' ? step.time : step.verb === 'ask' ? (step.timeout?.after ?? null) : null;
  if (time !== null && !bundle.timesMs.has(time)) {
    report(
      'unknown-time',
      step.verb === 'wait' ? ['wait'] : ['timeout', 'after'],
      `_times.yaml has no time "${time}"${didYouMean(time, [...bundle.timesMs.keys()])}`,
    );
  }
  if (step.verb === 'hand_off' && !Object.hasOwn(bundle.registry.hand_offs, step.handOff)) {
    report(
      'unknown-hand-off',
      ['hand_off'],
      `the registry has no hand-off "${step.handOff}"${didYouMean(step.handOff, Object.keys(bundle.registry.hand_offs))}`,
    );
  }
  if (step.verb === 'call') findings.push(...checkCall(bundle, step, source, at));
  if (step.verb === 'ask' || step.verb === 'wait') {
    step.buttons.forEach((button, index) => {
      for (const intent of button.means) {
        if (!bundle.triggers.has(intent))
          report(
            'unknown-intent',
            ['buttons', index, 'means'],
            `nothing is triggered by "${intent}"${didYouMean(intent, [...bundle.triggers.keys()])}`,
          );
      }
    });
  }
  if (step.verb === 'branch') {
    const slots = slotsOf(bundle);
    step.branch.forEach((arm, index) => {
      for (const { name } of comparisonsOf(arm.when)) {
        if (!slots.has(name))
          report(
            'unknown-slot',
            ['branch', index, 'when'],
            `no step saves "${name}"${didYouMean(name, [...slots])}`,
          );
      }
    });
  }
  return findings;
}

function checkCall(
  bundle: Bundle,
  step: Extract<Step, { verb: 'call' }>,
  source: YamlSource,
  at: NodePath,
): Finding[] {
  const called = bundle.flows.get(step.flow);
  if (called === undefined) {
    return [
      source.finding(
        'unknown-flow',
        [...at, 'call'],
        `there is no flow "${step.flow}"${didYouMean(step.flow, [...bundle.flows.keys()])}`,
      ),
    ];
  }
  const returned = new Set(
    [...called.steps.values()].flatMap((other) => (other.verb === 'return' ? [other.outcome] : [])),
  );
  const missing = [...returned].filter((outcome) => !Object.hasOwn(step.outcomes, outcome));
  const never = Object.keys(step.outcomes).filter((outcome) => !returned.has(outcome));
  return [
    ...missing.map((outcome) =>
      source.finding(
        'missing-outcome',
        [...at, 'then'],
        `"${step.flow}" can return "${outcome}"; say where that goes.`,
      ),
    ),
    ...never.map((outcome) =>
      source.finding(
        'unknown-outcome',
        [...at, 'then', outcome],
        `"${step.flow}" never returns "${outcome}"${didYouMean(outcome, [...returned])}`,
      ),
    ),
  ];
}

function targetProblem(bundle: Bundle, flow: Flow, target: Target): { code: string; message: string } | null {
  if (target.kind === 'step' && !flow.steps.has(target.step)) {
    return {
      code: 'unknown-step',
      message: `"${target.step}", which is no step of this flow${didYouMean(target.step, [...flow.steps.keys(), 'idle', 'menu'])}`,
    };
  }
  if (target.kind === 'flow' && !bundle.flows.has(target.flow)) {
    return {
      code: 'unknown-flow',
      message: `the flow "${target.flow}", which does not exist${didYouMean(target.flow, [...bundle.flows.keys()])}`,
    };
  }
  return null;
}

/** Where a way of a step stands in the file. */
function wayPath(step: Step, way: string): NodePath {
  switch (step.verb) {
    case 'ask':
    case 'wait': {
      const index = step.buttons.findIndex((button) => button.value === way);
      if (index >= 0) return ['buttons', index, 'go'];
      return way === 'unclear' || way === 'timeout' ? [way, 'go'] : ['go'];
    }
    case 'branch':
      return way === 'otherwise' ? ['otherwise'] : ['branch', Number(way.slice('when-'.length)) - 1, 'go'];
    case 'hand_off':
    case 'call':
    case 'do':
      return ['then', way];
    default:
      return ['go'];
  }
}

function checkTriggers(bundle: Bundle, sources: Sources): Finding[] {
  const findings: Finding[] = [];
  const owner = new Map<string, string>();
  for (const { flow, source } of sources.flows) {
    flow.triggers.forEach((intent, index) => {
      const other =
        owner.get(intent) ?? (bundle.flows.get(intent)?.file === 'flows/answers.yaml' ? intent : undefined);
      if (other !== undefined)
        findings.push(
          source.finding(
            'double-trigger',
            ['triggers', index],
            `"${intent}" already starts "${other}"; an intent starts one flow.`,
          ),
        );
      owner.set(intent, flow.name);
    });
    if (bundle.flows.get(flow.name)?.file === 'flows/answers.yaml')
      findings.push(
        source.finding('flow-name', ['flow'], `answers.yaml already has an answer "${flow.name}".`),
      );
  }
  for (const [tag, source] of sources.phrases) {
    const intents = bundle.phrases.get(tag)?.intents ?? new Map<string, readonly string[]>();
    for (const intent of bundle.triggers.keys()) {
      if (!intents.has(intent))
        findings.push(
          source.finding(
            'no-phrases',
            ['intents'],
            `has no phrases for "${intent}", so nobody can ask for it in ${tag}.`,
            { onKey: true },
          ),
        );
    }
    for (const intent of intents.keys()) {
      if (!bundle.triggers.has(intent))
        findings.push(
          source.finding(
            'unknown-intent',
            ['intents', intent],
            `no flow or answer is triggered by "${intent}"${didYouMean(intent, [...bundle.triggers.keys()])}`,
            { onKey: true },
          ),
        );
    }
  }
  return findings;
}

function checkSystem(bundle: Bundle, sources: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const name of SYSTEM_FLOWS) {
    if (!bundle.flows.has(name))
      findings.push({
        code: 'missing-flow',
        level: 'error',
        file: `flows/${name}.yaml`,
        line: 1,
        col: 1,
        message: `is missing: the program itself opens the flow "${name}".`,
      });
  }
  for (const [word, action] of Object.entries(bundle.globals)) {
    const flow =
      action.kind === 'flow'
        ? action.flow
        : action.kind === 'go' && action.go.kind === 'flow'
          ? action.go.flow
          : null;
    if (flow !== null && !bundle.flows.has(flow))
      findings.push(
        sources.global.finding(
          'unknown-flow',
          [word],
          `there is no flow "${flow}"${didYouMean(flow, [...bundle.flows.keys()])}`,
        ),
      );
  }
  for (const flow of bundle.flows.values()) {
    for (const step of flow.steps.values()) {
      if (step.verb !== 'answer') continue;
      step.links.forEach((link, index) => {
        if (!bundle.registry.links.has(link))
          findings.push(
            sources.answers.finding(
              'unknown-link',
              [flow.name, 'links', index],
              `the registry has no link "${link}"${didYouMean(link, [...bundle.registry.links.keys()])}`,
            ),
          );
      });
    }
  }
  return findings;
}

/** Every text key that may be said, with the place that names it. */
function usedTexts(
  bundle: Bundle,
  sources: Sources,
): readonly { key: string; source: YamlSource; at: NodePath }[] {
  const inFlows = sources.flows.flatMap(({ flow, source }) => [
    ...[...flow.steps.values()].flatMap((step) =>
      textsOf(step).map((key) => ({ key, source, at: ['steps', step.name] as NodePath })),
    ),
    { key: `title.${flow.name}`, source, at: ['flow'] as NodePath },
  ]);
  const inAnswers = [...bundle.flows.values()]
    .filter((flow) => flow.file === 'flows/answers.yaml')
    .flatMap((flow) =>
      [...flow.steps.values()].flatMap((step) =>
        [
          ...textsOf(step),
          `title.${flow.name}`,
          ...(step.verb === 'answer' ? step.links.map((link) => `link.${link}`) : []),
        ].map((key) => ({ key, source: sources.answers, at: [flow.name] as NodePath })),
      ),
    );
  const inRegistry = bundle.registry.support.flatMap((entry, index) =>
    [`support.${entry.channel}`, `support.${entry.channel}-for`].map((key) => ({
      key,
      source: sources.registry,
      at: ['support', index, 'channel'] as NodePath,
    })),
  );
  const inGlobals = Object.entries(bundle.globals).flatMap(([word, action]) =>
    'say' in action && action.say !== null
      ? [{ key: action.say, source: sources.global, at: [word, 'say'] as NodePath }]
      : [],
  );
  const inSystem = SYSTEM_TEXTS.map((key) => ({ key, source: sources.locales, at: ['source'] as NodePath }));
  return [...inFlows, ...inAnswers, ...inRegistry, ...inGlobals, ...inSystem];
}

function checkTexts(bundle: Bundle, sources: Sources): Finding[] {
  const findings: Finding[] = [];
  const reported = new Set<string>();
  const { source, required } = bundle.locales;
  const sourceTexts = bundle.texts.get(source);
  const known = [...(sourceTexts?.keys() ?? [])];
  for (const used of usedTexts(bundle, sources)) {
    if (reported.has(used.key)) continue;
    reported.add(used.key);
    if (sourceTexts?.has(used.key) !== true) {
      findings.push(
        used.source.finding(
          'missing-text',
          used.at,
          `names the text "${used.key}", which locales/${source}/texts.yaml does not have${didYouMean(used.key, known)}`,
        ),
      );
      continue;
    }
    for (const tag of required) {
      const file = sources.texts.get(tag);
      if (file !== undefined && bundle.texts.get(tag)?.has(used.key) !== true)
        findings.push(file.finding('missing-text', [], `has no text "${used.key}".`));
    }
  }
  for (const [tag, texts] of bundle.texts) {
    for (const [key, message] of texts) {
      const original = sourceTexts?.get(key);
      if (original === undefined || tag === source) continue;
      const wanted = original.placeholders.filter((name) => !message.placeholders.includes(name));
      const extra = message.placeholders.filter((name) => !original.placeholders.includes(name));
      if (wanted.length + extra.length > 0) {
        const parts = [
          ...wanted.map((name) => `lacks {${name}}`),
          ...extra.map((name) => `has {${name}}, which the source has not`),
        ];
        const file = sources.texts.get(tag);
        if (file !== undefined)
          findings.push(file.finding('placeholders', [key], `the text "${key}" ${parts.join(' and ')}.`));
      }
    }
  }
  return findings;
}

function checkRegistry(bundle: Bundle, sources: Sources): Finding[] {
  return Object.entries(bundle.registry.hand_offs).flatMap(([name, handOff]) =>
    bundle.registry.links.has(handOff.link)
      ? []
      : [
          sources.registry.finding(
            'unknown-link',
            ['hand_offs', name, 'link'],
            `there is no link "${handOff.link}"${didYouMean(handOff.link, [...bundle.registry.links.keys()])}`,
          ),
        ],
  );
}

function slotsOf(bundle: Bundle): ReadonlySet<string> {
  const slots = new Set<string>([...CIRCUMSTANCES, 'secret-kind']);
  for (const flow of bundle.flows.values()) {
    for (const step of flow.steps.values()) {
      if (step.verb === 'ask' && step.save !== null) slots.add(step.save);
      if (step.verb === 'set') for (const slot of Object.keys(step.set)) slots.add(slot);
    }
  }
  return slots;
}
