import { expect, it } from 'vitest';
import { parseJson } from '../../../../adapters/shared/parse-json.js';

it.each([
  ['{"a":[1]}', { value: { a: [1] } }],
  ['null', { value: null }],
  ['', null],
  ['{"a":', null],
  ['\u0000', null],
])('reads %j as %j', (text, wanted) => {
  expect(parseJson(text)).toEqual(wanted);
});
