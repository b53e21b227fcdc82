import type { ContentFiles } from '../../src/content/index.js';
import { smallContent, withFile } from './small-content.js';

/** The flow `count` and what belongs to it, the texts in English. */
export interface CountingFlow {
  readonly flow: string;
  readonly texts: Readonly<Record<string, string>>;
  /** How long the duration `nudge` is, such as `30m`. */
  readonly nudge: string;
}

/**
 * The small content with a flow `count` in both of its locales, begun by the words "wants to count"; each text begins
 * with its locale.
 */
export function countingContent({ flow, texts, nudge }: CountingFlow): ContentFiles {
  let files = withFile(smallContent(), 'flows/count.yaml', flow);
  const change = (path: string, edit: (text: string) => string): void => {
    files = withFile(files, path, edit(files.get(path) ?? ''));
  };
  change('flows/_times.yaml', (text) => `${text}nudge: ${nudge}\n`);
  for (const tag of ['en', 'zh-CN']) {
    const lines = Object.entries(texts).map(([key, text]) => `${key}: "${tag} ${text}"\n`);
    change(`locales/${tag}/texts.yaml`, (text) => text + lines.join(''));
    change(`locales/${tag}/phrases.yaml`, (text) =>
      text.replace('intents:\n', `intents:\n  count: [${tag} wants to count]\n`),
    );
  }
  return files;
}
