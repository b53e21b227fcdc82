import { checkStep } from './check-steps.js';
import { checkTexts } from './check-texts.js';
import { type Draft, flowNames, mayHaveFlow } from './draft.js';
import { aboutFile, type Finding } from './finding.js';
import { knowsSlots, slotNames } from './known-slots.js';
import type { DraftSources } from './sources.js';
import { SYSTEM_FLOWS } from './system-texts.js';

const ANSWERS = 'flows/answers.yaml';

/** Names across files that lead nowhere: steps, flows, texts, links, times, hand-offs, intents, outcomes. */
export function checkReferences(draft: Draft, sources: DraftSources): readonly Finding[] {
  return [
    ...sources.flows.flatMap((parsed) =>
      [...parsed.flow.steps.values()].flatMap((step) => checkStep(draft, parsed, step)),
    ),
    ...sources.flows.flatMap((parsed) => checkKeeps(draft, parsed)),
    ...checkTriggers(draft, sources),
    ...checkIntents(draft, sources),
    ...checkSystem(draft, sources),
    ...checkTexts(draft, sources),
    ...checkLinks(draft, sources),
  ];
}

/** Slots that a flow keeps and nothing saves. */
function checkKeeps(draft: Draft, { flow, source }: DraftSources['flows'][number]): readonly Finding[] {
  if (flow.keeps.length === 0 || !knowsSlots(draft)) return [];
  const known = slotNames(draft);
  return flow.keeps.flatMap((slot, index) => {
    const options = { wrong: slot, known, safe: true };
    return known.includes(slot)
      ? []
      : [source.finding('unknown-slot', ['keeps', index], `no step saves "${slot}"`, options)];
  });
}

function checkTriggers(draft: Draft, { flows, answers }: DraftSources): readonly Finding[] {
  const findings: Finding[] = [];
  const owner = new Map<string, string>();
  const claim = (intent: string, name: string, finding: (message: string) => Finding): void => {
    const other = owner.get(intent);
    if (other !== undefined)
      findings.push(finding(`"${intent}" already starts "${other}"; an intent starts one flow.`));
    else owner.set(intent, name);
  };
  for (const flow of draft.flows.values()) {
    if (flow.file !== ANSWERS || answers === null) continue;
    for (const intent of flow.triggers) {
      claim(intent, flow.name, (message) =>
        answers.finding('double-trigger', [flow.name, 'triggers'], message, { mark: intent }),
      );
    }
  }
  for (const { flow, source } of flows) {
    const isAnswer = draft.flows.get(flow.name)?.file === ANSWERS;
    if (isAnswer) {
      const said = `answers.yaml already has an answer "${flow.name}".`;
      findings.push(source.finding('flow-name', ['flow'], said));
      continue;
    }
    flow.triggers.forEach((intent, index) => {
      claim(intent, flow.name, (message) => source.finding('double-trigger', ['triggers', index], message));
    });
  }
  return findings;
}

function checkIntents(draft: Draft, { phrases }: DraftSources): readonly Finding[] {
  if (!draft.allTriggers) return [];
  return [...phrases].flatMap(([tag, source]) => {
    const intents = draft.phrases.get(tag)?.intents;
    if (intents === undefined) return [];
    const unknown = [...intents.keys()].filter((intent) => !draft.triggers.has(intent));
    const without = [...draft.triggers.keys()].filter((intent) => !intents.has(intent));
    const known = [...draft.triggers.keys()];
    // A misspelled intent has no phrases and is unknown: it is said once.
    const isSlip = unknown.length === 1 && without.length === 1;
    return [
      ...(isSlip ? [] : without).map((intent) =>
        source.finding(
          'no-phrases',
          ['intents'],
          `has no phrases for "${intent}", so nobody can ask for it in ${tag}.`,
          { onKey: true },
        ),
      ),
      ...unknown.map((intent) =>
        source.finding(
          'unknown-intent',
          ['intents', intent],
          `no flow or answer is triggered by "${intent}"`,
          {
            onKey: true,
            wrong: intent,
            known,
            safe: true,
          },
        ),
      ),
    ];
  });
}

function checkSystem(draft: Draft, { global }: DraftSources): readonly Finding[] {
  const missing = SYSTEM_FLOWS.filter((name) => !mayHaveFlow(draft, name)).map((name): Finding => {
    const message = `is missing: the program itself opens the flow "${name}".`;
    return aboutFile('missing-flow', `flows/${name}.yaml`, message);
  });
  const unknown = Object.entries(draft.globals ?? {}).flatMap(([word, action]) => {
    const go = action.kind === 'go' && action.go.kind === 'flow' ? action.go.flow : null;
    const flow = action.kind === 'flow' ? action.flow : go;
    if (flow === null || global === null || mayHaveFlow(draft, flow)) return [];
    const options = { wrong: flow, known: flowNames(draft), safe: true };
    return [global.finding('unknown-flow', [word], `there is no flow "${flow}"`, options)];
  });
  return [...missing, ...unknown];
}

/** Links that answers and hand-offs name. */
function checkLinks(draft: Draft, { answers, registry: source }: DraftSources): readonly Finding[] {
  const { registry } = draft;
  if (registry === null) return [];
  const known = [...registry.links.keys()];
  const inAnswers = [...draft.flows.values()].flatMap((flow) =>
    [...flow.steps.values()].flatMap((step) =>
      (step.verb === 'answer' ? step.links : []).flatMap((link, index) => {
        if (registry.links.has(link) || answers === null) return [];
        const said = `the registry has no link "${link}"`;
        return [answers.finding('unknown-link', [flow.name, 'links', index], said, { wrong: link, known })];
      }),
    ),
  );
  const inHandOffs = Object.entries(registry.hand_offs).flatMap(([name, handOff]) =>
    (['link', 'page', 'start', 'check'] as const).flatMap((field) => {
      const link = handOff[field];
      if (link === undefined || registry.links.has(link) || source === null) return [];
      const options = { wrong: link, known };
      return [
        source.finding('unknown-link', ['hand_offs', name, field], `there is no link "${link}"`, options),
      ];
    }),
  );
  const inSupport = registry.support.flatMap(({ link }, index) => {
    if (link === undefined || registry.links.has(link) || source === null) return [];
    const options = { wrong: link, known };
    return [
      source.finding('unknown-link', ['support', index, 'link'], `there is no link "${link}"`, options),
    ];
  });
  return [...inAnswers, ...inHandOffs, ...inSupport];
}
