import { diffContent } from '../authoring/diff/content-diff.js';
import { describeDiff } from '../authoring/diff/describe.js';
import { contentAt } from './content-at.js';

/** `lifeline diff OLD NEW`: what changes between two git revisions or folders, for the person who approves it. */
export async function diff(
  before: string,
  after: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const inside = process.cwd();
  const found = diffContent(await contentAt(before, inside), await contentAt(after, inside));
  process.stdout.write(options.json === true ? `${JSON.stringify(found)}\n` : describeDiff(found));
}
