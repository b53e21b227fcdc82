import { expect, it } from 'vitest';
import { asTyped } from '../../../src/cli/as-typed.js';

it('names commands as they are typed where npm runs them', () => {
  const text = 'Next: lifeline doctor, then lifeline start. Lifeline does the rest.';
  expect(asTyped(text, false)).toBe(text);
  expect(asTyped(text, true)).toBe(
    'Next: npm run -s lifeline -- doctor, then npm start. Lifeline does the rest.',
  );
  expect(asTyped(asTyped(text, true), true)).toBe(asTyped(text, true));
});
