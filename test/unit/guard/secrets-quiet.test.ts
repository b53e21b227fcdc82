import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../../src/content/index.js';
import { buildBundle } from '../../../src/content/index.js';
import { readContentFiles } from '../../../src/content/read-files.js';
import { detect } from '../../../src/guard/secrets/index.js';
import { chance } from '../../support/secrets/chance.js';
import { hex } from '../../support/secrets/made-up-keys.js';
import { harmlessLines } from '../../support/secrets/sayings.js';

const from = chance(99);
const HARMLESS = harmlessLines();
/** With hashes and contents made on the fly: `{32}` for so many bytes in hex. */
const filled = (text: string): string =>
  text
    .replace(/\{(20|32|64)\}/g, (_, bytes: string) => hex(from.bytes(Number(bytes))))
    .replace('{base64}', () => Buffer.from(from.bytes(300)).toString('base64'));
const told = (text: string): readonly string[] =>
  detect(text).map(({ kind, confidence, start, end }) => `${confidence} ${kind}: ${text.slice(start, end)}`);

describe('the detector', () => {
  it.each(HARMLESS)('finds nothing in "%s"', (line) => {
    for (let at = 0; at < 5; at += 1) expect(told(filled(line))).toEqual([]);
  });

  it('finds nothing in the docs of this project', () => {
    const docs = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      ...readdirSync('docs').map((file) => `docs/${file}`),
    ];
    const loud = docs
      .flatMap((file) => readFileSync(file, 'utf8').split(/\n\n+/))
      .flatMap((part) => told(part).filter((one) => one.startsWith('hard')));
    expect(loud).toEqual([]);
  });

  describe('of the shipped content', () => {
    let bundle: Bundle;
    beforeAll(async () => {
      const built = buildBundle(await readContentFiles(process.cwd()));
      if (built.kind === 'broken') throw new Error('the shipped content has findings');
      bundle = built.bundle;
    });

    it('finds nothing in any text that is quoted back', () => {
      const loud = [...bundle.texts].flatMap(([tag, texts]) =>
        [...texts].flatMap(([key, message]) => {
          const text = message.format((name) => name);
          return [text, `> ${text.replaceAll('\n', '\n> ')}`, `“${text}” is this you?`].flatMap((one) =>
            told(one).map((found) => `${tag} ${key} ${found}`),
          );
        }),
      );
      expect(loud).toEqual([]);
    });

    it('finds nothing in any phrase that people say, one after another', () => {
      const loud = [...bundle.phrases].flatMap(([tag, { intents, outside }]) => {
        const said = [...intents.values(), outside].flat();
        return said
          .filter((text, at) => detect(text, { previous: said.slice(Math.max(0, at - 12), at) }).length > 0)
          .map((text) => `${tag} ${text}`);
      });
      expect(loud).toEqual([]);
    });
  });
});
