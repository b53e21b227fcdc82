import type { Store } from '../model/index.js';
import { judgedChain, namesOf, notesApart } from './audit-chain.js';
import { raw, read, unreadableAsNull } from './lmdb-access.js';
import { putNotes } from './lmdb-audit.js';
import type { LmdbParts } from './lmdb-parts.js';
import { auditHeads, audits } from './lmdb-tables.js';

/** The audit trail, but for what is noted with a turn. */
export function auditPart({
  database,
}: LmdbParts): Pick<Store, 'appendAudit' | 'readAudit' | 'auditNamesOf'> {
  const { read: reading, write } = database;
  return {
    appendAudit: (note, now) => write((db, draft) => putNotes(db, draft, notesApart(note, now))),
    readAudit: (partition) =>
      reading((db) => {
        const kept = [...raw(db, audits.name, { under: [partition] })].map(({ key, bytes }) => ({
          seq: Number(key[2]),
          entry: unreadableAsNull(db, audits, key, bytes),
        }));
        return judgedChain(db.sealer.audit, partition, kept, read(db, auditHeads, [partition]));
      }),
    auditNamesOf: (person) => reading((db) => namesOf(db.sealer.audit, person)),
  };
}
