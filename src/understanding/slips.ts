/** The rows of a keyboard. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const VOWELS = 'aeiouy';

/**
 * Whether fingers or ears make this one mistake: a letter missing, doubled, changed with its neighbour, the key beside,
 * another vowel.
 */
export function isSlip(word: string, known: string): boolean {
  if (word.length < known.length) return true;
  let at = 0;
  while (at < known.length && word[at] === known[at]) at += 1;
  const [wrong = '', right = ''] = [word[at], known[at]];
  if (word.length > known.length)
    return (
      wrong === word[at - 1] ||
      wrong === right ||
      isBeside(wrong, right) ||
      isBeside(wrong, word[at - 1] ?? '')
    );
  if (word[at + 1] === right && known[at + 1] === wrong) return true;
  return isBeside(wrong, right) || (VOWELS.includes(wrong) && VOWELS.includes(right));
}

function isBeside(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  return KEYS.some((row) => {
    const [a, b] = [row.indexOf(one), row.indexOf(other)];
    return a >= 0 && b >= 0 && Math.abs(a - b) === 1;
  });
}
