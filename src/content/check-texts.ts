import type { Draft } from './draft.js';
import { type Finding, type NodePath, nearest } from './finding.js';
import { type Step, textsOf } from './flow.js';
import { knowsSlots, slotNames } from './known-slots.js';
import type { DraftSources } from './sources.js';
import { SYSTEM_TEXTS } from './system-texts.js';
import { VALUE_NAMES } from './values.js';
import type { YamlSource } from './yaml-source.js';

/** A text key that may be said, with the place that names it. */
interface UsedText {
  readonly key: string;
  readonly source: YamlSource | null;
  readonly at: NodePath;
}

/** Every text key that may be said, with the place that names it. */
export function usedTexts(draft: Draft, sources: DraftSources): readonly UsedText[] {
  const { answers, registry, global, locales } = sources;
  const inFlows = sources.flows.flatMap(({ flow, source }) => [
    ...[...flow.steps.values()].flatMap((step) =>
      textsSaid(draft, step).map(
        (key): UsedText => ({ key, source, at: ['steps', step.name, ...textPath(step, key)] }),
      ),
    ),
    // A flow with mistakes may not even be named rightly.
    ...(draft.unclear.has(flow.name) ? [] : [{ key: `title.${flow.name}`, source, at: ['flow'] }]),
  ]);
  const inAnswers = [...draft.flows.values()]
    .filter((flow) => flow.file === 'flows/answers.yaml')
    .flatMap((flow) =>
      [...flow.steps.values()].flatMap((step): readonly UsedText[] => [
        ...textsOf(step).map((key) => ({ key, source: answers, at: [flow.name, 'say'] })),
        { key: `title.${flow.name}`, source: answers, at: [flow.name] },
        ...(step.verb === 'answer' ? step.links : []).flatMap((link, index): readonly UsedText[] =>
          // A link that is not there needs no label.
          draft.registry !== null && !draft.registry.links.has(link)
            ? []
            : [{ key: `link.${link}`, source: answers, at: [flow.name, 'links', index] }],
        ),
      ]),
    );
  const inRegistry = (draft.registry?.support ?? []).flatMap((entry, index) =>
    [`support.${entry.channel}`, `support.${entry.channel}-for`].map(
      (key): UsedText => ({ key, source: registry, at: ['support', index, 'channel'] }),
    ),
  );
  const inGlobals = Object.entries(draft.globals ?? {}).flatMap(([word, action]): readonly UsedText[] =>
    'say' in action && action.say !== null ? [{ key: action.say, source: global, at: [word, 'say'] }] : [],
  );
  const inSystem = SYSTEM_TEXTS.map((key): UsedText => ({ key, source: locales, at: ['source'] }));
  return [...inFlows, ...inAnswers, ...inRegistry, ...inGlobals, ...inSystem];
}

/** The texts of a step; a hand-off that is not there says nothing. */
function textsSaid({ registry }: Draft, step: Step): readonly string[] {
  const isLost =
    step.verb === 'hand_off' && registry !== null && !Object.hasOwn(registry.hand_offs, step.handOff);
  return isLost ? [] : textsOf(step);
}

/** Where in a step a text is named. */
function textPath(step: Step, key: string): NodePath {
  switch (step.verb) {
    case 'say':
    case 'end':
      return [step.verb];
    case 'human':
      return ['say'];
    case 'ask':
    case 'wait': {
      const index = step.buttons.findIndex((button) => button.label === key);
      if (index >= 0) return ['buttons', index, 'label'];
      if (step.verb === 'wait') return ['say'];
      if (step.ask === key) return ['ask'];
      return [step.unclear.say === key ? 'unclear' : 'timeout', 'say'];
    }
    case 'link':
      return ['link', step.text === key ? 'text' : 'label'];
    case 'hand_off':
      return ['hand_off'];
    default:
      return [];
  }
}

/** Texts that are named but missing, and placeholders that differ from the source's. */
export function checkTexts(draft: Draft, sources: DraftSources): readonly Finding[] {
  return draft.locales === null
    ? []
    : [...checkMissing(draft, sources), ...checkPlaceholders(draft, sources)];
}

