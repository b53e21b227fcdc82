import { createMeter } from './meter.js';
import { bareWordsIn, listWordsOf } from './phrases.js';
import { type PlainText, plainText } from './plain-text.js';

/**
 * What has to be remembered of a text, in memory only, so that a phrase that is spread over several messages is seen:
 * to be given to `detect` as one of `previous`. Empty where nothing has to.
 */
export function rememberable(text: string | PlainText): string {
  const meter = createMeter();
  return listWordsOf(typeof text === 'string' ? plainText(text, meter) : text, meter);
}

/** The words of a text that is nothing but words of a list and may be a part of a phrase; none of all others. */
export function bareWords(plain: PlainText): readonly string[] {
  const meter = createMeter();
  return bareWordsIn(plain, 1, meter) === null ? [] : listWordsOf(plain, meter).split(' ');
}
