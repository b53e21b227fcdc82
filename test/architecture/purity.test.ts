import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const PURE_FOLDERS = ['src/model', 'src/content', 'src/conversation', 'src/understanding', 'src/guard'];
/** The one file of the pure folders that does I/O; no other of them may import it. */
const FILE_READER = 'src/content/read-files.ts';

/**
 * What pure code may take from Node, by module: hashing, the public key of a private one, and the spelling of host
 * names.
 */
const FROM_NODE: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': [
    'createHash',
    'createHmac',
    'createPrivateKey',
    'createPublicKey',
    'hash',
    'timingSafeEqual',
  ],
  'node:url': ['domainToASCII', 'domainToUnicode'],
};

/** What makes code depend on more than its arguments, with how each may be written and what only looks like it. */
const LOOKED_FOR: readonly {
  readonly name: string;
  readonly pattern: RegExp;
  readonly caught: readonly string[];
  readonly free: readonly string[];
}[] = [
  {
    name: 'the present time',
    pattern:
      /\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^)\s])|(?<!\bnew\s+)\bDate\s*\(|\bTemporal\s*\.\s*Now\b|(?<![\w.])performance\b/,
    caught: [
      'Date.now()',
      'new Date()',
      'new Date;',
      'Date()',
      'Temporal.Now.instant()',
      'performance.now()',
    ],
    free: ['new Date(at).toISOString()', 'Date.parse(text)', 'Date.UTC(2026, 2)', 'isDate(x)'],
  },
  {
    name: 'randomness',
    pattern:
      /\bMath\s*\.\s*random\b|\brandom(?:Bytes|UUID|Int|Fill|FillSync)\b|\bgetRandomValues\b|\bwebcrypto\b/,
    caught: ['Math.random()', 'randomBytes(32)', 'randomUUID()', 'crypto.getRandomValues(bytes)'],
    free: ['const random = mulberry32(SEED);', 'if (random() < DROPOUT) continue;'],
  },
  {
    name: 'the process, its environment and its console',
    pattern: /(?<![\w.'"-])process(?![\w'":-])|\bglobalThis\b|(?<![\w.])console\s*\.\s*\w/,
    caught: ['process.env.HOME', 'const { env } = process;', 'globalThis.process', 'console.log(text)'],
    free: ["platform === 'console'", 'this.process', 'preprocess(text)', 'processed'],
  },
  {
    name: 'timers',
    pattern:
      /\b(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|nextTick)\b|\bAbortSignal\s*\.\s*timeout\b/,
    caught: ['setTimeout(work, 5)', 'setInterval(work, 5)', 'queueMicrotask(work)', 'AbortSignal.timeout(5)'],
    free: ['step.timeout', "{ kind: 'set-timer' }"],
  },
  {
    name: 'the network',
    pattern: /(?<![\w.])fetch\b|\b(?:XMLHttpRequest|WebSocket|EventSource)\b/,
    caught: ['fetch(url)', 'new WebSocket(url)'],
    free: ['prefetch', 'isFetched'],
  },
  {
    name: 'modules that are loaded while running',
    pattern: /\bimport\s*\(|\bimport\s*\.\s*meta\b|\brequire\s*\(|\bcreateRequire\b/,
    caught: ["await import('node:fs')", 'import.meta.url', "require('fs')"],
    free: ["import { z } from 'zod';", 'required(x)'],
  },
];

/** An import or a re-export; `names` is what it takes, as written. */
const IMPORT =
  /^(?:import\s(?:(?<names>[^;'"]*?)\sfrom\s)?|export\s(?<passed>(?:type\s)?(?:\*(?:\sas\s\w+)?|\{[^}]*\}))\sfrom\s)'(?<from>[^']+)'/gm;

/** Without comments, places kept: words about the clock are no use of it. */
function codeOf(text: string): string {
  return text
    .replace(/^[^\S\n]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/^[^\S\n]*\/\/.*$|\s\/\/ .*$/gm, '');
}

function importsOf(text: string): readonly { readonly names: string; readonly from: string }[] {
  return [...text.matchAll(IMPORT)].map(({ groups }) => ({
    names: groups?.names ?? groups?.passed ?? '',
    from: groups?.from ?? '',
  }));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'))
    .sort();
}

/** These files and all they are made of: what they import of this repository, and so on. */
function withImports(roots: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { from } of importsOf(readFileSync(file, 'utf8')))
      if (from.startsWith('.')) visit(posix.join(posix.dirname(file), from).replace(/\.js$/, '.ts'));
  };
  for (const root of roots) visit(root);
  return [...found].sort();
}

const codecs = filesBelow('adapters').filter((file) => /^adapters\/[^/]+\/(?:decode|encode)\.ts$/.test(file));
const inFolders = PURE_FOLDERS.flatMap(filesBelow).filter((file) => file !== FILE_READER);
const pure = withImports([...inFolders, ...codecs]);

/** The names of a statement, or `*` for all of a module. */
function namesIn(names: string): readonly string[] {
  const listed = /\{([^}]*)\}/.exec(names)?.[1];
  if (listed === undefined) return ['*'];
  return listed.split(',').flatMap((name) => {
    const [first = ''] = name
      .trim()
      .replace(/^type\s+/, '')
      .split(/\s+as\s+/);
    return first === '' ? [] : [first];
  });
}

describe('what is looked for', () => {
  it.each(LOOKED_FOR)('catches $name, and nothing that only looks like it', ({ pattern, caught, free }) => {
    expect(caught.filter((code) => !pattern.test(code))).toEqual([]);
    expect(free.filter((code) => pattern.test(code))).toEqual([]);
  });

  it('is looked for in code, not in comments', () => {
    const text =
      '/**\n * Date.now() is never read.\n */\nconst a = 1; // not Math.random()\n  // nor fetch()\n';
    expect(codeOf(text).trim()).toBe('const a = 1;');
    expect(codeOf("const url = 'https://a'; fetch(url)")).toBe("const url = 'https://a'; fetch(url)");
  });
});

describe('the pure files', () => {
  it('are the pure folders, every decode and encode, and all of which these are made', () => {
    expect(codecs).toContain('adapters/telegram/decode.ts');
    expect(codecs).toContain('adapters/console/encode.ts');
    expect(pure).toContain('adapters/telegram/content.ts');
    expect(pure).toContain('src/conversation/conversation.ts');
    expect(pure).not.toContain(FILE_READER);
  });

  it('import nothing of Node but hashing and the spelling of host names', () => {
    const wrong = pure.flatMap((file) =>
      importsOf(readFileSync(file, 'utf8')).flatMap(({ names, from }) => {
        if (!isBuiltin(from)) return [];
        const allowed = FROM_NODE[from] ?? [];
        const taken = namesIn(names).filter((name) => !allowed.includes(name));
        return taken.length === 0 ? [] : [`${file} takes ${taken.join(', ')} from ${from}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each(LOOKED_FOR)('do not use $name', ({ pattern }) => {
    const wrong = pure.flatMap((file) =>
      codeOf(readFileSync(file, 'utf8'))
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
    expect(wrong).toEqual([]);
  });
});
