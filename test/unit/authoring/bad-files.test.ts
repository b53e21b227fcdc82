import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContent } from '../../../src/authoring/check-content.js';
import { showFinding } from '../../../src/authoring/show-finding.js';
import { readContent, readContentFiles } from '../../../src/content/read-files.js';
import { checkedContent, shelf } from '../../support/checked-content.js';

const HELP = 'flows/help.yaml';
const help = checkedContent().get(HELP) ?? '';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeline-check-'));
  for (const [name, text] of checkedContent()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a check says of the folder with one file written anew: `code file:line:col`. */
async function said(name: string, bytes: string | Uint8Array): Promise<readonly string[]> {
  await writeFile(join(folder, name), bytes);
  const read = await readContent(folder);
  const { findings } = checkContent(read, shelf);
  for (const finding of findings)
    expect(showFinding(finding, read.files.get(finding.file))).toContain(finding.code);
  return findings.map(({ code, file, line, col }) => `${code} ${file}:${line}:${col}`);
}

describe('bad input in a content file', () => {
  const bomb = `a: &a [x, x]\n${'bcdefghij'.replaceAll(/./g, (name) => `${name}: &${name} [*a, *a, *a, *a, *a, *a, *a]\n`)}`;

  it.each<readonly [string, string | Uint8Array, readonly string[]]>([
    ['a tab', help.replace('  says:', '\tsays:'), [`tab ${HELP}:6:1`]],
    ['a byte order mark', `\uFEFF${help}`, [`byte-order-mark ${HELP}:1:1`]],
    ['Windows line ends', help.replaceAll('\n', '\r\n'), [`windows-lines ${HELP}:1:1`]],
    ['a name that stands twice', `${help}title: again\n`, [`duplicate-key ${HELP}:8:1`]],
    ['an anchor and an alias', `${help}note: &a x\n`, [`yaml-anchor ${HELP}:8:10`]],
    ['10 MB', 'a: b\n'.repeat(2_000_000), [`file-too-large ${HELP}:1:1`]],
    ['UTF-16', Buffer.from(help, 'utf16le'), [`not-utf8 ${HELP}:1:2`]],
    [
      'bytes of GB 18030',
      Buffer.concat([Buffer.from('flow: help\ntitle: '), Buffer.from([0xc4, 0xe3])]),
      [`not-utf8 ${HELP}:2:8`],
    ],
    ['bytes cut off in a character', Buffer.from('title: 你').subarray(0, 9), [`not-utf8 ${HELP}:1:8`]],
    [
      'marks of a merge',
      help.replace('start: says', '<<<<<<< mine\nstart: says\n=======\nstart: end\n>>>>>>> theirs'),
      [`conflict-marker ${HELP}:4:1`],
    ],
    ['nothing', '', [`wrong-type ${HELP}:1:1`]],
    ['a list', '- a\n', [`wrong-type ${HELP}:1:1`]],
    ['noise', '\u0000\u0001%@`', [`not-utf8 ${HELP}:1:1`]],
  ])('%s is a finding at its place, and no other', async (_what, bytes, wanted) => {
    const found = await said(HELP, bytes);
    expect(found.slice(0, 1)).toEqual(wanted);
    expect(new Set(found.map((line) => line.split(':')[0]))).toEqual(
      new Set(wanted.map((line) => line.split(':')[0])),
    );
  });

  it('a bomb of aliases is told by its anchors, without being unfolded', async () => {
    const found = await said(HELP, bomb);
    expect(new Set(found.map((line) => line.split(':')[0]))).toEqual(new Set([`yaml-anchor ${HELP}`]));
  });

  it('a file that vanishes while it is being read is told, and no name in it is missed', async () => {
    await rm(join(folder, HELP));
    await symlink(join(folder, 'gone'), join(folder, HELP));
    const read = await readContent(folder);
    expect(read.unread).toMatchObject([{ code: 'file-unreadable', file: HELP }]);
    expect(read.unread[0]?.message).toContain('vanished');
    expect(checkContent(read, shelf).findings.map(({ code }) => code)).toEqual(['file-unreadable']);
    await expect(readContentFiles(folder)).rejects.toMatchObject({ code: 'content-invalid' });
  });

  it.each([
    'flows/Fees.yaml',
    'flows/sub/fees.yaml',
    'flows/fees.yml',
    'flows/FEES.YML',
    'locales/en/text.yaml',
    'locales/local.yaml',
  ])('%s is told to be read by nobody, once, whatever it holds', async (name) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    expect(await said(name, 'flow: [')).toEqual([`file-ignored ${name}:1:1`]);
  });

  it('mistakes in several files are all told, each once', async () => {
    await writeFile(join(folder, 'flows/room.yaml'), 'flow: room\n\tx');
    await writeFile(join(folder, 'flows/_times.yaml'), 'mail: soon\npatience: 30m\n');
    await writeFile(join(folder, 'locales/zh-CN/phrases.yaml'), 'global: [');
    expect(await said(HELP, help.replace('go: end', 'go: ent'))).toEqual([
      'wrong-value flows/_times.yaml:1:7',
      'unknown-step flows/help.yaml:6:31',
      'tab flows/room.yaml:2:1',
      expect.stringMatching(/^yaml locales\/zh-CN\/phrases\.yaml:/),
    ]);
  });
});
