import type { ContentFiles, Finding, Fix } from '../content/index.js';

/** Files with their safe fixes written in, and each change in words. */
export interface Fixed {
  /** Only the files that changed. */
  readonly files: ReadonlyMap<string, string>;
  /** `flows/help.yaml:6`, `- old line`, `+ new line`, in the order of files and lines. */
  readonly changes: readonly string[];
}

/** Writes the safe fixes of findings into their files. What overlaps another is left for the next round. */
export function applyFixes(files: ContentFiles, findings: readonly Finding[]): Fixed {
  const fixed = new Map<string, string>();
  const changes: string[] = [];
  for (const [file, before] of files) {
    const fixes = findings
      .filter((finding) => finding.file === file && finding.fix?.safe === true)
      .flatMap(({ fix }) => fix ?? []);
    const taken = withoutOverlaps(fixes);
    if (taken.length === 0) continue;
    let text = before;
    for (const { start, end, text: by } of [...taken].reverse())
      text = text.slice(0, start) + by + text.slice(end);
    fixed.set(file, text);
    changes.push(...changesOf(file, before, text));
  }
  return { files: fixed, changes };
}

/** The shortest first, so that a change of the whole file does not keep out the others; in the order of the file. */
function withoutOverlaps(fixes: readonly Fix[]): readonly Fix[] {
  const taken: Fix[] = [];
  for (const fix of [...fixes].sort((a, b) => a.end - a.start - (b.end - b.start))) {
    if (taken.every((other) => fix.end <= other.start || fix.start >= other.end)) taken.push(fix);
  }
  return taken.sort((a, b) => a.start - b.start);
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
