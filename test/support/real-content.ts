import { type Content, compile } from '../../src/load-content.js';
import { contentIn } from './content-in.js';

/** The shipped content as a wallet would ship it in three languages, with its own names and addresses. */
export async function realContent(
  edit: (registry: string) => string = (registry) => registry,
): Promise<Content> {
  const files = new Map(await contentIn(['zh-CN', 'zh-TW', 'en']));
  const registry = (files.get('flows/official.yaml') ?? '')
    .replaceAll('wallet-mirror.example', 'mirror.harbor.internal')
    .replaceAll('wallet.example', 'harbor.internal')
    .replaceAll('example_wallet', 'harbor_wallet')
    .replaceAll('Example Wallet', 'Harbor Wallet')
    .replaceAll('ExampleLifelineBot', 'LifelineTestBot')
    .replaceAll('ExampleLifeline', 'HarborLifeline');
  files.set('flows/official.yaml', edit(registry));
  return { files, bundle: compile(files) };
}
