import { z } from 'zod';
import { AUDITED, type AuditEntry, LifelineError, PARTITIONS, type Store } from '../model/index.js';
import { type AuditFinding, type Checkpoint, verifyChain } from '../store/verify-audit.js';
import { countOf } from './count-of.js';
import { personOf } from './forget.js';
import { readText } from './read-text.js';
import { withStore } from './tool-store.js';

const SAID: Readonly<Record<AuditFinding['why'], string>> = {
  changed: 'was changed, or is not by us',
  missing: 'follows on entries that are gone',
  moved: 'stands where another one should',
  'front-cut': 'is the first, and those before it are gone too early',
  'tail-cut': 'is the last, and those after it are gone',
  'head-changed': 'is the last, and the end that is noted is another one',
  rewritten: 'is not the one of the checkpoint',
  'key-unknown': 'is under a secret that is not set: name it in LIFELINE_SECRET_PREVIOUS',
};

const checkpoints = z.object({
  heads: z.array(z.object({ partition: z.int(), seq: z.int(), link: z.string() })),
});

/**
 * `lifeline audit verify`: follows every chain of the audit trail; ends with 1 when something is not as it was written.
 * `against`: a file with what `--json` printed once, which shows what was cut off or written anew since.
 */
export async function verifyAudit(options: {
  readonly json?: boolean;
  readonly against?: string;
}): Promise<void> {
  const known = options.against === undefined ? [] : readCheckpoints(options.against);
  const { entries, heads, findings } = await withStore((store) => verifyAll(store, known));
  const ok = findings.length === 0;
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ ok, entries, findings, heads })}\n`);
  } else {
    for (const { partition, seq, why } of findings)
      process.stdout.write(`${partition}.${seq}  ${why}  The entry ${SAID[why]}.\n`);
    process.stdout.write(
      ok
        ? `The audit trail is whole: ${countOf(entries, 'entry', 'entries')} in ${countOf(heads.length, 'chain')}.\n`
        : `${countOf(findings.length, 'finding')} in ${countOf(entries, 'entry', 'entries')}.\n`,
    );
  }
  if (!ok) process.exitCode = 1;
}

/** `lifeline audit show`: what was noted, the newest first. Throws `settings-invalid` for what cannot be asked for. */
export async function showAudit(options: {
  readonly limit: number;
  readonly who?: string;
  readonly what?: string;
  readonly json?: boolean;
}): Promise<void> {
  const { who, what, limit } = options;
  const kind = AUDITED.find((each) => each === what);
  if (what !== undefined && kind === undefined)
    throw new LifelineError(
      'settings-invalid',
      `"${what}" is not audited. There are: ${AUDITED.join(', ')}.`,
    );
  const person = who === undefined ? null : personOf(who);
  const shown = await withStore(async (store) => {
    const names = person === null ? null : await store.auditNamesOf(person);
    const found: { readonly partition: number; readonly entry: AuditEntry }[] = [];
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      for (const { entry } of (await store.readAudit(partition)).kept) {
        if (entry === null || (kind !== undefined && entry.what !== kind)) continue;
        if (names === null || (entry.who !== null && names.includes(entry.who)))
          found.push({ partition, entry });
      }
    }
    return found.sort((a, b) => b.entry.at - a.entry.at || b.entry.seq - a.entry.seq).slice(0, limit);
  });
  if (shown.length === 0 && options.json !== true) process.stdout.write('Nothing is noted.\n');
  for (const { partition, entry } of shown) {
    const { seq, at, who: name, what: noted, outcome, bundle } = entry;
    const when = new Date(at).toISOString();
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify({ id: `${partition}.${seq}`, at: when, who: name, what: noted, outcome, bundle })}\n`
        : `${partition}.${seq}  ${when}  ${noted}  ${outcome}  ${name ?? '-'}  ${bundle ?? '-'}\n`,
    );
  }
}

async function verifyAll(store: Store, known: readonly Checkpoint[]) {
  const findings: AuditFinding[] = [];
  const heads: Checkpoint[] = [];
  let entries = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const chain = await store.readAudit(partition);
    entries += chain.kept.length;
    const checkpoint = known.find((each) => each.partition === partition) ?? null;
    findings.push(...verifyChain(chain, partition, store.now(), checkpoint));
    if (chain.head !== null) heads.push({ partition, ...chain.head });
  }
  return { entries, heads, findings };
}

function readCheckpoints(path: string): readonly Checkpoint[] {
  let value: unknown = null;
  try {
    value = JSON.parse(readText(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = checkpoints.safeParse(value);
  if (parsed.success) return parsed.data.heads;
  throw new LifelineError(
    'settings-invalid',
    `${path} is no checkpoint: it is what lifeline audit verify --json prints.`,
  );
}
