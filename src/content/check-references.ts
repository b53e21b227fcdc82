import type { Bundle } from './bundle.js';
import { checkStep } from './check-steps.js';
import { checkTexts } from './check-texts.js';
import { didYouMean, type Finding } from './finding.js';
import type { Sources } from './sources.js';
import { SYSTEM_FLOWS } from './system-texts.js';

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

function checkTriggers(bundle: Bundle, sources: Sources): Finding[] {
  const findings: Finding[] = [];
  const owner = new Map<string, string>();
  const claim = (intent: string, name: string, finding: (message: string) => Finding): void => {
    const other = owner.get(intent);
    if (other !== undefined)
      findings.push(finding(`"${intent}" already starts "${other}"; an intent starts one flow.`));
    else owner.set(intent, name);
  };
  for (const flow of bundle.flows.values()) {
    if (flow.file !== 'flows/answers.yaml') continue;
    for (const intent of flow.triggers) {
      claim(intent, flow.name, (message) =>
        sources.answers.finding('double-trigger', [flow.name, 'triggers'], message),
      );
    }
  }
  for (const { flow, source } of sources.flows) {
    flow.triggers.forEach((intent, index) => {
      claim(intent, flow.name, (message) => source.finding('double-trigger', ['triggers', index], message));
    });
    if (bundle.flows.get(flow.name)?.file === 'flows/answers.yaml') {
      findings.push(
        source.finding('flow-name', ['flow'], `answers.yaml already has an answer "${flow.name}".`),
      );
    }
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

function checkRegistry(bundle: Bundle, sources: Sources): Finding[] {
  const { links, hand_offs: handOffs } = bundle.registry;
  return Object.entries(handOffs).flatMap(([name, handOff]) =>
    (['link', 'page', 'start', 'check'] as const).flatMap((field) => {
      const link = handOff[field];
      if (link === undefined || links.has(link)) return [];
      const said = `there is no link "${link}"${didYouMean(link, [...links.keys()])}`;
      return [sources.registry.finding('unknown-link', ['hand_offs', name, field], said)];
    }),
  );
}
