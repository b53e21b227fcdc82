import widthOf from 'fast-string-width';

/** Columns of the left text; a Chinese character takes two. */
const WIDTH = 58;
/** Lines that are the same are shown around those that differ, so many. */
const AROUND = 2;

/** Two texts beside each other, line by line; lines that differ carry a mark. */
export function sideBySide(before: readonly string[], after: readonly string[]): string {
  return aligned(before, after).map(rowOf).join('\n');
}

/** The same with only what is near to a difference. */
export function differencesBySide(before: readonly string[], after: readonly string[]): string {
  const rows = aligned(before, after);
  const isNear = rows.map((_row, index) =>
    rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(([old, now]) => old !== now),
  );
  return rows
    .flatMap((row, index) => {
      if (isNear[index] === true) return [rowOf(row)];
      return index === 0 || isNear[index - 1] === true ? ['…'] : [];
    })
    .join('\n');
}

/** Two lines beside each other, each in as many as it takes. */
function rowOf([old, now]: Row): string {
  const [left, right] = [old, now].map((line) => (line === undefined ? [] : wrapped(line)));
  const mark = old === now ? ' ' : '|';
  return Array.from({ length: Math.max(left?.length ?? 0, right?.length ?? 0) }, (_, index) => {
    const text = left?.[index] ?? '';
    return `${text}${' '.repeat(Math.max(0, WIDTH - widthOf(text)))} ${mark} ${right?.[index] ?? ''}`.trimEnd();
  }).join('\n');
}

/** A line in parts that fit, cut between words where that can be; what follows stands a little further in. */
function wrapped(line: string): readonly string[] {
  const indent = `${/^\s*/.exec(line)?.[0].slice(0, WIDTH / 2) ?? ''}  `;
  const lines: string[] = [];
  let now = '';
  for (const part of line.match(/\s+|\p{Script=Han}|[^\s\p{Script=Han}]{1,20}/gu) ?? []) {
    if (widthOf(now + part) > WIDTH && now.trim() !== '') {
      lines.push(now.trimEnd());
      now = indent + part.trimStart();
    } else now += part;
  }
  return [...lines, now];
}

/** A line of each of two texts; `undefined` where one has none. */
type Row = readonly [string | undefined, string | undefined];

/** Lines of two texts, the common ones beside each other (longest common subsequence). */
function aligned(left: readonly string[], right: readonly string[]): readonly Row[] {
  const width = right.length + 1;
  const common = new Uint32Array((left.length + 1) * width);
  const at = (row: number, col: number): number => common[row * width + col] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let col = right.length - 1; col >= 0; col -= 1)
      common[row * width + col] =
        left[row] === right[col] ? at(row + 1, col + 1) + 1 : Math.max(at(row + 1, col), at(row, col + 1));
  const rows: Row[] = [];
  let [row, col] = [0, 0];
  while (row < left.length || col < right.length) {
    if (row < left.length && col < right.length && left[row] === right[col])
      rows.push([left[row++], right[col++]]);
    else if (col >= right.length || (row < left.length && at(row + 1, col) >= at(row, col + 1)))
      rows.push([left[row++], undefined]);
    else rows.push([undefined, right[col++]]);
  }
  return rows;
}
