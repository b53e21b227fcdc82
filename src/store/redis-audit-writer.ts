import { type AuditEntry, type AuditHead, LifelineError } from '../model/index.js';
import { chained, type Notes } from './audit-chain.js';
import type { RedisCodec } from './redis-codec.js';

/** How often a chain may have gone on meanwhile. */
const MAX_MOVES = 64;

/** Keyed by partition: the head of each chain as this worker knows it, packed. */
type Heads = Map<number, string>;

/** Entries for the end of a chain, packed for `lua/lib-audit.lua`. */
export interface Extension {
  readonly entries: readonly Buffer[];
  readonly before: string;
  readonly after: string;
}

/** What a commit without notes puts into the audit trail. */
export const NO_NOTES: Extension = { entries: [], before: '', after: '' };

/** What became of an extension. `moved`: nothing was written, because the chain has another head. */
export type Written<Result> =
  | { readonly kind: 'extended' | 'untouched'; readonly result: Result }
  | { readonly kind: 'moved'; readonly head: string };

/** Writes to the chains; a worker remembers their heads, and is told when another one was faster. */
export class AuditWriter {
  readonly #codec: RedisCodec;
  readonly #heads: Heads = new Map();

  constructor(codec: RedisCodec) {
    this.#codec = codec;
  }

  /**
   * Calls `write` with what goes behind the chain, anew with the true head as often as another worker was faster.
   * Throws `conversation-contended` when the chain never stops moving.
   */
  async extend<Result>(
    notes: Notes | null,
    write: (extension: Extension) => Promise<Written<Result>>,
  ): Promise<Result> {
    if (notes === null) {
      const written = await write(NO_NOTES);
      if (written.kind !== 'moved') return written.result;
      throw new TypeError('a commit without notes moves no chain');
    }
    const { partition } = notes;
    for (let move = 0; move < MAX_MOVES; move += 1) {
      const before = this.#heads.get(partition) ?? '';
      const made = chained(this.#codec.sealer.audit, unpackHead(before), notes);
      const entries = made.map((entry) => packEntry(this.#codec, partition, entry));
      const after = packHead(made.at(-1) ?? null);
      const written = await write({ entries, before, after });
      if (written.kind === 'untouched') return written.result;
      this.#heads.set(partition, written.kind === 'moved' ? written.head : after);
      if (written.kind === 'extended') return written.result;
    }
    throw new LifelineError('conversation-contended', 'the audit trail kept changing while a turn was noted');
  }
}

/** A head as `lua/lib-audit.lua` packs it. */
export function packHead(head: AuditHead | null): string {
  return head === null ? '' : `${head.seq}\0${head.link}`;
}

/** `null` for none. */
export function unpackHead(packed: string): AuditHead | null {
  const [seq, link] = packed.split('\0');
  return link === undefined ? null : { seq: Number(seq), link };
}

/** An entry as `lua/lib-audit.lua` packs it. */
export function packEntry(codec: RedisCodec, partition: number, entry: AuditEntry): Buffer {
  const sealed = codec.seal(`a:${partition}:${entry.seq}`, entry);
  return Buffer.concat([Buffer.from(`${entry.seq}\0${entry.at}\0`), sealed]);
}

/** An entry that cannot be read is `null`. */
export function unpackEntry(
  codec: RedisCodec,
  partition: number,
  packed: Buffer,
): { readonly seq: number; readonly entry: AuditEntry | null } {
  const seq = Number(packed.subarray(0, Math.max(0, packed.indexOf(0))));
  return { seq, entry: codec.auditEntry(`a:${partition}:${seq}`, packed.subarray(headBytes(packed))) };
}

/** Bytes before what is sealed. */
export function headBytes(packed: Buffer): number {
  return packed.indexOf(0, packed.indexOf(0) + 1) + 1;
}
