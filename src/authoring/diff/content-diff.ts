import { type ContentFiles, type Flow, waysOf } from '../../content/index.js';
import { parseFlow } from '../../content/parse-flow.js';
import { parseYaml } from '../../content/yaml-source.js';
import type { Change, ContentDiff } from './changes.js';
import { type FlowPair, touchedRules } from './rules-touched.js';
import { stepChanges } from './step-words.js';

const LOCALES = 'locales/locales.yaml';
/** Between the entries of a list. */
const LIST = ' | ';
const SINGLE: readonly (readonly [string, 'registry' | 'times' | 'globals' | 'answers' | 'locales'])[] = [
  ['flows/official.yaml', 'registry'],
  ['flows/_times.yaml', 'times'],
  ['flows/_global.yaml', 'globals'],
  ['flows/answers.yaml', 'answers'],
  [LOCALES, 'locales'],
];
const FLOW = /^flows\/(?!answers\.|official\.)[a-z][a-z0-9-]*\.yaml$/;
const LOCALE = /^locales\/([^/]+)\/(texts|phrases)\.yaml$/;

/** Compares two contents with their simulated conversations. Pure; broken files are compared as text. */
export function diffContent(before: ContentFiles, after: ContentFiles): ContentDiff {
  const unread: Change[] = [];
  const pair = (path: string): readonly [string | null, string | null] => [
    before.get(path) ?? null,
    after.get(path) ?? null,
  ];
  const values = (path: string, plain: boolean): readonly Change[] => {
    const [old, now] = pair(path);
    if (old === now) return [];
    const [was, is] = [flat(path, old, plain), flat(path, now, plain)];
    if (was !== null && is !== null) return changes(was, is);
    unread.push({ name: path, before: old, after: now });
    return [];
  };
  const single = Object.fromEntries(SINGLE.map(([path, name]) => [name, values(path, false)]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const texts: Record<string, readonly Change[]> = {};
  const phrases: Record<string, readonly Change[]> = {};
  const files: Record<string, readonly Change[]> = {};
  const flows: FlowPair[] = [];
  const conversations: Change[] = [];
  for (const path of paths) {
    const [old, now] = pair(path);
    if (old === now) continue;
    const [, tag, kind] = LOCALE.exec(path) ?? [];
    if (tag !== undefined) {
      const found = values(path, true);
      if (found.length > 0) (kind === 'texts' ? texts : phrases)[tag] = found;
    } else if (FLOW.test(path)) {
      const change = flowChange(path, old, now);
      if (change === null) unread.push({ name: path, before: old, after: now });
      else if (change !== 'same') flows.push(change);
    } else if (path.startsWith('test/conversations/'))
      conversations.push({ name: path, before: old, after: now });
    else if (!SINGLE.some(([other]) => other === path)) {
      const found = values(path, true);
      if (found.length > 0) files[path] = found;
    }
  }
  const told = {
    ...(single as Pick<ContentDiff, (typeof SINGLE)[number][1]>),
    flows: flows.map(({ change }) => change),
    ...{ texts, phrases, conversations, files, unread },
  };
  const mustSay = [before, after].flatMap((content) => mustSayOf(content.get(LOCALES) ?? null));
  return { touched: touchedRules(told, flows, mustSay), ...told };
}

function mustSayOf(text: string | null): readonly string[] {
  return flat(LOCALES, text, false)?.get('must_say')?.split(LIST) ?? [];
}

/** Every value of a file by its path of keys; entries of lists by their number. `null` when it is no YAML. */
function flat(path: string, text: string | null, plain: boolean): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  if (text === null) return found;
  const { source, findings } = parseYaml(path, text, { plain });
  if (findings.length > 0) return null;
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object'))
      found.set(name, value.join(LIST));
    else if (typeof value === 'object' && value !== null)
      for (const [key, entry] of Object.entries(value)) visit(entry, name === '' ? key : `${name}.${key}`);
    else found.set(name, String(value));
  };
  visit(source.value, '');
  return found;
}

function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, now] = [before.get(name) ?? null, after.get(name) ?? null];
    return old === now ? [] : [{ name, before: old, after: now }];
  });
}

function flowChange(path: string, old: string | null, now: string | null): FlowPair | 'same' | null {
  const [was, is] = [readFlow(path, old), readFlow(path, now)];
  if (was === undefined || is === undefined) return null;
  const name = is?.name ?? was?.name ?? path;
  const change = {
    flow: name,
    kind: was === null ? 'added' : is === null ? 'removed' : 'changed',
    rules: changes(rulesOf(was), rulesOf(is)),
    steps: stepChanges(was, is),
    ways: changes(waysBy(was), waysBy(is)),
  } as const;
  const isSame = change.rules.length + change.steps.length + change.ways.length === 0;
  return isSame ? 'same' : { change, before: was?.steps ?? null, after: is?.steps ?? null };
}

/** `null`: there is none; `undefined`: it cannot be read. */
function readFlow(path: string, text: string | null): Flow | null | undefined {
  if (text === null) return null;
  const { source, findings } = parseYaml(path, text);
  return findings.length > 0 ? undefined : parseFlow(source).flow?.flow;
}

function rulesOf(flow: Flow | null): ReadonlyMap<string, string> {
  if (flow === null) return new Map();
  const { start, triggers, interrupts, preempts, lobby, keeps } = flow;
  const values = {
    start,
    triggers: triggers.join(LIST),
    interrupts,
    preempts,
    lobby,
    keeps: keeps.join(LIST),
  };
  return new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function waysBy(flow: Flow | null): ReadonlyMap<string, string> {
  const ways = new Map<string, string>();
  for (const step of flow?.steps.values() ?? [])
    for (const { way, target } of waysOf(step)) ways.set(`${step.name} --${way}-->`, nameOf(target));
  return ways;
}

function nameOf(target: ReturnType<typeof waysOf>[number]['target']): string {
  if (target.kind === 'step') return target.step;
  return target.kind === 'flow' ? `flow:${target.flow}` : 'idle';
}
