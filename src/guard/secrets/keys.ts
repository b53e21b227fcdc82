import { base32, base58, base58Check, hasCrc16, isBech32 } from './base-codes.js';
import type { Confidence, Span } from './finding.js';
import { judgeHex, saysKey } from './hex-keys.js';
import { isKeyPair } from './key-pair.js';
import type { Meter } from './meter.js';
import type { PlainText } from './plain-text.js';

/** A private key by its place in the plain text. */
export interface FoundKey extends Span {
  readonly confidence: Confidence;
}

/** Shortest candidate: an XRP seed has 29 characters, but then a checksum. */
const CANDIDATES = /(?<![A-Za-z0-9])[A-Za-z0-9]{26,256}(?![A-Za-z0-9])/g;
const BASE64_PAIR = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{86}==/g;
/** Human-readable parts of private keys in bech32: Nostr (NIP-19), Sui, age, Cardano (CIP-5). */
const BECH32_KEYS =
  /(?:nsec|suiprivkey|age-secret-key-|(?:ed25519e?|root|acct|addr|stake|payment)_x?sk|xprv)1[02-9ac-hj-np-z]{30,200}/g;
/**
 * Costly checks of one text: checksums (some 10 µs each) and pairs (some 100 µs). What comes after counts as unsure.
 */
const MAX_SUMS = 100;
const MAX_PAIRS = 8;

interface Checks {
  /** Whether what is near one more candidate may be read. */
  mayJudgeHex(): boolean;
  /** `hard` where a checksum is right, `maybe` where no more may be worked out. */
  judgeSum(isRight: () => boolean): Confidence | null;
  /** `hard` for a key and its public key, `maybe` where no more may be worked out. */
  judgePair(bytes: Uint8Array): Confidence | null;
}

function createChecks(meter: Meter): Checks {
  let hexes = 0;
  let sums = 0;
  let pairs = 0;
  return {
    mayJudgeHex: () => {
      hexes += 1;
      meter.steps += 64;
      return hexes <= MAX_SUMS;
    },
    judgeSum: (isRight) => {
      sums += 1;
      meter.steps += 64;
      if (sums > MAX_SUMS) return 'maybe';
      return isRight() ? 'hard' : null;
    },
    judgePair: (bytes) => {
      if (bytes.length !== 64) return null;
      pairs += 1;
      meter.steps += 640;
      if (pairs > MAX_PAIRS) return 'maybe';
      return isKeyPair(bytes) ? 'hard' : null;
    },
  };
}

/** Private keys that say by their own checksum, pair or the words beside them what they are. */
export function keysIn(text: PlainText, meter: Meter): readonly FoundKey[] {
  const found: FoundKey[] = [];
  const checks = createChecks(meter);
  const add = (start: number, end: number, confidence: Confidence | null): void => {
    if (confidence !== null) found.push({ start, end, confidence });
  };
  for (const match of text.cased.matchAll(CANDIDATES)) {
    meter.steps += match[0].length;
    add(match.index, match.index + match[0].length, judge(text, match.index, match[0], checks));
  }
  for (const { start, end, joined } of brokenUp(text.cased, meter))
    add(start, end, judgeBroken(text, start, end, joined, checks));
  if (text.cased.includes('=='))
    for (const match of text.cased.matchAll(BASE64_PAIR)) {
      const bytes = Uint8Array.from(Buffer.from(match[0], 'base64'));
      add(match.index, match.index + match[0].length, checks.judgePair(bytes));
    }
  if (/nsec|privkey|secret-key|sk1|xprv1/.test(text.lower))
    for (const match of text.lower.matchAll(BECH32_KEYS)) {
      const judged = checks.judgeSum(() => isBech32(match[0])) ?? 'maybe';
      add(match.index, match.index + match[0].length, judged);
    }
  return found;
}

const HEX_64 = /^(?:0x)?[0-9a-f]{64}$/i;
const HEX_128 = /^(?:0x)?[0-9a-f]{128}$/i;

function judge(text: PlainText, start: number, word: string, checks: Checks): Confidence | null {
  const end = start + word.length;
  if (HEX_64.test(word)) return checks.mayJudgeHex() ? judgeHex(text, start, end) : 'maybe';
  if (HEX_128.test(word)) {
    if (saysKey(text, start, end)) return 'hard';
    return checks.judgePair(Uint8Array.from(Buffer.from(word.slice(-128), 'hex')));
  }
  return byChecksum(word, checks) ?? byShape(text, start, word);
}

const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/;

