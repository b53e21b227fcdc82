import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkShape } from '../content/check-shape.js';
import { FINDING_CODES, type FindingCode } from '../content/finding-codes.js';
import type { ContentFiles, Finding, NodePath } from '../content/index.js';
import { parseYaml } from '../content/yaml-source.js';

export const APPROVED_FILE = 'locales/approved.yaml';

/** What may be approved; nothing else may. */
export const APPROVABLE = [
  'asks-secret',
  'promises-contact',
  'same-as-source',
  'written-duration',
  'label-is-global',
  'look-alike',
] as const satisfies readonly FindingCode[];
export type Approvable = (typeof APPROVABLE)[number];

/** Why a text is right all the same. */
export const REASON = z.string().trim().min(8, 'must say why, in a sentence');

/** `locales/approved.yaml`: texts that are right although a rule speaks against them, by name, with the reason. */
export const APPROVED_SCHEMA = z.array(
  z.strictObject({
    rule: z.enum(APPROVABLE),
    reason: REASON,
    /** Text key → language → hash of the text that was read. */
    texts: z.record(z.string(), z.record(z.string(), z.string())),
  }),
);

/** A text as it was read by whoever approved it, or compared it: eight hexadecimal digits. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Approvals, and which of them were of use. */
export interface Approvals {
  /** Whether a text is approved as it is now. */
  allows(rule: Approvable, tag: string, key: string, text: string): boolean;
  /** Those of some rules, all of whose languages are among `tags`, that allowed nothing. Asked when all was checked. */
  unused(tags: readonly string[], rules: readonly Approvable[]): readonly Finding[];
}

/** Reads the approvals; without a file nothing is approved. */
export function readApprovals(files: ContentFiles): Approvals & { readonly findings: readonly Finding[] } {
  const { source, findings } = parseYaml(APPROVED_FILE, files.get(APPROVED_FILE) ?? '[]', { plain: true });
  const shape = findings.length > 0 ? { findings } : checkShape(source, APPROVED_SCHEMA);
  if ('findings' in shape) return { allows: () => false, unused: () => [], findings: shape.findings };
  const hashes = new Map<string, string>();
  const spoken = new Map<string, readonly string[]>();
  const places = new Map<string, NodePath>();
  shape.value.forEach(({ rule, texts }, index) => {
    for (const [key, byTag] of Object.entries(texts)) {
      places.set(`${rule} ${key}`, [index, 'texts', key]);
      spoken.set(`${rule} ${key}`, Object.keys(byTag));
      for (const [tag, hash] of Object.entries(byTag)) hashes.set(`${rule} ${tag} ${key}`, hash);
    }
  });
  const used = new Set<string>();
  return {
    findings: [],
    allows(rule, tag, key, text) {
      // Where it does not fit the text any more, the finding itself tells.
      used.add(`${rule} ${key}`);
      return hashes.get(`${rule} ${tag} ${key}`) === hashOfText(text);
    },
    unused: (tags, rules) =>
      [...places].flatMap(([name, at]) => {
        const [rule = '', key = ''] = name.split(' ');
        // Who speaks only some of the languages need not tidy up after the others.
        const isSpoken = spoken.get(name)?.every((tag) => tags.includes(tag)) === true;
        if (used.has(name) || !isSpoken || !rules.some((one) => one === rule)) return [];
        const said = `approves "${key}", which breaks the rule "${rule}" in no language or is not there.`;
        return [source.finding('approval-void', at, said, { onKey: true })];
      }),
  };
}

/** Whether a code is one that can be approved. */
export function isApprovable(code: string): code is Approvable {
  return Object.hasOwn(FINDING_CODES, code) && APPROVABLE.some((approvable) => approvable === code);
}
