import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newKeySet, publicKeys } from '../../../src/recovery/index.js';
import { ANSWERS, openApi } from '../../../src/recovery/open-api.js';
import { JWKS_PATH, REQUESTS_PATH } from '../../../src/runtime/recovery-routes.js';

describe('docs/openapi.json', () => {
  it('is what the schemas say', () => {
    const kept: unknown = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
    expect(kept).toEqual(JSON.parse(JSON.stringify(openApi())));
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