/** Keys that carry a checksum or their public key; `null` for anything else. */
function byChecksum(word: string, checks: Checks): Confidence | null {
  const { length } = word;
  // Wallet import format: a version byte of 128 or more, 32 bytes, perhaps 1 (Bitcoin wiki).
  if (length >= 50 && length <= 53 && BASE58.test(word)) {
    const judged = checks.judgeSum(() => {
      const bytes = base58Check(word);
      return bytes !== null && (bytes.length === 33 || bytes.length === 34) && (bytes[0] ?? 0) >= 0x80;
    });
    if (judged !== null) return judged;
  }
  // BIP-32 and SLIP-132: the serialisation is 78 bytes, and private keys have a 0 where public ones have 2 or 3.
  if (length >= 107 && length <= 114 && /^[A-Za-z]prv/.test(word))
    return checks.judgeSum(() => base58Check(word)?.length === 78) ?? 'maybe';
  // BIP-38.
  if (length === 58 && word.startsWith('6P')) {
    const judged = checks.judgeSum(() => base58Check(word)?.length === 39);
    if (judged !== null) return judged;
  }
  // Tezos: a prefix of four bytes (three where it is encrypted), then a seed or a pair.
  if (/^(?:ed(?:e)?sk|spsk|p2sk|BLsk)/.test(word)) {
    const judged = checks.judgeSum(() => base58Check(word) !== null);
    if (judged !== null) return judged;
  }
  // XRP Ledger: 0x21, or 0x01E14B for Ed25519, and 16 bytes.
  if (length >= 28 && length <= 31 && word.startsWith('s') && BASE58.test(word)) {
    const judged = checks.judgeSum(() => {
      const bytes = base58Check(word, 'xrp');
      return bytes !== null && (bytes.length === 17 || bytes.length === 19);
    });
    if (judged !== null) return judged;
  }
  // Stellar: a version byte of 18 × 8, 32 bytes, CRC-16.
  if (length === 56 && /^S[A-Z2-7]+$/.test(word)) {
    const bytes = base32(word);
    if (bytes !== null && bytes[0] === 0x90 && hasCrc16(bytes)) return 'hard';
  }
  if (length >= 80 && length <= 90 && BASE58.test(word)) {
    if (checks.judgeSum(() => false) === 'maybe') return 'maybe';
    const bytes = base58(word);
    if (bytes !== null && bytes.length === 64) return checks.judgePair(bytes);
  }
  return null;
}

/** What has the form of a key with a mistake in it, announced as one. */
function byShape(text: PlainText, start: number, word: string): Confidence | null {
  const end = start + word.length;
  if (/^[xyzuvYZUVt]prv[1-9A-HJ-NP-Za-km-z]{60,}$/.test(word)) return 'hard';
  const isHexLike = /^(?:0x)?[0-9a-f]{60,68}$/i.test(word);
  const isBase58Like = word.length >= 50 && word.length <= 90 && /^[1-9A-HJ-NP-Za-km-z]+$/.test(word);
  const isStellarLike = word.length >= 54 && word.length <= 58 && /^S[A-Z2-7]+$/.test(word);
  if (!(isHexLike || isBase58Like || isStellarLike) || !/\d/.test(word)) return null;
  return saysKey(text, start, end) ? 'hard' : null;
}

interface Broken extends Span {
  readonly joined: string;
}

/** A piece, and what may stand between two pieces of a key that is broken over lines or into groups. */
const PIECES = /[A-Za-z0-9]{2,128}/g;
const BETWEEN = /^(?:[ \-:]|\r?\n|, ?)$/;

/** Runs of pieces of one length (but for the last), together as long as a key. */
function brokenUp(cased: string, meter: Meter): readonly Broken[] {
  const found: Broken[] = [];
  let run: { readonly start: number; readonly end: number }[] = [];
  const close = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first !== undefined && last !== undefined && run.length > 1) {
      const joined = run.map(({ start, end }) => cased.slice(start, end)).join('');
      if (joined.length >= 50 && joined.length <= 130 && /\d/.test(joined))
        found.push({ start: first.start, end: last.end, joined });
    }
    run = [];
  };
  for (const match of cased.matchAll(PIECES)) {
    meter.steps += 1;
    const piece = { start: match.index, end: match.index + match[0].length };
    const last = run.at(-1);
    const size = run[0] === undefined ? 0 : run[0].end - run[0].start;
    const length = match[0].length;
    const follows =
      last !== undefined && BETWEEN.test(cased.slice(last.end, Math.min(piece.start, last.end + 3)));
    const isWhole = last !== undefined && last.end - last.start === size;
    if (!(follows && isWhole && length <= size && run.length < 66)) close();
    run.push(piece);
  }
  close();
  return found;
}

function judgeBroken(
  text: PlainText,
  start: number,
  end: number,
  joined: string,
  checks: Checks,
): Confidence | null {
  if (HEX_64.test(joined) || HEX_128.test(joined)) return saysKey(text, start, end) ? 'hard' : null;
  return byChecksum(joined, checks);
}
