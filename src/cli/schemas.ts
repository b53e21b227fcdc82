import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { editorSettings, FILE_KINDS, type FileKind, jsonSchemas } from '../authoring/json-schemas.js';
import { CONVERSATION_SCHEMA } from '../simulate/format.js';
import { contentFolder } from './content-folder.js';
import { countOf } from './count-of.js';

/** Every kind of file that people write, simulated conversations with them. */
export const ALL_KINDS: Readonly<Record<string, FileKind>> = {
  ...FILE_KINDS,
  conversation: {
    schema: CONVERSATION_SCHEMA,
    files: ['test/conversations/*.yaml'],
    title: 'A simulated conversation: test/conversations/<name>.yaml',
  },
};

/** `lifeline schemas`: writes JSON Schemas and the settings of editors beside the content. */
export async function schemas(content: string | undefined): Promise<void> {
  const folder = contentFolder(content);
  const files = new Map([
    ...[...jsonSchemas(ALL_KINDS)].map(([name, text]): [string, string] => [`schemas/${name}`, text]),
    ['.vscode/settings.json', editorSettings(ALL_KINDS)],
  ]);
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  process.stdout.write(`${countOf(files.size, 'file')} written below ${folder}.\n`);
}
