import { describe, expect, it } from 'vitest';
import { checkPhrases } from '../../../src/authoring/check-phrases.js';
import { buildBundle, type ContentFiles, formatFinding } from '../../../src/content/index.js';
import { edited, smallContent } from '../../support/small-content.js';

const FILE = 'locales/en/phrases.yaml';

function check(files: ContentFiles) {
  const built = buildBundle(files);
  if (built.kind !== 'built') throw new Error(built.findings.map(formatFinding).join('\n'));
  return checkPhrases(built.bundle, built.sources, null);
}

describe('checkPhrases', () => {
  const fees = '[en wants fees, what are the fees, the fees please, what the fees are]';
  const files = edited(smallContent(), FILE, '  fees: [en wants fees]', `  fees: ${fees}`);

  it('warns of a phrase that is taken for another intent, at its place', () => {
    const thanks = '[many thanks, thanks a lot, thanks so much, the fees please]';
    const [finding] = check(edited(files, FILE, '[en wants thanks]', thanks));
    expect(finding).toMatchObject({ code: 'phrase-misread', level: 'warning', file: FILE });
    expect(finding?.message).toContain('"the fees please" is taken for fees');
  });
  it('has nothing to say of phrases that are understood', () => {
    expect(check(files)).toEqual([]);
  });
});
