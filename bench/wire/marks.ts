/** Words that stand for a message: no secret looks like them, and they come through every encoding as they are. */
const MARK = /mark[a-j]{7}/g;
let count = 0;

/** A mark never given before in this process. */
export function nextMark(): string {
  count += 1;
  const digits = String(count).padStart(7, '0');
  return `mark${digits.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`;
}

/** The marks in a text, in order. */
export function marksIn(text: string): readonly string[] {
  return text.match(MARK) ?? [];
}
