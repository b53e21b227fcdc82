import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { z } from 'zod';
import {
  type AuditKeys,
  type Keyring,
  LifelineError,
  type OpenKeyring,
  type Sealer,
} from '../model/index.js';
import { deriveKey } from './keys.js';

/*
 * A sealed value:  format (1 byte) | key id (4 bytes) | nonce (12 bytes) | ciphertext | tag (16 bytes)
 * AES-256-GCM (NIST SP 800-38D). Additional data: format, key id, and the name of the key it is kept at.
 * A key id is the fingerprint of a secret (16 bits) and a number (16 bits); key = HKDF-SHA256(secret,
 * at-rest:<number>).
 */
const FORMAT = 1;
/** What later versions may use; anything above is no sealed value at all. */
const LAST_FORMAT = 15;
const ID_AT = 1;
const NONCE_AT = 5;
const TEXT_AT = 17;
const TAG_BYTES = 16;
const NONCE_BYTES = TEXT_AT - NONCE_AT;
const NONCES_AT_ONCE = 256;
const MAX_NUMBER = 0xffff;
/** What a probe holds, and the name it is sealed under: a secret that opens it is the right one. */
const PROBE = Buffer.from('lifeline');
const PROBE_NAME = 'probe';

const noteSchema = z.object({
  format: z.literal(1),
  /** Key that new values are sealed under. */
  current: z.number().int(),
  /** Every key that values may still be under, with a probe (base64); the oldest first. */
  keys: z.array(z.object({ id: z.number().int(), since: z.string(), probe: z.string() })).min(1),
  /** Key that names are hidden with: the first of all, because a hidden name can not be hidden anew. */
  hiding: z.object({ id: z.number().int(), key: z.string() }),
});
type Note = z.infer<typeof noteSchema>;

/** One key of a note, as it may be shown. */
export interface KeyInfo {
  /** Eight hexadecimal digits. */
  readonly id: string;
  /** When it was made, ISO 8601. */
  readonly since: string;
  readonly isCurrent: boolean;
}

/**
 * Encryption at rest from the secrets of the settings: the first is the present one, the others are older ones that
 * values may still be under. A new store, or one under an older secret, gets a new key of the first.
 */
export function createKeyring(
  secrets: readonly Uint8Array[],
  today: () => Date = () => new Date(),
): OpenKeyring {
  const [first] = secrets;
  if (first === undefined)
    throw new LifelineError('settings-invalid', 'a store is encrypted with at least one secret');
  return (text) => {
    const keys = new Keys(secrets);
    if (text === null) {
      const id = keys.idOf(first, 1);
      const hiding = { id, key: keys.wrapHidingKey(id) };
      return keyringOf(keys, { format: 1, current: id, keys: [entry(keys, id, today())], hiding });
    }
    const note = readNote(text);
    for (const { id, probe } of note.keys) keys.check(id, probe);
    if (keys.isOf(note.current, first)) return keyringOf(keys, note);
    return keyringOf(keys, withNewKey(keys, note, today()));
  };
}

/** A note with one more key, which new values go under; the older ones stay readable. */
export function rotateNote(text: string, secrets: readonly Uint8Array[], today: Date): string {
  const keys = new Keys(secrets);
  const note = readNote(text);
  for (const { id, probe } of note.keys) keys.check(id, probe);
  return JSON.stringify(withNewKey(keys, note, today));
}

/** A note with the current key alone; only once nothing is sealed under the others any more. */
export function retireNote(text: string): string {
  const note = readNote(text);
  return JSON.stringify({ ...note, keys: note.keys.filter(({ id }) => id === note.current) });
}

/** The keys of a note, the oldest first. */
export function keysOf(text: string): readonly KeyInfo[] {
  const note = readNote(text);
  return note.keys.map(({ id, since }) => ({
    id: hex(id),
    since,
    isCurrent: id === note.current,
  }));
}

function hex(id: number): string {
  return id.toString(16).padStart(8, '0');
}

