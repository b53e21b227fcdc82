import { checkAndProve } from '../authoring/check-and-prove.js';
import { type ContentFiles, type Finding, formatFinding } from '../content/index.js';
import type { ModelShelf } from '../model/index.js';
import type { SimulatedConversation } from '../simulate/format.js';
import { readConversation } from '../simulate/read-conversation.js';
import { runSimulations } from '../simulation.js';
import { countOf } from './count-of.js';

/** What came of checking a content that is not written yet. */
export interface Trial {
  /** What has to be mended before it can be written, a line each. */
  readonly wrong: readonly string[];
  /** What might be better, a line each. */
  readonly warnings: readonly string[];
  /** What was done, in a sentence. */
  readonly says: string;
}

/** What of a content is to be played. */
export interface Trying {
  readonly answers?: readonly string[];
  /** Paths of conversations among the files. */
  readonly conversations?: readonly string[];
}

/** Checks a content as `lifeline check` does, the proof included, and plays the conversations of what is new in it. */
export async function tryContent(
  files: ContentFiles,
  { answers = [], conversations: paths = [] }: Trying,
  shelf: ModelShelf | null,
): Promise<Trial> {
  const { bundle, findings } = checkAndProve({ files, unread: [] }, shelf);
  const errors = findings.filter(({ level }) => level === 'error');
  if (bundle === null || errors.length > 0)
    return { wrong: errors.map(formatFinding), warnings: [], says: '' };
  const warnings = findings.map(formatFinding);
  const conversations = paths.flatMap((path) => conversationsIn(path, files.get(path) ?? ''));
  if (answers.length + conversations.length === 0)
    return { wrong: [], warnings, says: 'Checked: nothing to mend.' };
  const { played } = await runSimulations(bundle, conversations, {
    answers,
    ...(shelf === null ? {} : { shelf }),
  });
  const wrong = played.flatMap(({ failure, locale, platform }) =>
    failure === null ? [] : [`played in ${locale} on ${platform}: ${failure}`],
  );
  const says = `Checked: nothing to mend. Played: ${countOf(played.length, 'conversation')}, all as written.`;
  return { wrong: [...new Set(wrong)], warnings, says };
}

function conversationsIn(path: string, text: string): readonly SimulatedConversation[] {
  const read = readConversation(path, text);
  if ('conversation' in read) return [read.conversation];
  throw new TypeError(read.findings.map((finding: Finding) => formatFinding(finding)).join('\n'));
}
