import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openModelShelf } from '../../../src/infra/model-shelf.js';

const top = mkdtempSync(join(tmpdir(), 'lifeline-shelf-'));
afterAll(() => rmSync(top, { recursive: true }));
const bytes = Uint8Array.of(1, 2, 3);

describe('openModelShelf', () => {
  it('gives back what was put, and nothing for another key', () => {
    const shelf = openModelShelf(join(top, 'made'), expect.unreachable);
    shelf.put('en-1', bytes);
    expect(Uint8Array.from(shelf.get('en-1') ?? [])).toEqual(bytes);
    expect(shelf.get('en-2')).toBeNull();
  });
  it('keeps a few models of a language and all other languages', () => {
    const folder = join(top, 'few');
    const shelf = openModelShelf(folder, expect.unreachable);
    shelf.put('zh-1', bytes);
    for (const key of ['en-1', 'en-2', 'en-3', 'en-4', 'en-5']) shelf.put(key, bytes);
    const names = readdirSync(folder);
    expect(names.filter((name) => name.startsWith('en-'))).toHaveLength(3);
    expect(names).toContain('zh-1.model');
  });
  it('tells what went wrong and goes on', () => {
    const file = join(top, 'file');
    writeFileSync(file, '');
    const codes: string[] = [];
    const shelf = openModelShelf(file, (code) => codes.push(code));
    shelf.put('en-1', bytes);
    expect([shelf.get('en-1'), codes.length > 0]).toEqual([null, true]);
  });

  it('keeps models where it was opened, wherever the process works later', () => {
    const here = mkdtempSync(join(top, 'here-'));
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(here);
    const shelf = openModelShelf('cache', expect.unreachable);
    cwd.mockReturnValue(top);
    shelf.put('en-1', bytes);
    cwd.mockRestore();
    expect(readdirSync(join(here, 'cache'))).toEqual(['en-1.model']);
  });
});
