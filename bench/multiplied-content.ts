import { parse } from 'yaml';
import type { ContentFiles } from '../src/content/index.js';

/** Files of flows that may be there only once. */
const ONCE = /^flows\/(_.*|official|answers)\.yaml$/;

/** The shipped content with its flows, and the texts they say, several times over; phrases stay, for each intent has one flow. */
export function multiplied(shipped: ContentFiles, times: number): ContentFiles {
  const files = new Map(shipped);
  const flows = [...shipped].filter(([path]) => path.startsWith('flows/') && !ONCE.test(path));
  for (const [path, text] of shipped) {
    if (!path.endsWith('/texts.yaml')) continue;
    const texts = parse(text, { schema: 'failsafe' }) as Readonly<Record<string, string>>;
    const said = Object.entries(texts).filter(
      ([key]) => key.startsWith('title.') || flows.some(([, flow]) => flow.includes(key)),
    );
    const copies = Array.from({ length: times - 1 }, (_, copy) =>
      said.map(([key, words]) => `${key}-x${copy + 1}: ${JSON.stringify(words)}\n`).join(''),
    );
    files.set(path, text + copies.join(''));
  }
  const keys = new Set(
    Object.keys(parse(shipped.get('locales/en/texts.yaml') ?? '', { schema: 'failsafe' }) as object),
  );
  for (const [path, text] of flows) {
    const name = path.slice('flows/'.length, -'.yaml'.length);
    for (let copy = 1; copy < times; copy += 1) {
      const other = text
        .replace(`flow: ${name}\n`, `flow: ${name}-x${copy}\n`)
        .replace(/^(triggers|preempts|lobby|keeps):.*\n/gm, '')
        .replace(/[a-z0-9-]+\.[a-z0-9.-]+/g, (word) => (keys.has(word) ? `${word}-x${copy}` : word));
      files.set(`flows/${name}-x${copy}.yaml`, other);
    }
  }
  return files;
}
