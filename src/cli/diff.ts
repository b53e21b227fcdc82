import { diffContent } from '../authoring/diff/content-diff.js';
import { describeDiff } from '../authoring/diff/describe.js';
import { compareTalks } from '../authoring/diff/talk-diff.js';
import { openModelShelf } from '../infra/model-shelf.js';
import { readSettings } from '../infra/settings.js';
import { playTalks } from '../played-talks.js';
import { contentAt } from './content-at.js';
import { notKept } from './not-kept.js';

/**
 * `lifeline diff OLD NEW`: what changes between two git revisions or folders, for the person who approves it. Plays the
 * simulated conversations of both, each on its own content.
 */
export async function diff(
  before: string,
  after: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const inside = process.cwd();
  const [old, now] = [await contentAt(before, inside), await contentAt(after, inside)];
  const found = diffContent(old, now);
  const { LIFELINE_CACHE } = readSettings(process.env);
  const shelf = openModelShelf(LIFELINE_CACHE, notKept(LIFELINE_CACHE));
  const talks = compareTalks(await playTalks(old, shelf), await playTalks(now, shelf));
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ ...found, talks })}\n` : describeDiff(found, talks),
  );
}
