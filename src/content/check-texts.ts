import type { Bundle } from './bundle.js';
import { didYouMean, type Finding, type NodePath } from './finding.js';
import { textsOf } from './flow.js';
import type { Sources } from './sources.js';
import { SYSTEM_TEXTS } from './system-texts.js';
import type { YamlSource } from './yaml-source.js';

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

/** Texts that are named but missing, and placeholders that differ from the source's. */
export function checkTexts(bundle: Bundle, sources: Sources): Finding[] {
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
