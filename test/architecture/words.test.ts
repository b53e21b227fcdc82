import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Names that say nothing of what is inside. */
const EMPTY_NAMES = /^(?:utils?|helpers?|common|types)\.ts$/;
/** Where the environment is read; everything else is given its settings. */
const READS_ENVIRONMENT = ['src/infra/', 'src/cli/'];

const files: readonly string[] = ['src', 'adapters', 'test', 'bench']
  .flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) =>
      posix.join(top, path.replaceAll('\\', '/')),
    ),
  )
  .filter((path) => path.endsWith('.ts') && !path.includes('/node_modules/'))
  .sort();

describe('the files', () => {
  it('are named after what is in them', () => {
    expect(files.filter((file) => EMPTY_NAMES.test(posix.basename(file)))).toEqual([]);
  });

  it('are named in kebab-case', () => {
    const wrong = files.filter(
      (file) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(posix.basename(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('read the environment in src/infra and src/cli only', () => {
    const wrong = files
      .filter((file) => /^(?:src|adapters)\//.test(file))
      .filter((file) => !READS_ENVIRONMENT.some((folder) => file.startsWith(folder)))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, index) =>
            /\bprocess\s*\.\s*env\b|\benv\b[^=]*=\s*process\b/.test(line) ? [`${file}:${index + 1}`] : [],
          ),
      );
    expect(wrong).toEqual([]);
  });
});
