import { describe, expect, it } from 'vitest';
import { exampleFindings } from '../../../src/authoring/refuse-example.js';
import { formatFinding } from '../../../src/content/index.js';
import { checkedContent } from '../../support/checked-content.js';
import { withFile } from '../../support/small-content.js';

const REGISTRY = 'flows/official.yaml';
const base = checkedContent();
const registry = base.get(REGISTRY) ?? '';
const codesOf = (text: string): readonly string[] =>
  exampleFindings(withFile(base, REGISTRY, text)).map(({ code }) => code);
/** Every address of the examples replaced by one that a wallet could have. */
const REAL = registry.replaceAll('.example', '.wallet');

describe('a registry that real people would read', () => {
  it('names each place that still holds an example address', () => {
    const found = exampleFindings(base);
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['registry-example']));
    for (const finding of found) {
      expect(registry.split('\n')[finding.line - 1], formatFinding(finding)).toMatch(/example/i);
    }
  });

  it('must name a channel by which support is reached', () => {
    const silent = REAL.replace(/^support:\n(?: {2}- .*\n)+/m, 'support: [{ channel: phone, none: true }]\n');
    expect(silent).not.toBe(REAL);
    expect(codesOf(silent)).toContain('no-support');
    expect(codesOf(REAL)).not.toContain('no-support');
  });

  it('leaves one that cannot be read to the check of its shape', () => {
    expect(codesOf('links: [')).toEqual([]);
  });
});
