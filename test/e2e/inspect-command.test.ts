import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CLI = join(process.cwd(), 'dist/src/cli/lifeline.js');
const KEY = 'my private key is e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262';

function inspect(
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, 'inspect', ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.end(input);
  });
}

describe('lifeline inspect', () => {
  it('names kinds and places, never the secret', async () => {
    expect(await inspect([KEY])).toEqual({ code: 0, out: 'hard  key      characters 18 to 82\n', err: '' });
    expect(await inspect([], 'I lost my password')).toEqual({ code: 0, out: 'no secret found\n', err: '' });
  });

  it('answers each line of --jsonl, and names those that are none', async () => {
    const lines = [
      JSON.stringify({ id: 'a', text: KEY }),
      'not JSON',
      '',
      JSON.stringify({
        id: 2,
        text: 'able about above absent',
        previous: ['zebra wolf fossil sunset', 'coral pistol'],
      }),
      JSON.stringify({ id: 'c' }),
      JSON.stringify({ id: 'd', text: 'what is a mnemonic?\ud83d' }),
    ];
    const { code, out, err } = await inspect(['--jsonl'], lines.join('\n'));
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: 'a', findings: [{ kind: 'key', start: 18, end: 82, confidence: 'hard' }] },
      { id: 2, findings: [{ kind: 'phrase', start: 0, end: 23, confidence: 'hard' }] },
      { id: 'd', findings: [] },
    ]);
    expect(err.split('\n').map((line) => line.slice(0, 7))).toEqual(['line 2 ', 'line 5 ', '']);
    expect(code).toBe(1);
  });

  it('does the same as the function that the package exports', async () => {
    const script =
      "import { detect } from 'lifeline/guard'; console.log(JSON.stringify(detect(process.argv[1])));";
    const out = await new Promise((resolve) =>
      execFile(process.execPath, ['--input-type=module', '-e', script, KEY], (_, stdout) => resolve(stdout)),
    );
    expect(JSON.parse(String(out))).toEqual([{ kind: 'key', confidence: 'hard', start: 18, end: 82 }]);
  });
});
