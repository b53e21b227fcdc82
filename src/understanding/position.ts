const NUMERALS = '一二三四五六七八九';

const BEFORE = '(?:我?(?:选择|选|要|点)|选项|答案|option|choice|number|answer|pick|no|nr|the)?';
const AFTER = '(?:st|nd|rd|th)?(?: ?(?:个|项|号|条|吧|one|please))?';
const POSITION = new RegExp(`^${BEFORE} ?第?([0-9]{1,2}|[${NUMERALS}])${AFTER}$`, 'u');

/**
 * The place of a choice that a text names by number, counted from 0: "2", "2nd", "option 2", "选2", "第二个" …
 * Takes a key (see `keyOf`), so that full-width, circled and bracketed digits are plain by now. `null` when the
 * text is something else.
 */
export function positionIn(key: string): number | null {
  const digits = POSITION.exec(key)?.[1];
  if (digits === undefined) return null;
  const numeral = NUMERALS.indexOf(digits);
  return (numeral === -1 ? Number(digits) : numeral + 1) - 1;
}
