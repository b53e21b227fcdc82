import type { Button, MediaKind, Platform, UrlButton } from '../model/index.js';

/** Where a person does something. */
export type Where = 'direct' | 'group';

/** What can be sent beside words. */
export type SentThing = Exclude<MediaKind, 'other'> | 'contact';

/** One thing that a person does on a platform. */
export type Deed =
  | { readonly kind: 'says'; readonly text: string }
  /** Changes the last text of their own. */
  | { readonly kind: 'edits'; readonly text: string }
  | { readonly kind: 'sends'; readonly what: SentThing }
  | { readonly kind: 'taps'; readonly button: Exclude<Button, UrlButton> }
  /** Opens the chat, by a deep link when `flow` is not empty. */
  | { readonly kind: 'opens'; readonly flow: string }
  | { readonly kind: 'command'; readonly name: string }
  | { readonly kind: 'blocks' }
  | { readonly kind: 'unblocks' };

/** What nobody can do there. */
const IMPOSSIBLE: Readonly<Record<Platform, readonly string[]>> = {
  console: [
    ...['group', 'edits', 'blocks', 'unblocks'],
    ...['photo', 'sticker', 'voice', 'video', 'document', 'location', 'contact'],
  ],
  telegram: [],
  discord: ['deep-link', 'location', 'contact'],
  slack: ['deep-link', 'location', 'contact', 'sticker'],
};

const NAMED: Readonly<Record<string, string>> = {
  group: 'write in a group',
  edits: 'edit a message',
  blocks: 'block the bot',
  unblocks: 'unblock the bot',
  'deep-link': 'arrive by a deep link',
};

/**
 * Whether a bot that may not delete in a group knows so beforehand: Telegram tells it its rights, others refuse the
 * call.
 */
export function knowsRights(platform: Platform): boolean {
  return platform === 'telegram';
}

/** Whether a mention in a channel opens a thread, which is a place of its own. */
export function opensThreads(platform: Platform): boolean {
  return platform === 'slack';
}

/** Why nobody can do this on a platform, as a sentence; `null` when one can. */
export function whyImpossible(platform: Platform, deed: Deed, where: Where): string | null {
  const needs = [
    where === 'group' ? 'group' : '',
    deed.kind === 'opens' && deed.flow !== '' ? 'deep-link' : '',
    deed.kind === 'sends' ? deed.what : deed.kind,
  ];
  const missing = needs.find((need) => IMPOSSIBLE[platform].includes(need));
  return missing === undefined
    ? null
    : `nobody can ${NAMED[missing] ?? `send a ${missing}`} on ${platform}; name other platforms under "run"`;
}
