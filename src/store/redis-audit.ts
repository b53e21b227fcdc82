import { AUDIT_TTL_MS, type AuditEntry, type Store } from '../model/index.js';
import { judgedChain, namesOf, notesApart } from './audit-chain.js';
import { packEntry, packHead, unpackEntry, unpackHead } from './redis-audit-writer.js';
import type { Argument } from './redis-connection.js';
import { baseOf } from './redis-keys.js';
import type { RedisParts } from './redis-parts.js';
import { SCRIPTS } from './redis-scripts.js';

/** The audit trail, but for what is noted with a turn. */
export function auditPart(parts: RedisParts): Pick<Store, 'appendAudit' | 'readAudit' | 'auditNamesOf'> {
  const { connection, codec, prefix, audit } = parts;
  return {
    async appendAudit(note, now) {
      const notes = notesApart(note, now);
      const base = baseOf(prefix, notes.partition);
      await audit.extend(notes, async ({ entries, before, after }) => {
        const args: Argument[] = [base, now, AUDIT_TTL_MS, before, after, ...entries];
        const moved = String(await connection.run(SCRIPTS.appendAudit, [`${base}a`, `${base}ah`], args));
        return moved === '' ? { kind: 'extended', result: null } : { kind: 'moved', head: moved };
      });
    },
    async readAudit(partition) {
      const base = baseOf(prefix, partition);
      const [packed, head] = await Promise.all([
        connection.call('LRANGE', `${base}a`, 0, -1) as Promise<Buffer[]>,
        connection.call('GET', `${base}ah`),
      ]);
      const kept = packed.map((each) => unpackEntry(codec, partition, each));
      return judgedChain(codec.sealer.audit, partition, kept, unpackHead(String(head ?? '')));
    },
    auditNamesOf: async (person) => namesOf(codec.sealer.audit, person),
  };
}

/** Puts an exported entry behind its chain; `false` where it does not continue it. */
export async function importEntry(
  { connection, codec, prefix }: RedisParts,
  partition: number,
  entry: AuditEntry,
): Promise<boolean> {
  const base = baseOf(prefix, partition);
  const before = packHead(entry.prev === '' ? null : { seq: entry.seq - 1, link: entry.prev });
  const args = [base, before, packHead(entry), packEntry(codec, partition, entry)];
  return Number(await connection.run(SCRIPTS.importAudit, [`${base}a`, `${base}ah`], args)) === 1;
}
