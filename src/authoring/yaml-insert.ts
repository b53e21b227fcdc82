import { isCollection, isMap, isPair, isScalar, isSeq, type Node, parseDocument, stringify } from 'yaml';

/**
 * Adds an entry at the end of a map or list of a YAML text, found by its keys from the top; every other byte stays as
 * it is. `entry` is YAML, without indentation; in `{…}` and `[…]` it goes into the same line. Throws `TypeError` when
 * there is no such map or list.
 */
export function insertEntry(text: string, path: readonly string[], entry: string): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(bom.length);
  const { contents } = parseDocument(body, { schema: 'failsafe' });
  if (path.length === 0 && (contents === null || (isScalar(contents) && contents.value === '')))
    return bom + insertLines(body, body.length, entry, '');
  const node = nodeAt(body, path);
  if (!isMap(node) && !isSeq(node)) throw new TypeError(`there is no map or list at ${path.join('.')}`);
  if (node.flow === true) return bom + insertInline(body, node, entry);
  const [first] = node.items;
  const indent = columnOf(body, isPair(first) ? startOf(first.key) : dashBefore(body, startOf(first)));
  return bom + insertLines(body, endOf(node), entry, ' '.repeat(indent));
}

/** Adds lines behind an entry at the top of a YAML text. Throws `TypeError` when there is no such entry. */
export function insertAfter(text: string, key: string, entry: string): string {
  const node = nodeAt(text, [key]);
  if (node === undefined) throw new TypeError(`there is no ${key}`);
  return insertLines(text, endOf(node), entry, '');
}

/** Takes a key out of a `{…}` at the top, and the `{…}` with its line when it was the last. */
export function removeInline(text: string, key: string, inner: string): string {
  const node = nodeAt(text, [key]);
  if (!isMap(node) || !node.has(inner)) return text;
  const [from = 0, to = 0] = node.range ?? [];
  node.delete(inner);
  const lineFrom = text.lastIndexOf('\n', from) + 1;
  if (node.items.length === 0) return text.slice(0, lineFrom) + text.slice(lineEnd(text, to));
  const pairs = Object.entries(node.toJSON() as Record<string, unknown>);
  const written = pairs.map(([name, value]) => `${name}: ${inlineScalar(String(value))}`).join(', ');
  return `${text.slice(0, from)}{ ${written} }${text.slice(to)}`;
}

/** `key: "text"`, or a block when it has several lines, as the files of texts are written. */
export function textEntry(key: string, text: string): string {
  const isBlock = text.includes('\n');
  return stringify(
    { [key]: text },
    { lineWidth: 0, defaultKeyType: 'PLAIN', defaultStringType: isBlock ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE' },
  ).trimEnd();
}

/** A key with a list below it, an entry a line. */
export function listEntry(key: string, entries: readonly string[]): string {
  return stringify({ [key]: entries }, { lineWidth: 0 }).trimEnd();
}

/** A text as it stands inside `{…}`. */
export function inlineScalar(text: string): string {
  return stringify([text], { lineWidth: 0, collectionStyle: 'flow' }).trim().slice(1, -1).trim();
}

function nodeAt(text: string, path: readonly string[]): Node | undefined {
  const document = parseDocument(text, { schema: 'failsafe' });
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isScalar(node) || isCollection(node) ? node : undefined;
}

function insertInline(text: string, node: Node & { items: readonly unknown[] }, entry: string): string {
  const last = node.items.at(-1);
  if (last === undefined) {
    const [from = 0, to = 0] = node.range ?? [];
    const [open, close] = isMap(node) ? ['{ ', ' }'] : ['[', ']'];
    return `${text.slice(0, from)}${open}${entry}${close}${text.slice(to)}`;
  }
  const at = endOf(last);
  return `${text.slice(0, at)}, ${entry}${text.slice(at)}`;
}

/** Inserts lines behind the line that an offset is in, with the line breaks of the text. */
function insertLines(text: string, offset: number, entry: string, indent: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = lineEnd(text, offset);
  const before = text.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : eol;
  const lines = entry.split('\n').map((line) => (line === '' ? eol : `${indent}${line}${eol}`));
  return `${before}${gap}${lines.join('')}${text.slice(at)}`;
}

/** The offset behind the line break of the line that an offset is in. */
function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** Where the last leaf of a node ends. */
function endOf(node: unknown): number {
  if (isPair(node)) return endOf(node.value ?? node.key);
  if (!isScalar(node) && !isCollection(node)) return 0;
  const last = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
  return last === undefined ? (node.range?.[1] ?? 0) : endOf(last);
}

function startOf(node: unknown): number {
  if (isPair(node)) return startOf(node.key);
  return isScalar(node) || isCollection(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Where the `-` of an entry of a list stands. */
function dashBefore(text: string, offset: number): number {
  return text.lastIndexOf('-', offset - 1);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
