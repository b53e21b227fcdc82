/** What a request of the official page, or a way back from it, is looked up by. */
export type PointerKind = 'id' | 'number' | 'nonce' | 'session';

/** The name under which the store lets something secret stand for a conversation. */
export function pointerName(kind: PointerKind, value: string): string {
  return `hand-off.${kind}:${value}`;
}
