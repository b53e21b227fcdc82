import { differencesBySide } from './side-by-side.js';

/** A simulated conversation as it was played. */
export interface Talk {
  /** The same before and after: its file, or the answer it was made for. */
  readonly name: string;
  /** What was done, said, offered and linked to, by text keys and values: what tells whether two talks are one. */
  readonly talk: readonly string[];
  /** The same to be read, with the words that were said. */
  readonly lines: readonly string[];
  /** Why it is not as it is written; `null` when it is. */
  readonly failure: string | null;
}

/** All talks of a content, or why none was played. */
export type Talks =
  | { readonly kind: 'played'; readonly talks: readonly Talk[] }
  | { readonly kind: 'not-played'; readonly why: string };

/** A conversation that goes another way; `null` where it is not there. */
export interface TalkChange {
  readonly name: string;
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  /** Why it fails after the change, as it did not before; `null` when it does not. */
  readonly fails: string | null;
}

/** What a change of the content makes of the simulated conversations. */
export type TalkDiff =
  | {
      readonly kind: 'compared';
      /** How many there are before and after. */
      readonly played: { readonly before: number; readonly after: number };
      readonly changed: readonly TalkChange[];
    }
  | { readonly kind: 'not-compared'; readonly why: string };

/** Compares how the conversations of two contents go, each played on its own content. */
export function compareTalks(before: Talks, after: Talks): TalkDiff {
  if (before.kind === 'not-played') return { kind: 'not-compared', why: `before the change: ${before.why}` };
  if (after.kind === 'not-played') return { kind: 'not-compared', why: `after the change: ${after.why}` };
  const [old, now] = [before.talks, after.talks].map(
    (talks) => new Map(talks.map((talk) => [talk.name, talk] as const)),
  );
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  const changed = names.flatMap((name): readonly TalkChange[] => {
    const [was, is] = [old?.get(name), now?.get(name)];
    const fails = is?.failure != null && was?.failure !== is.failure ? is.failure : null;
    if (was?.talk.join('\n') === is?.talk.join('\n') && fails === null) return [];
    return [{ name, before: was?.lines ?? null, after: is?.lines ?? null, fails }];
  });
  return {
    kind: 'compared',
    played: { before: before.talks.length, after: after.talks.length },
    changed,
  };
}

/** The same in words, each conversation before and after side by side; nothing when none changes. */
export function describeTalks(diff: TalkDiff): string {
  if (diff.kind === 'not-compared') return `The simulated conversations could not be played ${diff.why}\n`;
  const { changed, played } = diff;
  if (changed.length === 0) return '';
  const both = changed.filter(({ before, after }) => before !== null && after !== null).length;
  const added = changed.filter(({ before }) => before === null).length;
  const gone = changed.filter(({ after }) => after === null).length;
  const failing = changed.filter(({ fails }) => fails !== null).length;
  const counts = [
    `${both} of ${played.before} change`,
    ...(added === 0 ? [] : [`${added} new`]),
    ...(gone === 0 ? [] : [`${gone} gone`]),
    ...(failing === 0 ? [] : [`${failing} not as written any more`]),
  ];
  return `Simulated conversations, played before and after: ${counts.join(', ')}\n${changed.map(beside).join('')}`;
}

function beside({ name, before, after, fails }: TalkChange): string {
  const why = fails === null ? [] : [`not as written any more: ${fails}`];
  const rows =
    before === null
      ? ['is new']
      : after === null
        ? ['is gone']
        : differencesBySide(before, after).split('\n');
  return [name, ...[...why, ...rows].map((row) => `  ${row}`)].map((row) => `  ${row}\n`).join('');
}
