/** Encrypts what a store keeps. Pure but for the nonces it draws. */
export interface Sealer {
  /** Encrypts under the current key. `name` is the key the value is kept at: elsewhere it does not open. */
  seal(name: string, plain: Uint8Array): Uint8Array;
  /**
   * Throws `store-damaged` for what was changed or moved, `store-wrong-key` for a key that is not known, `store-newer`
   * for a later format.
   */
  open(name: string, sealed: Uint8Array): Uint8Array;
  /** Whether a value is under the current key. */
  isCurrent(sealed: Uint8Array): boolean;
  /** A keyed hash, for names that must not be readable; 16 characters of base64url. */
  hide(text: string): string;
  readonly audit: AuditKeys;
}

/** Keys of the audit trail, one for each secret that is known. */
export interface AuditKeys {
  /** Name of the present one. */
  readonly current: string;
  /** The present one first. */
  readonly names: readonly string[];
  /** HMAC-SHA256 under a key, in base64url; `null` for one that is not known. */
  mac(name: string, text: string): string | null;
}

/** The keys a store is encrypted with, by the note of them that the store keeps. */
export interface Keyring {
  readonly sealer: Sealer;
  /** To be kept by the store, in the clear. Holds no key. */
  readonly note: string;
}

/**
 * Reads a store's note of its keys; `null` for a new store. Throws `store-wrong-key` when the secret is another one.
 */
export type OpenKeyring = (note: string | null) => Keyring;
