import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readContentFiles } from '../../src/content/read-files.js';
import { compile } from '../../src/main.js';
import { readConversation } from '../../src/simulate/read-conversation.js';
import { runSimulations } from '../../src/simulation.js';

const FOLDER = 'test/conversations';
const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).sort();
const files = await Promise.all(
  names.map(async (name) =>
    readConversation(`${FOLDER}/${name}`, await readFile(`${FOLDER}/${name}`, 'utf8')),
  ),
);
const bundle = compile(await readContentFiles('.'));
const report = await runSimulations(
  bundle,
  files.flatMap((file) => ('conversation' in file ? [file.conversation] : [])),
);

describe('simulated conversations', () => {
  it('are all written in the format', () => {
    expect(files.flatMap((file) => ('findings' in file ? file.findings : []))).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it('go as written in every locale on every platform', () => {
    const failures = report.played.flatMap(({ failure, conversation, locale, platform, seed }) =>
      failure === null ? [] : [`${conversation} (${locale}, ${platform}, seed ${seed}): ${failure}`],
    );
    expect(failures).toEqual([]);
  });

  it('reach every step of every flow', () => {
    expect(report.coverage.steps.missing).toEqual([]);
  });
});
