import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ContentFiles } from '../content/index.js';
import { readContentFiles } from '../content/read-files.js';
import { LifelineError } from '../model/index.js';

const run = promisify(execFile);
const CONVERSATIONS = 'test/conversations';
/** What of a revision is looked at. */
const PARTS = ['flows', 'locales', CONVERSATIONS] as const;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The content of a folder, or of a git revision of the repository around `inside`, with its simulated conversations.
 * Throws `content-invalid` when it is neither.
 */
export async function contentAt(name: string, inside: string): Promise<ContentFiles> {
  const isFolder = await stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return readAll(name);
  const revision = await commitOf(name, inside);
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-diff-'));
  try {
    await unpack(revision, inside, folder);
    return await readAll(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The full hash of a revision: nothing that was typed reaches git as an option, or a command after this one. */
async function commitOf(name: string, inside: string): Promise<string> {
  try {
    const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    const { stdout } = await run('git', asked, { cwd: inside });
    const [hash] = /^[0-9a-f]{40,64}$/m.exec(stdout) ?? [];
    if (hash !== undefined) return hash;
  } catch (cause) {
    throw new LifelineError('content-invalid', `"${name}" is neither a folder nor a revision of git.`, {
      cause,
    });
  }
  throw new LifelineError('content-invalid', `"${name}" is no revision of git.`);
}

/** Writes the parts of a revision into a folder; parts that it does not have are left out. */
async function unpack(revision: string, inside: string, folder: string): Promise<void> {
  const { stdout: listed } = await run('git', ['ls-tree', '--name-only', revision, '--', ...PARTS], {
    cwd: inside,
  });
  const parts = PARTS.filter((part) => listed.split('\n').includes(part));
  const archive = join(folder, 'content.tar');
  const asked = ['archive', '--format=tar', `--output=${archive}`, revision, '--', ...parts];
  await run('git', asked, { cwd: inside, maxBuffer: MAX_BYTES });
  await run('tar', ['-xf', archive, '-C', folder]);
  await rm(archive);
}

async function readAll(folder: string): Promise<ContentFiles> {
  const files = new Map(await readContentFiles(folder));
  const names = await readdir(join(folder, CONVERSATIONS)).catch(noFolder);
  for (const name of names.filter((other) => other.endsWith('.yaml')).sort())
    files.set(`${CONVERSATIONS}/${name}`, await readFile(join(folder, CONVERSATIONS, name), 'utf8'));
  return files;
}

/** A content may have no simulated conversations. */
function noFolder(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
