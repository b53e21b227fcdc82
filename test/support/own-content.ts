import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { smallContent } from './small-content.js';

const BOT = 'bot: { telegram: "@LifelineTestBot", discord: HarborLifeline, slack: lifeline }';

/** Writes a small content into a folder, with a registry that is no example; `bot` is its line about the bot. */
export async function writeOwnContent(folder: string, bot: string = BOT): Promise<void> {
  for (const [name, text] of smallContent()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeOwnRegistry(folder, bot);
}

/** Writes that registry alone. */
export async function writeOwnRegistry(folder: string, bot: string = BOT): Promise<void> {
  const name = 'flows/official.yaml';
  const text = (smallContent().get(name) ?? '')
    .replaceAll('wallet.example', 'harbor.internal')
    .replaceAll('wallet-mirror.example', 'mirror.harbor.internal')
    .replaceAll('example_wallet', 'harbor_wallet')
    .replaceAll('Example Wallet', 'Harbor Wallet')
    .replace('bot: { telegram: ExampleLifelineBot }', bot);
  await writeFile(join(folder, name), text);
}
