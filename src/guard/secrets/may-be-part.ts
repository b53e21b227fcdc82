import { isEveryday } from './everyday.js';
import { wordTokens } from './labels.js';
import { createMeter } from './meter.js';
import { PART_SCORE, strangeCharacters, tellingOf } from './phrases.js';
import { type PlainText, plainText } from './plain-text.js';
import { BREAK, DIGITS, HAN, STOP } from './tokens.js';

/** Share of a message from which its words of lists may be a part of a phrase. */
const PART_SHARE = 0.5;
/**
 * Whether a text may be a part of a recovery phrase that is spread over several messages. More careful than what is
 * remembered to find the rest of one: it decides what is kept for good, where a question lost costs little.
 */
export function mayBePart(text: string | PlainText): boolean {
  const meter = createMeter();
  const { tokens, lower } = wordTokens(typeof text === 'string' ? plainText(text, meter) : text, meter);
  const strange = strangeCharacters(tokens, lower, meter);
  let words = 0;
  let listed = 0;
  let telling = 0;
  for (const [at, { id, type, start, end }] of tokens.entries()) {
    if (type === DIGITS || type === STOP || type === BREAK) continue;
    words += 1;
    if (type === HAN ? !strange.has(at) : id < 0) continue;
    listed += 1;
    if (!isEveryday(lower.slice(start, end))) telling += 1;
  }
  if (words > 0 && listed === words) return true;
  if (telling === 0) return false;
  if (strange.size > 0 || telling >= words * PART_SHARE) return true;
  return listed >= words * PART_SHARE && telling > 1 && tellingOf(tokens) >= PART_SCORE;
}
