import type { ContentFiles } from '../../src/content/index.js';
import { type Content, compile } from '../../src/main.js';
import { chaosContent } from '../../test/chaos/chaos-content.js';
import { edited } from '../../test/support/small-content.js';

/** Opens the flow that says back what it hears. */
export const OPENING = 'en wants to count';

/** Content with a flow that says back what it hears; when nothing comes for `nudge` (such as `30m`), it says so once. */
export function echoContent(nudge: string): Content {
  const files: ContentFiles = edited(chaosContent(), 'flows/_times.yaml', 'nudge: 3s', `nudge: ${nudge}`);
  return { files, bundle: compile(files) };
}
