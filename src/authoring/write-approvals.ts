import { Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { Approvable } from './approvals.js';

const HEAD =
  ' Texts that are right although a rule of `lifeline check` speaks against them, by name, with the reason. An approval\n' +
  ' holds for the words as they were read: change them, and it is void. Written by `lifeline texts --approve`.';

/** A text that is approved, with the hash of its words. */
export interface Approved {
  readonly key: string;
  readonly tag: string;
  readonly hash: string;
}

/** The file of approvals with some more for a reason; older ones of the same texts go, comments and layout stay. */
export function addApprovals(
  text: string,
  rule: Approvable,
  reason: string,
  approved: readonly Approved[],
): string {
  const document = text.trim() === '' ? new Document([]) : parseDocument(text);
  if (text.trim() === '') document.commentBefore = HEAD;
  const list = document.contents;
  if (!isSeq(list)) return text;
  list.flow = false;
  const groups = list.items.filter(isMap);
  for (const { key, tag } of approved)
    for (const group of groups)
      if (group.get('rule') === rule && group.hasIn(['texts', key, tag])) group.deleteIn(['texts', key, tag]);
  let group = groups.find((one) => one.get('rule') === rule && one.get('reason') === reason);
  if (group === undefined) {
    group = document.createNode({ rule, reason, texts: {} }) as YAMLMap;
    list.add(group);
  }
  for (const { key, tag, hash } of approved) {
    if (!group.hasIn(['texts', key])) {
      const hashes = document.createNode({}) as YAMLMap;
      hashes.flow = true;
      group.setIn(['texts', key], hashes);
    }
    const node = document.createNode(hash);
    node.type = 'QUOTE_DOUBLE';
    group.setIn(['texts', key, tag], node);
  }
  for (const one of groups) dropEmpty(one);
  list.items = list.items.filter((one) => !isMap(one) || !isMap(one.get('texts')) || hasTexts(one));
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function dropEmpty(group: YAMLMap): void {
  const texts = group.get('texts');
  if (!isMap(texts)) return;
  texts.items = texts.items.filter(({ value }) => !isMap(value) || value.items.length > 0);
}

function hasTexts(group: YAMLMap): boolean {
  const texts = group.get('texts');
  return isMap(texts) && texts.items.length > 0;
}
