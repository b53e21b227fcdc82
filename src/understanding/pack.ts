import { createHash } from 'node:crypto';
import type { Model } from './model.js';
import { createVocabulary } from './vocabulary.js';

/** Changes whenever training or the packed form does, so that no older model is taken for a new one. */
export const FORMAT = 'lifeline-model-3';
const DIGEST_BYTES = 32;
const ALIGNED = 8;

/** What is kept of a language: its model, and the phrases of each of its books as they are compared. */
export interface Packed {
  readonly model: Model;
  readonly phrases: readonly (readonly string[])[];
  /** Words of one meaning with their normalised forms, in pairs. */
  readonly words: readonly string[];
}

/** Where a model's arrays stand behind the header, by their lengths. */
interface Header {
  readonly format: string;
  readonly intents: readonly string[];
  readonly classes: number;
  readonly rows: number;
  readonly phrases: readonly (readonly string[])[];
  readonly words: readonly string[];
  readonly ours: readonly number[];
  readonly clear: readonly number[];
  readonly unseen: readonly number[];
}

/** A model as bytes: a digest, the header as JSON, and the arrays as they lie in memory (little endian). */
export function packModel({ model, phrases, words }: Packed): Uint8Array {
  const hashes = model.vocabulary.hashes();
  const header: Header = {
    format: FORMAT,
    intents: model.intents,
    classes: model.classes,
    rows: hashes.length,
    phrases,
    words,
    ours: [...model.calibration.ours],
    clear: [...model.calibration.clear],
    unseen: [...model.unseen],
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const parts = [hashes, model.idf, model.scale, model.bias, model.weights].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const start = aligned(DIGEST_BYTES + 4 + json.length);
  const bytes = new Uint8Array(start + parts.reduce((sum, part) => sum + part.length, 0));
  new DataView(bytes.buffer).setUint32(DIGEST_BYTES, json.length, true);
  bytes.set(json, DIGEST_BYTES + 4);
  let at = start;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes.set(digestOf(bytes), 0);
  return bytes;
}

/** The model in packed bytes, or `null` when they are damaged or of another format. */
export function unpackModel(packed: Uint8Array): Packed | null {
  // A copy of its own stands at an offset that arrays of four bytes may have.
  const bytes = packed.slice();
  if (bytes.length < DIGEST_BYTES + 4 || !equal(digestOf(bytes), bytes.subarray(0, DIGEST_BYTES)))
    return null;
  const jsonBytes = new DataView(bytes.buffer).getUint32(DIGEST_BYTES, true);
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(DIGEST_BYTES + 4, DIGEST_BYTES + 4 + jsonBytes)),
  ) as Header;
  if (header.format !== FORMAT) return null;
  const { classes, rows } = header;
  let at = aligned(DIGEST_BYTES + 4 + jsonBytes);
  const next = (length: number, size: number): number => {
    const from = at;
    at += length * size;
    return from;
  };
  const hashes = new Uint32Array(bytes.buffer, next(rows, 4), rows);
  const idf = new Float32Array(bytes.buffer, next(rows, 4), rows);
  const scale = new Float32Array(bytes.buffer, next(rows, 4), rows);
  const bias = new Float32Array(bytes.buffer, next(classes, 4), classes);
  const weights = new Int8Array(bytes.buffer, next(rows * classes, 1), rows * classes);
  const model: Model = {
    intents: header.intents,
    classes,
    vocabulary: createVocabulary(hashes),
    idf,
    scale,
    bias,
    weights,
    unseen: Float32Array.from(header.unseen),
    calibration: { ours: Float64Array.from(header.ours), clear: Float64Array.from(header.clear) },
  };
  return { model, phrases: header.phrases, words: header.words };
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNED) * ALIGNED;
}

function digestOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes.subarray(DIGEST_BYTES)).digest();
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((byte, i) => byte === other[i]);
}
