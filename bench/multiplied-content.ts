import { parse } from 'yaml';
import type { ContentFiles } from '../src/content/index.js';

/** Files of flows that may be there only once. */
const ONCE = /^flows\/(_.*|official|answers)\.yaml$/;
/** Choices of a question of the flow that leads to the copies. */
const A_PAGE = 7;
const HUB = 'copies';

/**
 * The shipped content with its flows, the texts they say and the approvals of those several times over. Phrases stay,
 * for each intent has one flow; the copies are reached by questions, page after page. It passes the check.
 */
export function multiplied(shipped: ContentFiles, times: number): ContentFiles {
  const files = new Map(shipped);
  if (times === 1) return files;
  const flows = [...shipped].filter(([path]) => path.startsWith('flows/') && !ONCE.test(path));
  const copies = Array.from({ length: times - 1 }, (_, copy) => `-x${copy + 1}`);
  const names = flows.flatMap(([path]) => copies.map((copy) => `${nameOf(path)}${copy}`));
  const labels = names.map((name, index) => `${HUB}.${name}: "No. ${index + 1}"\n`);
  for (const [path, text] of shipped) {
    if (path.endsWith('/texts.yaml')) {
      const texts = parse(text, { schema: 'failsafe' }) as Readonly<Record<string, string>>;
      const said = Object.entries(texts).filter(
        ([key]) => key.startsWith('title.') || flows.some(([, flow]) => flow.includes(key)),
      );
      const lines = copies.flatMap((copy) =>
        said.map(([key, words]) => `${key}${copy}: ${JSON.stringify(words)}\n`),
      );
      files.set(path, `${text}${lines.join('')}title.${HUB}: "${HUB}"\n${labels.join('')}`);
    }
    if (path.endsWith('/approved.yaml')) {
      const lines = text.split('\n').flatMap((line) => {
        const [key = ''] = /^ {4}[a-z0-9.-]+(?=:)/.exec(line) ?? [];
        return [line, ...(key === '' ? [] : copies.map((copy) => line.replace(key, `${key}${copy}`)))];
      });
      files.set(path, lines.join('\n'));
    }
    if (path.endsWith('/phrases.yaml'))
      files.set(
        path,
        text.replace('\nintents:\n', `\nintents:\n  ${HUB}: [zyx one, zyx two, zyx three, zyx]\n`),
      );
  }
  const keys = new Set(
    Object.keys(parse(shipped.get('locales/en/texts.yaml') ?? '', { schema: 'failsafe' }) as object),
  );
  for (const [path, text] of flows) {
    const name = nameOf(path);
    for (const copy of copies) {
      const other = text
        .replace(`flow: ${name}\n`, `flow: ${name}${copy}\n`)
        .replace(/^(triggers|preempts|lobby|keeps):.*\n/gm, '')
        .replace(/[a-z0-9-]+\.[a-z0-9.-]+/g, (word) => (keys.has(word) ? `${word}${copy}` : word));
      files.set(`flows/${name}${copy}.yaml`, other);
    }
  }
  return files.set(`flows/${HUB}.yaml`, hub(names));
}

function nameOf(path: string): string {
  return path.slice('flows/'.length, -'.yaml'.length);
}

/** Leads to every flow of a list. */
function hub(names: readonly string[]): string {
  const pages = Array.from({ length: Math.ceil(names.length / A_PAGE) }, (_, page) => {
    const buttons = names
      .slice(page * A_PAGE, (page + 1) * A_PAGE)
      .map((name) => `      - { label: ${HUB}.${name}, value: ${name}, go: "flow:${name}" }\n`);
    const next = (page + 1) * A_PAGE < names.length ? `p${page + 1}` : 'p0';
    return `  p${page}:
    ask: menu.what-happened
    buttons:
${buttons.join('')}      - { label: common.continue, value: next, go: ${next} }
    unclear: { say: common.pick-one, tries: 2, go: menu }
`;
  });
  return `flow: ${HUB}\ntitle: the copies\ntriggers: [${HUB}]\nstart: p0\nsteps:\n${pages.join('')}`;
}