function checkMissing(draft: Draft, sources: DraftSources): readonly Finding[] {
  const { source = '', required = [] } = draft.locales ?? {};
  const findings: Finding[] = [];
  const reported = new Set<string>();
  const sourceKeys = draft.textKeys.get(source);
  if (sourceKeys === undefined) return [];
  const known = [...sourceKeys];
  for (const used of usedTexts(draft, sources)) {
    if (reported.has(used.key) || used.source === null) continue;
    reported.add(used.key);
    if (!sourceKeys.has(used.key)) {
      const said = `names the text "${used.key}", which locales/${source}/texts.yaml does not have`;
      findings.push(
        used.source.finding('missing-text', used.at, said, { wrong: used.key, known, safe: true }),
      );
      continue;
    }
    for (const tag of required) {
      const file = sources.texts.get(tag);
      const keys = draft.textKeys.get(tag);
      if (file !== undefined && keys?.has(used.key) !== true)
        findings.push(
          missingIn(
            file,
            used.key,
            [...(keys ?? [])].filter((key) => !sourceKeys.has(key)),
          ),
        );
    }
  }
  const mustSay = (draft.locales?.must_say ?? []).flatMap((key, index) => {
    if (sourceKeys.has(key) || sources.locales === null) return [];
    const options = { wrong: key, known, safe: true };
    return [
      sources.locales.finding('unknown-must-say', ['must_say', index], `there is no text "${key}"`, options),
    ];
  });
  return [...findings, ...mustSay];
}

/** A text that a language lacks; `strange`: keys that only this language has, of which one may be a slip. */
function missingIn(file: YamlSource, key: string, strange: readonly string[]): Finding {
  const slip = nearest(key, strange);
  if (slip === null) return file.finding('missing-text', [], `has no text "${key}".`);
  const options = { onKey: true, wrong: slip, known: [key], safe: true };
  return file.finding('missing-text', [slip], `has no text "${key}", but has "${slip}"`, options);
}

function checkPlaceholders(draft: Draft, sources: DraftSources): readonly Finding[] {
  const { source = '' } = draft.locales ?? {};
  const originals = draft.texts.get(source);
  const unknown = unknownValues(draft, source);
  const told = [...unknown].flatMap(([key, name]) => {
    const options = { wrong: name, known: knownValues(draft), mark: name };
    const said = `the text "${key}" has {${name}}, which stands for nothing`;
    return sources.texts.get(source)?.finding('unknown-placeholder', [key], said, options) ?? [];
  });
  return [
    ...told,
    ...[...draft.texts].flatMap(([tag, texts]) =>
      [...texts].flatMap(([key, message]) => {
        const original = originals?.get(key);
        const file = sources.texts.get(tag);
        if (original === undefined || file === undefined || tag === source) return [];
        // What is wrong in the source is told there.
        if (unknown.has(key)) return [];
        const wanted = original.placeholders.filter((name) => !message.placeholders.includes(name));
        const extra = message.placeholders.filter((name) => !original.placeholders.includes(name));
        const [missing] = wanted;
        const [strange] = extra;
        if (missing === undefined && strange === undefined) return [];
        const parts = [
          ...wanted.map((name) => `lacks {${name}}`),
          ...extra.map((name) => `has {${name}}, which the source has not`),
        ];
        const isRenamed = wanted.length === 1 && extra.length === 1;
        return [
          file.finding('placeholders', [key], `the text "${key}" ${parts.join(' and ')}.`, {
            expected: original.placeholders.map((name) => `{${name}}`).join(', ') || 'no values',
            ...(isRenamed ? { mark: `{${strange}}`, instead: `{${missing}}` } : {}),
          }),
        ];
      }),
    ),
  ];
}

/** Texts of the source with the first value in each that nobody gives; none while a slot may be unknown. */
function unknownValues(draft: Draft, source: string): ReadonlyMap<string, string> {
  if (!knowsSlots(draft)) return new Map();
  const known = new Set(knownValues(draft));
  return new Map(
    [...(draft.texts.get(source) ?? [])].flatMap(([key, { placeholders }]) => {
      const name = placeholders.find((one) => !known.has(one));
      return name === undefined ? [] : [[key, name] as const];
    }),
  );
}

function knownValues(draft: Draft): readonly string[] {
  return [...VALUE_NAMES, ...slotNames(draft)];
}
