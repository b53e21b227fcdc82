import { hash } from 'node:crypto';
import { type InboundId, type PersonId, partitionOf } from '../model/index.js';

/**
 * The mark of an inbound, `<partition of the person>.<hash>`: it has one length, holds nothing of the place it came
 * from, and tells where a store that spreads people over partitions keeps it.
 */
export function seenMark(person: PersonId, inbound: InboundId): string {
  return `${partitionOf(person)}.${hash('sha256', inbound, 'base64url').slice(0, 22)}`;
}
