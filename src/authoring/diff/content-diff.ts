import { type ContentFiles, type Flow, waysOf } from '../../content/index.js';
import { parseFlow } from '../../content/parse-flow.js';
import { parseYaml } from '../../content/yaml-source.js';

/** Something that was added (`before` is null), removed (`after` is null) or changed. */
export interface Change {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface FlowChange {
  readonly flow: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What belongs to the flow as a whole: start, triggers, `preempts` and the like. */
  readonly rules: readonly Change[];
  readonly steps: readonly Change[];
  /** Ways between steps, by `step --way-->`. */
  readonly ways: readonly Change[];
}

/** What changed between two contents, in the order in which the person who approves it must see it. */
export interface ContentDiff {
  /** Addresses, names, handles: `flows/official.yaml`. */
  readonly registry: readonly Change[];
  readonly times: readonly Change[];
  readonly globals: readonly Change[];
  readonly answers: readonly Change[];
  readonly flows: readonly FlowChange[];
  /** Locale → texts by key. */
  readonly texts: Readonly<Record<string, readonly Change[]>>;
  /** Locale → phrases by intent. */
  readonly phrases: Readonly<Record<string, readonly Change[]>>;
  readonly locales: readonly Change[];
  /** Simulated conversations by file, each as written. */
  readonly conversations: readonly Change[];
  /** Files that cannot be read as what they are; compared as they are written. */
  readonly unread: readonly Change[];
}

const SINGLE: readonly (readonly [string, 'registry' | 'times' | 'globals' | 'answers' | 'locales'])[] = [
  ['flows/official.yaml', 'registry'],
  ['flows/_times.yaml', 'times'],
  ['flows/_global.yaml', 'globals'],
  ['flows/answers.yaml', 'answers'],
  ['locales/locales.yaml', 'locales'],
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
  const flows: FlowChange[] = [];
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
    else if (!SINGLE.some(([other]) => other === path)) unread.push({ name: path, before: old, after: now });
  }
  return {
    ...(single as Pick<ContentDiff, (typeof SINGLE)[number][1]>),
    flows,
    texts,
    phrases,
    conversations,
    unread,
  };
}

/** Every value of a file by its path of keys; entries of lists by their number. `null` when it is no YAML. */
function flat(path: string, text: string | null, plain: boolean): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  if (text === null) return found;
  const { source, findings } = parseYaml(path, text, { plain });
  if (findings.length > 0) return null;
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object'))
      found.set(name, value.join(' | '));
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

function flowChange(path: string, old: string | null, now: string | null): FlowChange | 'same' | null {
  const [was, is] = [readFlow(path, old), readFlow(path, now)];
  if (was === undefined || is === undefined) return null;
  const name = is?.name ?? was?.name ?? path;
  const change = {
    flow: name,
    kind: was === null ? 'added' : is === null ? 'removed' : 'changed',
    rules: changes(rulesOf(was), rulesOf(is)),
    steps: changes(stepsOf(was), stepsOf(is)),
    ways: changes(waysBy(was), waysBy(is)),
  } as const;
  const isSame = change.rules.length + change.steps.length + change.ways.length === 0;
  return isSame ? 'same' : change;
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
    triggers: triggers.join(' | '),
    interrupts,
    preempts,
    lobby,
    keeps: keeps.join(' | '),
  };
  return new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** Each step without its ways, which are told apart. */
function stepsOf(flow: Flow | null): ReadonlyMap<string, string> {
  return new Map(
    [...(flow?.steps.values() ?? [])].map((step) => [step.name, JSON.stringify(step, withoutWays)]),
  );
}

function withoutWays(key: string, value: unknown): unknown {
  if (key === 'outcomes' && typeof value === 'object' && value !== null) return Object.keys(value);
  return key === 'go' || key === 'otherwise' ? undefined : value;
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
