/** Where one question ends and another begins: a question mark, a full stop, or a word that adds something. */
const ENDS =
  /[?？!！。；;\n]|\.(?= )|(?:,|，)? ?(?:还有|還有|另外|顺便|順便|以及)|\b(?:and also|also|by the way|btw|another question|second question|plus)\b/giu;
/** A clause that asks or adds something, and is no mere circumstance of the one before. */
const ASKS = /[?？]|还有|還有|另外|顺便|順便|以及|\b(?:also|by the way|btw|question|plus)\b/iu;
/** Questions beyond this are not looked at. */
const MOST = 4;

/** The parts of a message that each ask for something; one part, or none, when it is a single question. */
export function questionsIn(masked: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let asked = false;
  for (const match of masked.matchAll(ENDS)) {
    const part = masked.slice(from, match.index).trim();
    asked ||= ASKS.test(match[0]);
    if (part !== '') parts.push(part);
    from = match.index + match[0].length;
    if (parts.length === MOST) break;
  }
  const rest = masked.slice(from).trim();
  if (rest !== '' && parts.length < MOST) parts.push(rest);
  return asked ? parts : [];
}
