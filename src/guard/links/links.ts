import type { Registry } from '../../content/index.js';
import { judge } from './judge.js';
import { type Ours, prepare } from './ours.js';
import { type Candidate, scan } from './scan.js';
import { type HostListed, type JudgedLink, NOTHING_LISTED } from './verdict.js';

/** A target that the platform shows under other words. */
export interface HiddenLink {
  readonly target: string;
  /** The words it is shown under; empty where the platform does not tell. */
  readonly label: string;
}

/**
 * Different links of one text that are judged, many more than anybody reads; the work of one text stays bounded so.
 * Those behind count as unknown, ours as well.
 */
const MAX_JUDGED = 1_500;
const TOO_MANY = { verdict: 'unknown', why: 'too-many' } as const;

/**
 * Every link of a text in its order, then those that the platform shows under other words, each with a verdict.
 * `listed` asks the block lists.
 */
export function judgeLinks(
  text: string,
  ours: Ours,
  { hidden = [], listed = NOTHING_LISTED }: { hidden?: readonly HiddenLink[]; listed?: HostListed } = {},
): readonly JudgedLink[] {
  const known = new Map<string, JudgedLink | null>();
  const judged = (candidate: Candidate): readonly JudgedLink[] => {
    const { written, label, doubtful } = candidate;
    const key = label === null && !doubtful ? written : `${written}\n${label ?? ''}\n${doubtful}`;
    const before = known.get(key);
    if (before !== undefined) return before === null ? [] : [before];
    const verdict = known.size < MAX_JUDGED ? judge(candidate, ours, listed) : TOO_MANY;
    const link = verdict === null ? null : { url: written, ...verdict };
    if (known.size < MAX_JUDGED) known.set(key, link);
    return link === null ? [] : [link];
  };
  const targets = hidden.flatMap(({ target, label }) => scan(target).map((found) => ({ ...found, label })));
  return [...scan(text), ...targets].flatMap(judged);
}

/** Judges the links of texts against one registry. */
export type LinkJudge = (text: string, hidden?: readonly HiddenLink[]) => readonly JudgedLink[];

/** A judge of links for one registry; `listed` asks the block lists. */
export function createLinkJudge(registry: Registry, listed: HostListed = NOTHING_LISTED): LinkJudge {
  const ours = prepare(registry);
  return (text, hidden = []) => judgeLinks(text, ours, { hidden, listed });
}
