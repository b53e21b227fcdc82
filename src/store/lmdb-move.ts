import { type ConversationId, personOf, type StoredItem } from '../model/index.js';
import { continues } from './audit-chain.js';
import {
  type Bytes,
  type Draft,
  each,
  has,
  isEmpty,
  list,
  raw,
  read,
  readBytes,
  unreadableAsNull,
  unseal,
} from './lmdb-access.js';
import {
  changeTimers,
  hashOf,
  nextNumber,
  putCase,
  putMark,
  putPerson,
  putQuarantine,
  putSnapshot,
} from './lmdb-commit.js';
import { appendTried, putDead } from './lmdb-outbox.js';
import { putTombstone } from './lmdb-remove.js';
import {
  activeBundles,
  auditHeads,
  audits,
  bundles,
  cases,
  conversationAt,
  conversations,
  counters,
  deadLetters,
  deadLettersOf,
  dueTimers,
  openedCases,
  ownerPath,
  people,
  placePath,
  positionPath,
  quarantine,
  quarantineOf,
  rows,
  SEALED,
  seenMarks,
  timers,
  tombstones,
  unanswered,
  values,
} from './lmdb-tables.js';
import { findUnanswered, putUnanswered } from './lmdb-unanswered.js';

/** Everything kept, read one after another; inside one read transaction it is one moment of the store. */
export function* storedItems(db: Bytes): Generator<StoredItem> {
  yield* talks(db);
  for (const { value } of each(db, people, {})) {
    yield { kind: 'person', person: value.person, record: value.record, at: value.at };
  }
  for (const { path, value } of each(db, seenMarks, {})) {
    yield { kind: 'seen', mark: `${value.partition}.${path[0]}`, at: value.at };
  }
  for (const { value } of each(db, tombstones, {})) yield { kind: 'tombstone', ...value };
  for (const number of list(db, openedCases, {})) {
    const stored = read(db, cases, [number]);
    if (stored !== null) yield { kind: 'case', case: stored.case, person: stored.person };
  }
  for (const { value } of each(db, deadLetters, {})) yield { kind: 'dead', letter: value };
  for (const { value } of each(db, quarantine, {})) yield { kind: 'quarantine', entry: value };
  for (const { value } of each(db, unanswered, {})) yield { kind: 'unanswered', entry: value };
  for (const { key, bytes } of raw(db, audits.name, {})) {
    const entry = unreadableAsNull(db, audits, key, bytes);
    if (entry !== null) yield { kind: 'audit', partition: Number(key[1]), entry };
  }
  for (const { value } of each(db, counters, {})) yield { kind: 'counter', ...value };
  for (const { path, value } of each(db, values, {})) yield { kind: 'value', name: String(path[0]), value };
  for (const { key } of raw(db, bundles.name, {})) {
    const hash = String(key[1]);
    const bytes = readBytes(db, bundles, [hash]) ?? new Uint8Array();
    yield { kind: 'bundle', hash, bytes: Buffer.from(bytes).toString('base64') };
  }
  const active = read(db, activeBundles, []);
  if (active !== null) yield { kind: 'active-bundle', hash: active };
}

/** Conversations with a snapshot first, then lanes whose conversation has ended. */
function* talks(db: Bytes): Generator<StoredItem> {
  for (const { path, value } of each(db, conversations, {})) yield talk(db, conversationAt(path), value);
  let last: ConversationId | null = null;
  for (const { value } of each(db, rows, {})) {
    const { conversation } = value.row;
    if (conversation === last) continue;
    last = conversation;
    if (!has(db, conversations, placePath(conversation))) yield talk(db, conversation, null);
  }
}

function talk(
  db: Bytes,
  conversation: ConversationId,
  snapshot: (StoredItem & { kind: 'conversation' })['snapshot'],
): StoredItem {
  const under = placePath(conversation);
  const found = list(db, timers, { under }).flatMap((position) => {
    const due = read(db, dueTimers, positionPath(position));
    return due === null || due.conversation !== conversation ? [] : [due];
  });
  const waiting = list(db, rows, { under }).filter(({ row }) => row.conversation === conversation);
  return { kind: 'conversation', conversation, snapshot, rows: waiting.map(({ row }) => row), timers: found };
}

