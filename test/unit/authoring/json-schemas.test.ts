import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { editorSettings, jsonSchemas } from '../../../src/authoring/json-schemas.js';
import { ALL_KINDS } from '../../../src/cli/schemas.js';

const written = [...jsonSchemas(ALL_KINDS)];

/** The content files of a kind: those that its patterns match and none of them takes out. */
function filesOf(patterns: readonly string[]): readonly string[] {
  const all = ['flows', 'locales', 'test/conversations'].flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) => `${top}/${path}`),
  );
  const isLike = (path: string, pattern: string): boolean =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path);
  return all.filter(
    (path) =>
      patterns.some((pattern) => isLike(path, pattern)) &&
      !patterns.some((pattern) => pattern.startsWith('!') && isLike(path, pattern.slice(1))),
  );
}

/** A schema as an editor reads it. */
function read(name: string): z.ZodType {
  return z.fromJSONSchema(JSON.parse(readFileSync(`schemas/${name}.json`, 'utf8')));
}

describe('the JSON Schemas', () => {
  it.each(written)('schemas/%s is as `lifeline schemas` writes it', (name, text) => {
    expect(readFileSync(`schemas/${name}`, 'utf8')).toBe(text);
  });

  it('stand in the settings of the editor', () => {
    expect(readFileSync('.vscode/settings.json', 'utf8')).toBe(editorSettings(ALL_KINDS));
  });

  it.each(Object.entries(ALL_KINDS))('%s takes every shipped file of its kind', (name, { files }) => {
    const schema = read(name);
    const paths = filesOf(files);
    expect(paths).not.toEqual([]);
    const isPlain = paths.some((path) => /(?:texts|phrases|checks|stamps|approved)\.yaml$/.test(path));
    const refused = paths.filter((path) => {
      const value: unknown = parse(readFileSync(path, 'utf8'), { schema: isPlain ? 'failsafe' : 'core' });
      return !schema.safeParse(value).success;
    });
    expect(refused).toEqual([]);
  });

  it('refuse what the check refuses', () => {
    const flow = { flow: 'a', title: 'A', start: 'b', steps: { b: { say: 'a.b', go: 'idle' } } };
    expect(read('flow').safeParse(flow).success).toBe(true);
    expect(read('flow').safeParse({ ...flow, steps: { b: { sya: 'a.b' } } }).success).toBe(false);
    expect(read('flow').safeParse({ ...flow, trigers: [] }).success).toBe(false);
    expect(read('times').safeParse({ mail: '10 minutes' }).success).toBe(false);
    expect(read('registry').safeParse({ product: { name: 'A' } }).success).toBe(false);
  });
});
