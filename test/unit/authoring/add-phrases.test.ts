import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addPhrases } from '../../../src/authoring/add-phrases.js';

const FILE = `# How people say it.
intents:
  fees:   # what it costs
    - what does it cost # the commonest
    - "fees: why"

  # The end of a talk.
  thanks: [thanks, "ok, thank you"]
outside:
  - the weather
# The end.
`;

describe('adding phrases to a file', () => {
  it('puts them at the end of a list and leaves every other character', () => {
    expect(addPhrases(FILE, 'fees', ['gas fee', 'why: so "much"', '- 5 %', '多少钱'])).toBe(
      FILE.replace(
        '    - "fees: why"\n',
        `    - "fees: why"\n    - gas fee\n    - 'why: so "much"'\n    - "- 5 %"\n    - 多少钱\n`,
      ),
    );
  });

  it('puts them behind a list in brackets, and behind the last line of a file without its end', () => {
    expect(addPhrases(FILE, 'thanks', ['a, b'])).toBe(
      FILE.replace('"ok, thank you"]', '"ok, thank you", "a, b"]'),
    );
    expect(addPhrases('outside: []', 'outside', ['x'])).toBe('outside: ["x"]');
    expect(addPhrases('outside:\r\n  - a', 'outside', ['x'])).toBe('outside:\r\n  - a\r\n  - x\r\n');
    expect(addPhrases(FILE, 'outside', ['rain'])).toContain('  - the weather\n  - rain\n# The end.\n');
  });

  it('knows a list that is not there', () => {
    expect(addPhrases(FILE, 'swap', ['x'])).toBeNull();
    expect(addPhrases('intents: 3', 'fees', ['x'])).toBeNull();
  });

  it('adds exactly these, whatever they are', () => {
    const written = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(fc.array(written), fc.constantFrom('fees', 'thanks'), (phrases, intent) => {
        const before = parse(FILE, { schema: 'failsafe' });
        const after = parse(addPhrases(FILE, intent, phrases) ?? '', { schema: 'failsafe' });
        before.intents[intent].push(...phrases);
        expect(after).toEqual(before);
      }),
    );
  });
});