function readNote(text: string): Note {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LifelineError('store-damaged', 'the note of the keys in the store cannot be read', { cause });
  }
  const parsed = noteSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const later = z.object({ format: z.number().gt(1) }).safeParse(value).success;
  throw later
    ? new LifelineError(
        'store-newer',
        'the store was encrypted by a newer version of Lifeline; start that one',
      )
    : new LifelineError('store-damaged', 'the note of the keys in the store cannot be read');
}

function entry(keys: Keys, id: number, today: Date): Note['keys'][number] {
  const probe = Buffer.from(keys.seal(id, PROBE_NAME, PROBE)).toString('base64');
  return { id, since: today.toISOString(), probe };
}

function withNewKey(keys: Keys, note: Note, today: Date): Note {
  const id = keys.nextId(note.keys.map((key) => key.id));
  const hidingKey = keys.unwrapHidingKey(note.hiding);
  const hiding = { id, key: keys.wrapHidingKey(id, hidingKey) };
  return { ...note, current: id, keys: [...note.keys, entry(keys, id, today)], hiding };
}

function keyringOf(keys: Keys, note: Note): Keyring {
  const hidingKey = keys.unwrapHidingKey(note.hiding);
  const sealer: Sealer = {
    seal: (name, plain) => keys.seal(note.current, name, plain),
    open: (name, sealed) => keys.open(name, sealed),
    isCurrent: (sealed) =>
      sealed.byteLength > NONCE_AT && viewOf(sealed).readUInt32BE(ID_AT) === note.current,
    audit: keys.audit,
    hide: (text) => createHmac('sha256', hidingKey).update(text).digest('base64url').slice(0, 16),
  };
  return { sealer, note: JSON.stringify(note) };
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The keys of some secrets, derived when they are first needed. */
class Keys {
  readonly #secrets: readonly { readonly secret: Uint8Array; readonly fingerprint: number }[];
  readonly audit: AuditKeys;
  readonly #derived = new Map<number, KeyObject>();
  /** Header and key id of a sealed value, by key id. */
  readonly #headers = new Map<number, Buffer>();
  #nonces: Buffer = Buffer.alloc(0);
  #nonceAt = 0;

  constructor(secrets: readonly Uint8Array[]) {
    this.#secrets = secrets.map((secret) => ({ secret, fingerprint: fingerprintOf(secret) }));
    this.audit = auditKeysOf(this.#secrets);
  }

  idOf(secret: Uint8Array, number: number): number {
    return fingerprintOf(secret) * 0x10000 + number;
  }

  isOf(id: number, secret: Uint8Array): boolean {
    return Math.floor(id / 0x10000) === fingerprintOf(secret);
  }

  /** The next number of the first secret. */
  nextId(taken: readonly number[]): number {
    const fingerprint = this.#secrets[0]?.fingerprint ?? 0;
    const numbers = taken.filter((id) => Math.floor(id / 0x10000) === fingerprint).map((id) => id % 0x10000);
    const number = Math.max(0, ...numbers) + 1;
    if (number > MAX_NUMBER)
      throw new LifelineError('settings-invalid', 'this secret has no more keys: set a new LIFELINE_SECRET');
    return fingerprint * 0x10000 + number;
  }

  /** Throws `store-wrong-key` unless a secret opens the probe of a key. */
  check(id: number, probe: string): void {
    try {
      this.open(PROBE_NAME, Buffer.from(probe, 'base64'));
    } catch (cause) {
      throw wrongKey(id, cause);
    }
  }

  seal(id: number, name: string, plain: Uint8Array): Uint8Array {
    const nonce = this.#nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(id), nonce);
    cipher.setAAD(this.#aadOf(id, name));
    const text = cipher.update(plain);
    cipher.final();
    const sealed = Buffer.allocUnsafe(TEXT_AT + text.length + TAG_BYTES);
    this.#headerOf(id).copy(sealed);
    nonce.copy(sealed, NONCE_AT);
    text.copy(sealed, TEXT_AT);
    cipher.getAuthTag().copy(sealed, TEXT_AT + text.length);
    return sealed;
  }

  open(name: string, sealed: Uint8Array): Uint8Array {
    const bytes = viewOf(sealed);
    if (bytes.length < TEXT_AT + TAG_BYTES) throw damaged();
    const format = bytes[0] ?? 0;
    if (format === 0 || format > LAST_FORMAT) throw damaged();
    if (format !== FORMAT) {
      throw new LifelineError(
        'store-newer',
        'a record was encrypted by a newer version of Lifeline; start that one',
      );
    }
    const id = bytes.readUInt32BE(ID_AT);
    const end = bytes.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(id), bytes.subarray(NONCE_AT, TEXT_AT), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.#aadOf(id, name)).setAuthTag(bytes.subarray(end));
    const plain = decipher.update(bytes.subarray(TEXT_AT, end));
    try {
      decipher.final();
    } catch {
      // The library's own words add nothing: a changed value, or one from another place.
      throw damaged();
    }
    return plain;
  }

  /** The key that names are hidden with, sealed under a key of the note; a new one without `key`. */
  wrapHidingKey(id: number, key: Uint8Array = randomBytes(32)): string {
    return Buffer.from(this.seal(id, 'hiding', key)).toString('base64');
  }

  unwrapHidingKey(hiding: Note['hiding']): Uint8Array {
    return this.open('hiding', Buffer.from(hiding.key, 'base64'));
  }

  /** Twelve random bytes that were never given out; they are drawn for many values at once. */
  #nextNonce(): Buffer {
    if (this.#nonceAt + NONCE_BYTES > this.#nonces.length) {
      this.#nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
      this.#nonceAt = 0;
    }
    const from = this.#nonceAt;
    this.#nonceAt += NONCE_BYTES;
    return this.#nonces.subarray(from, this.#nonceAt);
  }

  /** Additional data of a value: its header up to the nonce, and its name. */
  #aadOf(id: number, name: string): Buffer {
    const data = Buffer.allocUnsafe(NONCE_AT + Buffer.byteLength(name));
    this.#headerOf(id).copy(data);
    data.write(name, NONCE_AT);
    return data;
  }

  #headerOf(id: number): Buffer {
    const known = this.#headers.get(id);
    if (known !== undefined) return known;
    const header = Buffer.alloc(NONCE_AT);
    header[0] = FORMAT;
    header.writeUInt32BE(id, ID_AT);
    this.#headers.set(id, header);
    return header;
  }

  #keyOf(id: number): KeyObject {
    const known = this.#derived.get(id);
    if (known !== undefined) return known;
    const found = this.#secrets.find(({ fingerprint }) => fingerprint === Math.floor(id / 0x10000));
    if (found === undefined) throw wrongKey(id);
    const bytes = hkdfSync('sha256', found.secret, 'lifeline', `at-rest:${id % 0x10000}`, 32);
    const key = createSecretKey(Buffer.from(bytes));
    this.#derived.set(id, key);
    return key;
  }
}

