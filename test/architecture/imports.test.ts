import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The order of the stations, the top first. A station imports only from those further down. */
const LEVELS: readonly (readonly string[])[] = [
  ['cli'],
  ['main'],
  ['runtime', 'authoring', 'simulate'],
  ['store', 'recovery', 'infra', 'adapters'],
  ['conversation', 'understanding', 'guard'],
  ['content'],
  ['model'],
];

/** The npm packages each station may use; an adapter has its own SDK and nobody else's. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'src/cli': ['@clack/prompts', 'commander', 'dotenv', 'zod'],
  'src/main': [],
  'src/runtime': [],
  'src/authoring': ['chokidar', 'fast-string-width', 'yaml', 'zod'],
  'src/simulate': ['@scure/bip39', 'zod'],
  'src/store': ['ioredis', 'lmdb', 'zod'],
  'src/recovery': ['jose', 'otplib', 'zod'],
  'src/infra': ['dotenv', 'fastify', 'pino', 'zod'],
  'src/conversation': ['xstate'],
  'src/understanding': ['opencc-js'],
  'src/guard': ['@scure/bip39', 'tldts'],
  'src/content': ['@formatjs/intl-localematcher', 'fastest-levenshtein', 'intl-messageformat', 'yaml', 'zod'],
  'src/model': [],
  'adapters/shared': [],
  'adapters/console': [],
  'adapters/slack': ['@slack/bolt', 'zod'],
  'adapters/discord': ['@discordjs/rest', '@discordjs/ws', 'zod'],
  'adapters/telegram': ['telegraf', 'zod'],
};

/** `import … from 'x'`, `import 'x'`, `export … from 'x'`, with or without `type`, over several lines too. */
const STATEMENT =
  /^(?:import\s(?:[^;'"]*?\sfrom\s)?|export\s(?:type\s)?(?:\*(?:\sas\s\w+)?|\{[^}]*\})\sfrom\s)'(?<from>[^']+)'/gm;
/** `import('x')` of a name that stands there: loaded only when it is needed, and in the order like any other. */
const LATE = /\bimport\('(?<from>[^']+)'\)/g;
/** Where something may be loaded late: what joins everything, the commands, and the store that is opened. */
const LOADS_LATE = ['src/main', 'src/cli', 'src/store'];

interface Import {
  readonly file: string;
  /** As written. */
  readonly from: string;
  /** The imported file, from the top of the repository; `null` for a package or a part of Node. */
  readonly target: string | null;
}

const files: readonly string[] = ['src', 'adapters']
  .flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) =>
      posix.join(top, path.replaceAll('\\', '/')),
    ),
  )
  .filter((path) => path.endsWith('.ts'))
  .sort();
const texts: ReadonlyMap<string, string> = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const imports: readonly Import[] = files.flatMap((file) => importsOf(file, texts.get(file) ?? ''));
const inside = imports.flatMap(({ file, target }) => (target === null ? [] : [{ file, target }]));

function importsOf(file: string, text: string): readonly Import[] {
  return [...text.matchAll(STATEMENT), ...text.matchAll(LATE)].map((match) => {
    const from = match.groups?.from ?? '';
    const target = from.startsWith('.')
      ? posix.join(posix.dirname(file), from).replace(/\.js$/, '.ts')
      : null;
    return { file, from, target };
  });
}

/** `src/guard/links.ts` → `src/guard`; the files beside the folders, which join them, are the station `src/main`. */
function stationOf(file: string): string {
  const [top = '', folder = ''] = file.split('/');
  return folder.endsWith('.ts') ? 'src/main' : `${top}/${folder}`;
}

/** 0 for the top; −1 for a station that has no place in the order. */
function levelOf(station: string): number {
  const name = station.startsWith('adapters/') ? 'adapters' : station.slice('src/'.length);
  return LEVELS.findIndex((level) => level.includes(name));
}

/** Every place at which a walk along the imports comes back to a file it is coming from. */
function cyclesIn(edges: readonly { readonly file: string; readonly target: string }[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of edges) targets.set(file, [...(targets.get(file) ?? []), target]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}

/** `@scure/bip39/wordlists/english.js` → `@scure/bip39`. */
function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

describe('reading the imports', () => {
  it('reads every form of statement', () => {
    const text = [
      "import 'a';",
      "import b from 'b';",
      "import type { C } from 'c';",
      "import {\n  type D,\n  d,\n} from './d.js';",
      "import * as e from 'e';",
      "export * from '../f.js';",
      "export * as g from 'g';",
      "export type { H } from 'h';",
      "export {\n  i,\n} from 'i';",
      "  const { j } = await import('../j.js');",
    ].join('\n');
    const found = importsOf('src/model/x.ts', text);
    expect(found.map(({ from }) => from)).toEqual([
      ...['a', 'b', 'c', './d.js', 'e', '../f.js', 'g', 'h', 'i', '../j.js'],
    ]);
    expect(found.flatMap(({ target }) => target ?? [])).toEqual(['src/model/d.ts', 'src/f.ts', 'src/j.ts']);
  });

  it('overlooks none', () => {
    const overlooked = files.flatMap((file) => {
      const read = new Set(importsOf(file, texts.get(file) ?? '').map(({ from }) => from));
      const hints = (texts.get(file) ?? '').matchAll(/^(?:import|export|\}).*\bfrom\s+['"`]([^'"`]+)/gm);
      return [...hints].flatMap(([, from]) => (read.has(from ?? '') ? [] : [`${file}: ${from}`]));
    });
    expect(overlooked).toEqual([]);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it('finds nothing that is imported while running by a name no order could be read from, or deep inside', () => {
    const dynamic = files.filter((file) => {
      const text = (texts.get(file) ?? '').replaceAll(LATE, (late) =>
        LOADS_LATE.includes(stationOf(file)) ? '' : late,
      );
      return /\bimport\s*\(|\brequire\s*\(|\bcreateRequire\b/.test(text);
    });
    expect(dynamic).toEqual([]);
  });

  it('leads to files that exist', () => {
    const missing = inside.filter(({ target }) => !texts.has(target));
    expect(missing).toEqual([]);
  });

  it('sees a cycle', () => {
    const edges = [
      { file: 'a', target: 'b' },
      { file: 'b', target: 'c' },
      { file: 'c', target: 'b' },
    ];
    expect(cyclesIn(edges)).toEqual(['b → c → b']);
  });
});

describe('the imports of src and adapters', () => {
  it('hold no cycle, types included', () => {
    expect(cyclesIn(inside)).toEqual([]);
  });

  it('belong to folders that have a place in the order', () => {
    const homeless = [...new Set(files.map(stationOf))].filter((station) => levelOf(station) < 0);
    expect(homeless).toEqual([]);
  });

  it('point one way only, and never to another folder of the same level', () => {
    const wrong = inside.flatMap(({ file, target }) => {
      const [from, to] = [stationOf(file), stationOf(target)];
      return from === to || levelOf(from) < levelOf(to) || to === 'adapters/shared'
        ? []
        : [`${file} imports ${target}`];
    });
    expect(wrong).toEqual([]);
  });

  it('of an adapter lead to the model, to adapters/shared and to its own folder', () => {
    const wrong = inside.flatMap(({ file, target }) => {
      const [from, to] = [stationOf(file), stationOf(target)];
      const knows = to === from || to === 'src/model' || (to === 'adapters/shared' && from !== to);
      return from.startsWith('adapters/') && !knows ? [`${file} imports ${target}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('use only the packages of their station', () => {
    const wrong = imports.flatMap(({ file, from, target }) => {
      if (target !== null || isBuiltin(from)) return [];
      const allowed = PACKAGES[stationOf(file)] ?? [];
      return allowed.includes(packageOf(from)) ? [] : [`${file} imports ${from}`];
    });
    expect(wrong).toEqual([]);
  });
});
