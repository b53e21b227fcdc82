import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partitionOf, personId } from '../../../src/model/index.js';
import { caseNumber } from '../../../src/runtime/case-number.js';

const entropy = fc.uint8Array({ minLength: 32, maxLength: 32 });
const person = fc.nat().map((id) => personId('telegram', String(id)));

it('gives people of two partitions no number in common, whatever the entropy', () => {
  fc.assert(
    fc.property(entropy, person, entropy, person, (one, alice, other, bob) => {
      fc.pre(partitionOf(alice) !== partitionOf(bob));
      expect(caseNumber(one, alice)).not.toBe(caseNumber(other, bob));
    }),
  );
});

it('is read aloud without being misheard', () => {
  fc.assert(
    fc.property(entropy, person, (one, alice) => {
      expect(caseNumber(one, alice)).toMatch(/^LL-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
    }),
  );
});