/** One key a secret, so that the trail is the same in whatever store it is kept. */
function auditKeysOf(
  secrets: readonly { readonly secret: Uint8Array; readonly fingerprint: number }[],
): AuditKeys {
  const keys = new Map(
    secrets.map(({ secret, fingerprint }) => [
      fingerprint.toString(16).padStart(4, '0'),
      deriveKey(secret, 'audit'),
    ]),
  );
  const names = [...keys.keys()];
  return {
    current: names[0] ?? '',
    names,
    mac: (name, text) => {
      const key = keys.get(name);
      return key === undefined ? null : createHmac('sha256', key).update(text).digest('base64url');
    },
  };
}

/** 16 bits that tell secrets apart and say nothing about them. */
function fingerprintOf(secret: Uint8Array): number {
  return Buffer.from(hkdfSync('sha256', secret, 'lifeline', 'at-rest-fingerprint', 2)).readUInt16BE(0);
}

function damaged(): LifelineError {
  return new LifelineError('store-damaged', 'a record was changed or moved and cannot be opened');
}

function wrongKey(id: number, cause?: unknown): LifelineError {
  return new LifelineError(
    'store-wrong-key',
    `the store is encrypted under a secret that is not set (key ${hex(id)}). Set LIFELINE_SECRET to the one it was made with, or add it to LIFELINE_SECRET_PREVIOUS; nothing was changed`,
    { cause },
  );
}
