import type { Effect, InboundMessage, Snapshot } from '../model/index.js';

const NOT_US = 'public.not-us';

type Spoken = Pick<InboundMessage, 'visibility' | 'replyVia'>;

/** What a turn in a public place says, and whether everybody there has read by then who is not us. */
export interface SaidAloud {
  readonly effects: readonly Effect[];
  readonly warnedAloud: boolean;
}

/**
 * Puts before the first answer that everybody in a place sees that whoever now writes privately is not us: what was
 * said before may have been for one person's eyes only. A turn that says nothing stays silent. `message`: `null` where
 * nobody wrote.
 */
export function sayAloud(
  effects: readonly Effect[],
  message: Spoken | null,
  stored: Snapshot | null,
): SaidAloud {
  const wasWarned = stored?.warnedAloud === true;
  if (message === null || !isSeenByAll(message)) return { effects, warnedAloud: wasWarned };
  const isSaid = effects.some((effect) => effect.kind === 'say' && effect.text === NOT_US);
  if (wasWarned || isSaid) return { effects, warnedAloud: true };
  if (!effects.some(({ kind }) => SPEAKS.has(kind))) return { effects, warnedAloud: false };
  return { effects: [{ kind: 'say', text: NOT_US, private: false }, ...effects], warnedAloud: true };
}

const SPEAKS: ReadonlySet<Effect['kind']> = new Set([
  'say',
  'ask',
  'link',
  'links',
  'link-help',
  'open-private',
]);

function isSeenByAll({ visibility, replyVia }: Spoken): boolean {
  return visibility === 'public' && (replyVia === undefined || replyVia.kind === 'telegram-message');
}
