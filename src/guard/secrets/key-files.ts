import type { Confidence, Span } from './finding.js';
import { saysKey } from './hex-keys.js';
import { isKeyPair } from './key-pair.js';
import type { Meter } from './meter.js';
import type { PlainText } from './plain-text.js';

/** A wallet or key file, or a key written as a list of bytes. */
export interface FoundFile extends Span {
  readonly confidence: Confidence;
}

/** Key files and byte lists in a plain text. */
export function keyFilesIn(text: PlainText, meter: Meter): readonly FoundFile[] {
  return [...pemBlocks(text, meter), ...keyBodies(text), ...vaults(text, meter), ...byteLists(text, meter)];
}

const BEGIN = /[-—–]{2,8} {0,2}BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? {0,2}[-—–]{2,8}/g;
const END = /[-—–]{2,8} {0,2}END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? {0,2}[-—–]{2,8}/g;
/** What a body is made of; an example with dots instead has none of it. */
const BODY = /[A-Za-z0-9+/=]{8}/;
/** Longest key file: RSA with 16,384 bits. */
const MAX_FILE = 20_000;

/** PEM and OpenSSH keys (RFC 7468), to their end or, where it is cut off, as far as the body goes. */
function pemBlocks(text: PlainText, meter: Meter): readonly FoundFile[] {
  if (!text.cased.includes('PRIVATE KEY')) return [];
  const found: FoundFile[] = [];
  const ends = [...text.cased.matchAll(END)].map((match) => match.index + match[0].length);
  let next = 0;
  for (const match of text.cased.matchAll(BEGIN)) {
    meter.steps += 1;
    const bodyStart = match.index + match[0].length;
    while (next < ends.length && (ends[next] ?? 0) <= bodyStart) next += 1;
    const last = found.at(-1);
    if (last !== undefined && last.end > match.index) continue;
    const end = ends[next] ?? Number.POSITIVE_INFINITY;
    // Without an end: as far as nothing else begins.
    const dashes = text.cased.indexOf('--', bodyStart);
    const cutOff = Math.min(dashes < 0 ? text.cased.length : dashes, bodyStart + MAX_FILE);
    const stop = end - bodyStart <= MAX_FILE && dashes >= 0 && end > dashes ? end : cutOff;
    meter.steps += stop - bodyStart;
    if (BODY.test(text.cased.slice(bodyStart, stop)))
      found.push({ start: match.index, end: stop, confidence: 'hard' });
  }
  return found;
}

/** How the bodies of key files begin: PKCS #8 (RSA, EC, Ed25519), SEC 1, PKCS #1, OpenSSH, PuTTY. */
const KEY_BODY =
  /(?<![A-Za-z0-9+/])(?:MII[A-Za-z0-9+/]{2}(?:IBADANBgkqhkiG9w0B|AIBAAKC)|MIG[A-Za-z0-9]AgEAM|MHcCAQEE|MC4CAQAwBQYDK2VwBCIEI|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/=\s]{20,16000}|PuTTY-User-Key-File-[23]:[\s\S]{0,8000}?Private-MAC: {0,2}[0-9a-f]{20,64}/g;

function keyBodies(text: PlainText): readonly FoundFile[] {
  if (!/MII|MIG|MHcC|MC4C|b3BlbnNzaC1r|PuTTY-User/.test(text.cased)) return [];
  return [...text.cased.matchAll(KEY_BODY)].map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    confidence: 'hard',
  }));
}

/** Names that only wallet files have: keystores (Web3 Secret Storage 3), vaults of browser wallets, exports. */
const VAULT = [
  { names: ['ciphertext', 'kdf'], values: /"?ciphertext"? {0,2}: {0,2}["'][0-9a-z+/=]{16}/i },
  { names: ['"data"', '"iv"', '"salt"'], values: /"data\\?" {0,2}: {0,2}\\?"[\w+/=]{16}/i },
  { names: ['"encoded"', '"encoding"'], values: /"encoded" {0,2}: {0,2}"[\w+/=]{16}/i },
  { names: ['"seed_version"', 'keystore'], values: /"(?:seed|xprv)" {0,2}: {0,2}"[\w+/= ]{12}/i },
  { names: ['encryptedprivkey'], values: /:/ },
] as const;
/** How much of a text is looked through for braces. */
const MAX_JSON = 262_144;

/** The whole JSON value around a wallet's cipher text. */
function vaults(text: PlainText, meter: Meter): readonly FoundFile[] {
  const isThere = VAULT.some(
    ({ names, values }) => names.every((name) => text.lower.includes(name)) && values.test(text.cased),
  );
  if (!isThere) return [];
  const found: FoundFile[] = [];
  let depth = 0;
  let start = -1;
  const end = Math.min(text.lower.length, MAX_JSON);
  meter.steps += end;
  const isVault = (part: string): boolean =>
    VAULT.some(({ names, values }) => names.every((name) => part.includes(name)) && values.test(part));
  for (let at = 0; at < end; at += 1) {
    const character = text.lower[at];
    if (character === '{') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0 && isVault(text.lower.slice(start, at + 1)))
        found.push({ start, end: at + 1, confidence: 'hard' });
    }
  }
  // Cut off before its end, or pasted without its first brace.
  const rest = depth > 0 ? start : 0;
  if (found.length === 0 && isVault(text.lower.slice(rest)))
    found.push({ start: rest, end: text.lower.length, confidence: 'hard' });
  return found;
}

const BYTES =
  /(?<![\d.,-]|\d[\s,]{1,2})[[({]? {0,3}(?:0x)?[0-9a-f]{1,3}(?:\s{0,3},\s{0,3}(?:0x)?[0-9a-f]{1,3}){31,129}\s{0,3}[\])}]?/g;
const MAX_LISTS = 8;

/** Lists of 64 bytes that are a seed and its public key; of 32 and 64 where the words beside them say key. */
function byteLists(text: PlainText, meter: Meter): readonly FoundFile[] {
  if (!/\d\s{0,3},\s{0,3}(?:0x)?[0-9a-f]/.test(text.lower)) return [];
  const found: FoundFile[] = [];
  let lists = 0;
  for (const match of text.lower.matchAll(BYTES)) {
    meter.steps += match[0].length;
    lists += 1;
    const numbers = match[0].match(/(?:0x)?[0-9a-f]+/g) ?? [];
    const isHex = numbers.some((number) => number.startsWith('0x') || /[a-f]/.test(number));
    const bytes = numbers.map((number) => Number.parseInt(number, isHex ? 16 : 10));
    const [start, end] = [match.index, match.index + match[0].length];
    if (bytes.some((byte) => !(byte <= 255)) || (bytes.length !== 64 && bytes.length !== 32)) continue;
    const isPair = bytes.length === 64 && lists <= MAX_LISTS && isKeyPair(Uint8Array.from(bytes));
    if (isPair || saysKey(text, start, end)) found.push({ start, end, confidence: 'hard' });
    else if (bytes.length === 64 && lists > MAX_LISTS) found.push({ start, end, confidence: 'maybe' });
  }
  return found;
}
