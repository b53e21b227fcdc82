import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Content, compile } from '../../src/load-content.js';
import { checkedContent } from './checked-content.js';
import { writeContent } from './content-in.js';
import { smallContent } from './small-content.js';

const BOT = 'bot: { telegram: "@LifelineTestBot", discord: HarborLifeline, slack: lifeline }';
const REGISTRY = 'flows/official.yaml';

/** A small content with a registry that is no example; `bot` is its line about the bot. */
export function ownContent(bot: string = BOT): Content {
  const files = new Map(checkedContent()).set(REGISTRY, ownRegistry(bot));
  return { files, bundle: compile(files) };
}

/** Writes its files into a folder. */
export async function writeOwnContent(folder: string): Promise<void> {
  await writeContent(folder, ownContent().files);
}

/** Writes its registry alone. */
export async function writeOwnRegistry(folder: string, bot: string = BOT): Promise<void> {
  await writeFile(join(folder, REGISTRY), ownRegistry(bot));
}

function ownRegistry(bot: string): string {
  return (smallContent().get(REGISTRY) ?? '')
    .replaceAll('wallet.example', 'harbor.internal')
    .replaceAll('wallet-mirror.example', 'mirror.harbor.internal')
    .replaceAll('example_wallet', 'harbor_wallet')
    .replaceAll('Example Wallet', 'Harbor Wallet')
    .replace('bot: { telegram: ExampleLifelineBot }', bot);
}
