import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { newKeySet, publicKeys } from '../../../src/recovery/index.js';
import { ANSWERS, openApi } from '../../../src/recovery/open-api.js';
import { JWKS_PATH, REQUESTS_PATH } from '../../../src/runtime/recovery-routes.js';

describe('docs/openapi.json', () => {
  it('is what the schemas say', () => {
    const kept: unknown = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
    expect(kept).toEqual(JSON.parse(JSON.stringify(openApi())));
  });

  it('is valid by the schema of OpenAPI 3.1', async () => {
    const validator = new Validator();
    const kept = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Record<string, unknown>;
    expect(await validator.validate(structuredClone(kept))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect((await validator.validate({ ...kept, paths: { keys: { get: 'them' } } })).valid).toBe(false);
  });

  it('names the ways in, and leads nowhere that is not in it', () => {
    const text = JSON.stringify(openApi());
    const { paths, components } = JSON.parse(text) as {
      readonly paths: Readonly<Record<string, unknown>>;
      readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
    };
    expect(Object.keys(paths)).toEqual([JWKS_PATH, REQUESTS_PATH]);
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    for (const name of named) expect(Object.keys(components.schemas)).toContain(name);
  });

  it('describes our keys as they are', async () => {
    expect(ANSWERS.keys.safeParse(publicKeys(await newKeySet(0))).success).toBe(true);
  });
});
