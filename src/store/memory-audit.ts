import { createHmac, randomBytes } from 'node:crypto';
import type { AuditChain, AuditEntry, AuditKeys, PersonId, StoredItem } from '../model/index.js';
import { chained, continues, judgedChain, lapsedOf, type Notes, namesOf } from './audit-chain.js';

/** The audit trail in memory, under a key of its own. */
export class MemoryAudit {
  readonly #chains = new Map<number, readonly AuditEntry[]>();
  readonly #keys: AuditKeys;

  constructor() {
    const key = randomBytes(32);
    this.#keys = {
      current: 'memory',
      names: ['memory'],
      mac: (name, text) =>
        name === 'memory' ? createHmac('sha256', key).update(text).digest('base64url') : null,
    };
  }

  append(notes: Notes | null): void {
    if (notes === null) return;
    const chain = this.#chains.get(notes.partition) ?? [];
    this.#chains.set(notes.partition, [...chain, ...chained(this.#keys, chain.at(-1) ?? null, notes)]);
  }

  read(partition: number): AuditChain {
    const chain = this.#chains.get(partition) ?? [];
    const kept = chain.map((entry) => ({ seq: entry.seq, entry }));
    const last = chain.at(-1);
    const head = last === undefined ? null : { seq: last.seq, link: last.link };
    return judgedChain(this.#keys, partition, kept, head);
  }

  namesOf(person: PersonId): readonly string[] {
    return namesOf(this.#keys, person);
  }

  /** How many have gone. */
  sweep(now: number): number {
    let removed = 0;
    for (const [partition, chain] of this.#chains) {
      const lapsed = lapsedOf(
        chain.map(({ at }) => at),
        now,
      );
      if (lapsed > 0) this.#chains.set(partition, chain.slice(lapsed));
      removed += lapsed;
    }
    return removed;
  }

  all(): readonly StoredItem[] {
    return [...this.#chains].flatMap(([partition, chain]) =>
      chain.map((entry) => ({ kind: 'audit', partition, entry }) as const),
    );
  }

  take({ partition, entry }: StoredItem & { readonly kind: 'audit' }): boolean {
    const chain = this.#chains.get(partition) ?? [];
    if (!continues(entry, chain.at(-1) ?? null)) return false;
    this.#chains.set(partition, [...chain, entry]);
    return true;
  }
}
