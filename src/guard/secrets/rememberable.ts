import { createMeter } from './meter.js';
import { listWordsOf } from './phrases.js';
import { type PlainText, plainText } from './plain-text.js';

/**
 * What has to be remembered of a text, in memory only, so that a phrase that is spread over several messages is seen:
 * to be given to `detect` as one of `previous`. Empty where nothing has to.
 */
export function rememberable(text: string | PlainText): string {
  const meter = createMeter();
  return listWordsOf(typeof text === 'string' ? plainText(text, meter) : text, meter);
}
