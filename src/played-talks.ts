import type { Talk, Talks } from './authoring/diff/talk-diff.js';
import { buildBundle, type ContentFiles, messageOf } from './content/index.js';
import type { ModelShelf } from './model/index.js';
import type { SimulatedConversation } from './simulate/format.js';
import { readConversation } from './simulate/read-conversation.js';
import { talkInWords } from './simulate/transcript.js';
import { runSimulations } from './simulation.js';

const CONVERSATIONS = 'test/conversations/';
/** Where a conversation is played that runs everywhere. */
const PLATFORM = 'telegram';

/**
 * Plays every simulated conversation of a content on that content, those of its one-step answers too, each in one
 * language on one platform: in the source language, where it runs there.
 */
export async function playTalks(files: ContentFiles, shelf: ModelShelf): Promise<Talks> {
  const built = buildBundle(new Map([...files].filter(([name]) => !name.startsWith(CONVERSATIONS))));
  if (built.kind === 'broken') {
    const errors = built.findings.filter(({ level }) => level === 'error');
    const { file = '', line = 1, message = '' } = errors[0] ?? {};
    return {
      kind: 'not-played',
      why: `the content has mistakes (${errors.length}), first in ${file}:${line}: ${message}`,
    };
  }
  const { bundle } = built;
  const fileOf = new Map<string, string>();
  const conversations: SimulatedConversation[] = [];
  for (const [path, text] of files) {
    if (!path.startsWith(CONVERSATIONS)) continue;
    const read = readConversation(path, text);
    if ('findings' in read) {
      const [first] = read.findings;
      return { kind: 'not-played', why: `${path}:${first?.line ?? 1} ${first?.message ?? 'cannot be read'}` };
    }
    // Two of one title are told apart by their files.
    const { conversation: title } = read.conversation;
    const conversation = fileOf.has(title) ? path : title;
    fileOf.set(conversation, path);
    conversations.push({ ...read.conversation, conversation });
  }
  const { source } = bundle.locales;
  const options = { once: true, locale: source, platform: PLATFORM, answers: 'all', shelf } as const;
  const { played } = await runSimulations(bundle, conversations, options);
  const textOf = (key: string): string | null => messageOf(bundle, source, key)?.source ?? null;
  return {
    kind: 'played',
    talks: played.map(
      ({ conversation, talk, failure }): Talk => ({
        name: fileOf.get(conversation) ?? conversation,
        talk,
        lines: talkInWords(talk, textOf),
        failure,
      }),
    ),
  };
}
