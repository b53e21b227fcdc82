import type { Platform } from '../model/index.js';

/** What `lifeline doctor` says about one thing. */
export interface Diagnosis {
  /** `fix`: it does not work so. `note`: it works, and is worth knowing. */
  readonly level: 'ok' | 'note' | 'fix';
  readonly about: Platform | 'settings' | 'secrets' | 'content' | 'store' | 'http' | 'clock';
  /** The same for the same trouble, for scripts. */
  readonly code: string;
  /** What is so, in one sentence. */
  readonly what: string;
  /** What to do, in one sentence or two. */
  readonly todo?: string;
}

type About = Diagnosis['about'];

/** Diagnoses about one thing, made in short. */
export interface Diagnose {
  ok(code: string, what: string): Diagnosis;
  note(code: string, what: string, todo?: string): Diagnosis;
  fix(code: string, what: string, todo: string): Diagnosis;
}

export function diagnoseAbout(about: About): Diagnose {
  return {
    ok: (code, what) => ({ level: 'ok', about, code, what }),
    note: (code, what, todo) => ({
      level: 'note',
      about,
      code,
      what,
      ...(todo === undefined ? {} : { todo }),
    }),
    fix: (code, what, todo) => ({ level: 'fix', about, code, what, todo }),
  };
}

/** What somebody else said, fit for one line: no control or bidirectional characters, at most 160 characters. */
export function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return `"${line.length > 160 ? `${line.slice(0, 159)}…` : line}"`;
}

const WORDS = { ok: 'ok  ', note: 'note', fix: 'FIX ' } as const;

/** One line a diagnosis, and a last one that sums up. */
export function formatDiagnoses(diagnoses: readonly Diagnosis[]): string {
  const width = Math.max(...diagnoses.map(({ about }) => about.length));
  const lines = diagnoses.map(({ level, about, what, todo }) =>
    `${WORDS[level]}  ${about.padEnd(width)}  ${what}${todo === undefined ? '' : ` → ${todo}`}`.trimEnd(),
  );
  const count = diagnoses.filter(({ level }) => level === 'fix').length;
  const sum = count === 0 ? 'Nothing to fix.' : count === 1 ? 'One thing to fix.' : `${count} things to fix.`;
  return `${[...lines, sum].join('\n')}\n`;
}

/** Takes every secret out of the diagnoses, should one have got in by what somebody else said. */
export function withoutSecrets(
  diagnoses: readonly Diagnosis[],
  secrets: readonly string[],
): readonly Diagnosis[] {
  const clean = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '(secret)'), text);
  return diagnoses.map(({ todo, ...diagnosis }) => ({
    ...diagnosis,
    what: clean(diagnosis.what),
    ...(todo === undefined ? {} : { todo: clean(todo) }),
  }));
}