/** Drafts an exported item; `false`, and nothing drafted, when there is one of its name. */
export function planImport(db: Bytes, draft: Draft, item: StoredItem): boolean {
  if (isThere(db, item)) return false;
  switch (item.kind) {
    case 'conversation':
      importTalk(db, draft, item);
      break;
    case 'person':
      putPerson(db, draft, item, item.at);
      break;
    case 'seen':
      putMark(draft, item.mark, item.at);
      break;
    case 'tombstone':
      putTombstone(db, draft, item.person, item.at);
      break;
    case 'case':
      putCase(draft, item, nextNumber(db, draft), 0);
      break;
    case 'dead':
      putDead(draft, item.letter, { at: item.letter.at, commit: nextNumber(db, draft), index: 0 });
      break;
    case 'quarantine':
      putQuarantine(draft, item.entry, nextNumber(db, draft), 0);
      break;
    case 'unanswered':
      putUnanswered(db, draft, item.entry);
      break;
    case 'audit': {
      const { partition, entry } = item;
      draft.put(audits, [partition, entry.seq], entry);
      draft.put(auditHeads, [partition], { seq: entry.seq, link: entry.link });
      break;
    }
    case 'counter':
      draft.put(counters, [item.name], { name: item.name, count: item.count });
      break;
    case 'value':
      draft.put(values, [item.name], item.value);
      break;
    case 'bundle':
      draft.putBytes(bundles, [item.hash], Buffer.from(item.bytes, 'base64'));
      break;
    case 'active-bundle':
      draft.put(activeBundles, [], item.hash);
      break;
  }
  return true;
}

function isThere(db: Bytes, item: StoredItem): boolean {
  switch (item.kind) {
    case 'conversation': {
      const place = placePath(item.conversation);
      return has(db, conversations, place) || !isEmpty(db, rows, place);
    }
    case 'person':
      return has(db, people, ownerPath(item.person));
    case 'seen':
      return has(db, seenMarks, [hashOf(item.mark)]);
    case 'tombstone':
      return has(db, tombstones, [db.sealer.hide(item.person)]);
    case 'case':
      return has(db, cases, [item.case.number]);
    case 'dead': {
      const { id, conversation } = item.letter.row;
      return has(db, deadLettersOf, [...ownerPath(personOf(conversation)), id]);
    }
    case 'quarantine':
      return has(db, quarantineOf, [...ownerPath(personOf(item.entry.conversation)), item.entry.id]);
    case 'unanswered':
      return findUnanswered(db, item.entry.id) !== null;
    case 'audit':
      return !continues(item.entry, read(db, auditHeads, [item.partition]));
    case 'counter':
      return has(db, counters, [item.name]);
    case 'value':
      return has(db, values, [item.name]);
    case 'bundle':
      return has(db, bundles, [item.hash]);
    case 'active-bundle':
      return has(db, activeBundles, []);
  }
}

function importTalk(db: Bytes, draft: Draft, item: StoredItem & { readonly kind: 'conversation' }): void {
  const { conversation, snapshot } = item;
  const commit = nextNumber(db, draft);
  if (snapshot !== null) {
    putSnapshot(draft, conversation, { snapshot, version: commit, ringsAt: null });
    const changes = item.timers.map(({ timer, dueAt }) => ({ kind: 'set', timer, dueAt }) as const);
    changeTimers(db, draft, { conversation, timers: changes }, commit);
  }
  appendTried(draft, item.rows, { conversation, commit, empty: true });
}

/** Drafts up to `limit` values anew that are not under the current key; how many. */
export function planReseal(db: Bytes, draft: Draft, limit: number): number {
  let resealed = 0;
  for (const table of SEALED) {
    for (const { key, bytes } of raw(db, table.name, {})) {
      if (db.sealer.isCurrent(bytes.subarray(table.headBytes))) continue;
      const head = bytes.subarray(0, table.headBytes);
      draft.seal(table, key.slice(1), unseal(db, table, key, bytes), head);
      resealed += 1;
      if (resealed === limit) return resealed;
    }
  }
  return resealed;
}
