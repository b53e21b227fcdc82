import { readdir, readFile } from 'node:fs/promises';
import type { Bundle } from '../../src/content/index.js';
import type { SimulatedConversation } from '../../src/simulate/format.js';
import { readConversation } from '../../src/simulate/read-conversation.js';
import { runSimulations } from '../../src/simulation.js';
import type { Ground } from './ground.js';
import { openWire, type WirePlatform } from './wire-stage.js';

const FOLDER = 'test/conversations';

/** What came of playing over a wire: how many were played, and each failure with where it was. */
export interface PlayedOver {
  readonly count: number;
  readonly failures: readonly string[];
}

/** Plays conversations on a platform, with and without a wire. `breaking` damages what is on the wire. */
export async function playOver(
  platform: WirePlatform,
  bundle: Bundle,
  conversations: readonly SimulatedConversation[],
  breaking?: (ground: Ground) => Ground,
): Promise<PlayedOver> {
  const wire = await openWire(platform, bundle, breaking);
  try {
    const wires = new Map([[platform, wire.open]]);
    const { played, overWire } = await runSimulations(bundle, conversations, { wires });
    const failures = [...played, ...overWire].flatMap(({ failure, conversation, locale, seed }) =>
      failure === null ? [] : [`${conversation} (${locale}, seed ${seed}): ${failure}`],
    );
    return { count: overWire.length, failures };
  } finally {
    await wire.close();
  }
}

/** The shipped conversations. Throws for one that is not in the format. */
export async function shippedConversations(): Promise<readonly SimulatedConversation[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => conversationOf(name, await readFile(`${FOLDER}/${name}`, 'utf8'))),
  );
}

/** One conversation from its text. */
export function conversationOf(name: string, text: string): SimulatedConversation {
  const read = readConversation(name, text);
  if ('conversation' in read) return read.conversation;
  throw new Error(read.findings.map(({ message }) => `${name}: ${message}`).join('\n'));
}
