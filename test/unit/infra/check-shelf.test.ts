import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseOutcome } from '../../../src/cli/check-outcome.js';
import { hashOfCode, openCheckShelf, openPassedShelf } from '../../../src/infra/check-shelf.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeline-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openCheckShelf', () => {
  it('gives back what was put last, and keeps nothing older', () => {
    const shelf = openCheckShelf(folder, () => undefined);
    expect(shelf.get('a')).toBeNull();
    shelf.put('a', 'one');
    shelf.put('b', 'two');
    expect([shelf.get('a'), shelf.get('b')]).toEqual([null, 'two']);
    expect(readdirSync(join(folder, 'checks'))).toEqual(['b']);
  });

  it('keeps some of what passed, the newest', () => {
    const shelf = openPassedShelf(folder, () => undefined);
    for (let count = 1; count <= 20; count += 1) shelf.put(`${count}`, '');
    expect(readdirSync(join(folder, 'passed'))).toHaveLength(8);
    expect([shelf.get('20'), openPassedShelf(folder, () => undefined).get('none')]).toEqual(['', null]);
  });

  it('tells the code of what cannot be kept, and goes on', () => {
    writeFileSync(join(folder, 'checks'), 'a file');
    const codes: string[] = [];
    const shelf = openCheckShelf(folder, (code) => codes.push(code));
    shelf.put('a', 'one');
    expect(shelf.get('a')).toBeNull();
    expect(codes).toEqual(['EEXIST', 'ENOTDIR']);
  });
});

describe('hashOfCode', () => {
  it('changes with any file of the program', () => {
    writeFileSync(join(folder, 'a.js'), '1');
    const before = hashOfCode([folder]);
    expect(hashOfCode([folder])).toBe(before);
    writeFileSync(join(folder, 'a.js'), '2');
    expect(hashOfCode([folder])).not.toBe(before);
  });
});

describe('parseOutcome', () => {
  it('reads what was written, and nothing that is damaged', () => {
    const at = { file: 'a.yaml', line: 1, col: 1, length: 0, message: 'm' };
    const conversations = [{ rule: 'proof-leaked', text: 'conversation: c' }];
    const proof = { states: 1, edges: 2, steps: 3, conversations };
    const outcome = { findings: [{ code: 'yaml', level: 'error', ...at }], about: null, proof };
    expect(parseOutcome(JSON.stringify(outcome))).toEqual(outcome);
    expect(parseOutcome('{"findings":[')).toBeNull();
    expect(parseOutcome('{"findings":[{"code":"gone"}],"about":null,"proof":null}')).toBeNull();
  });
});
