import type { ContentFiles, Finding, Fix } from '../content/index.js';

/** Files with their safe fixes written in, and each change in words. */
export interface Fixed {
  /** Only the files that changed. */
  readonly files: ReadonlyMap<string, string>;
  /** `flows/help.yaml:6`, `- old line`, `+ new line`, in the order of files and lines. */
  readonly changes: readonly string[];
  /** The findings whose fixes were written. */
  readonly fixes: readonly Finding[];
}

/** Findings that a file can no longer be read. */
const UNREADABLE: ReadonlySet<Finding['code']> = new Set([
  ...(['yaml', 'duplicate-key', 'tab', 'yaml-anchor', 'conflict-marker'] as const),
]);

/**
 * The same, without the files in which the fixes do not mend what they were made for, or break something. `judge` tells
 * what would be found in files.
 */
export function applyProvenFixes(
  files: ContentFiles,
  findings: readonly Finding[],
  judge: (files: ContentFiles) => readonly Finding[],
): Fixed {
  const all = applyFixes(files, findings);
  if (all.files.size === 0 || holds(files, findings, all, judge)) return all;
  const single = [...all.files.keys()]
    .map((file) =>
      applyFixes(
        files,
        findings.filter((finding) => finding.file === file),
      ),
    )
    .filter((fixed) => holds(files, findings, fixed, judge));
  return {
    files: new Map(single.flatMap((fixed) => [...fixed.files])),
    changes: single.flatMap(({ changes }) => changes),
    fixes: single.flatMap(({ fixes }) => fixes),
  };
}

function holds(
  files: ContentFiles,
  before: readonly Finding[],
  { files: changed, fixes }: Fixed,
  judge: (files: ContentFiles) => readonly Finding[],
): boolean {
  const after = judge(new Map([...files, ...changed]));
  const count = (findings: readonly Finding[], { file, code, message }: Finding): number =>
    findings.filter((one) => one.file === file && one.code === code && one.message === message).length;
  return (
    !after.some(({ code, file }) => UNREADABLE.has(code) && changed.has(file)) &&
    fixes.every((fixed) => count(after, fixed) < count(before, fixed))
  );
}

/** Writes the safe fixes of findings into their files. What overlaps another is left for the next round. */
export function applyFixes(files: ContentFiles, findings: readonly Finding[]): Fixed {
  const fixed = new Map<string, string>();
  const changes: string[] = [];
  const fixes: Finding[] = [];
  for (const [file, before] of files) {
    const safe = findings.flatMap((finding) => {
      const { fix } = finding;
      return finding.file === file && fix?.safe === true ? [{ finding, fix }] : [];
    });
    const taken = withoutOverlaps(safe);
    if (taken.length === 0) continue;
    let text = before;
    for (const { fix } of [...taken].reverse())
      text = text.slice(0, fix.start) + fix.text + text.slice(fix.end);
    fixed.set(file, text);
    changes.push(...changesOf(file, before, text));
    fixes.push(...taken.map(({ finding }) => finding));
  }
  return { files: fixed, changes, fixes };
}

interface SafeFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** The shortest first, so that a change of the whole file does not keep out the others; in the order of the file. */
function withoutOverlaps(fixes: readonly SafeFix[]): readonly SafeFix[] {
  const taken: SafeFix[] = [];
  const length = ({ fix }: SafeFix): number => fix.end - fix.start;
  for (const one of [...fixes].sort((a, b) => length(a) - length(b))) {
    const isApart = ({ fix }: SafeFix): boolean => one.fix.end <= fix.start || one.fix.start >= fix.end;
    if (taken.every(isApart)) taken.push(one);
  }
  return taken.sort((a, b) => a.fix.start - b.fix.start);
}

function changesOf(file: string, before: string, after: string): readonly string[] {
  const seen = (line: string): string => line.replace(/\r$/, '').replace(/^\uFEFF/, '');
  const [old, now] = [before.split('\n'), after.split('\n')];
  const changed = old.flatMap((line, index) => {
    const other = now[index] ?? '';
    return seen(line) === seen(other) ? [] : [`${file}:${index + 1}\n- ${seen(line)}\n+ ${seen(other)}`];
  });
  return changed.length > 0 ? changed : [`${file}: only what nobody sees (byte order mark, line ends)`];
}
