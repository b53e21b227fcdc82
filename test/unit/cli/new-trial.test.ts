import { expect, it } from 'vitest';
import { tryContent } from '../../../src/cli/new-trial.js';
import { checkedContent, shelf } from '../../support/checked-content.js';
import { edited } from '../../support/small-content.js';

it('lets nothing be written that the proof would keep from going live', async () => {
  expect(await tryContent(checkedContent(), {}, shelf)).toEqual({
    wrong: [],
    warnings: [],
    says: 'Checked: nothing to mend.',
  });
  // Somebody whose phrase is known comes to the reset.
  const files = edited(
    checkedContent(),
    'flows/leaked-secret.yaml',
    '{ leaked: keys }',
    '{ leaked: phrase }',
  );
  const { wrong } = await tryContent(files, {}, shelf);
  expect(wrong).toEqual([expect.stringContaining('[proof-leaked]')]);
});
