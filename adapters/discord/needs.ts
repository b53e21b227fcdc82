/** A right in a server (Discord, Permissions, Bitwise Permission Flags). */
export interface Right {
  /** As Discord's settings name it. */
  readonly name: string;
  readonly bit: bigint;
}

const VIEW: Right = { name: 'View Channels', bit: 1n << 10n };
const SEND: Right = { name: 'Send Messages', bit: 1n << 11n };
const SEND_IN_THREADS: Right = { name: 'Send Messages in Threads', bit: 1n << 38n };
const READ_HISTORY: Right = { name: 'Read Message History', bit: 1n << 16n };
const MANAGE: Right = { name: 'Manage Messages', bit: 1n << 13n };

/** The rights that each call needs in a server, by its path with `*` for what stands in it. */
export const CALL_RIGHTS: Readonly<Record<string, readonly Right[]>> = {
  // A mention is answered there, what was missed is read, and so is whether a message arrived.
  '/channels/*/messages': [VIEW, SEND, SEND_IN_THREADS, READ_HISTORY],
  // What somebody posted and should not have.
  '/channels/*/messages/*': [VIEW, MANAGE],
  // What an interaction's token allows, or is about ourselves, needs no right.
  '/interactions/*/*/callback': [],
  '/webhooks/*/*': [],
  '/webhooks/*/*/messages/@original': [],
  '/users/@me': [],
  '/users/@me/channels': [],
  '/applications/@me': [],
  '/applications/*/commands': [],
};

/** Every right, the least with which everything works; without those in `DISPENSABLE` the rest still does. */
export const RIGHTS: readonly Right[] = [...new Set(Object.values(CALL_RIGHTS).flat())];
/** Without these, people are told to do it themselves. */
export const DISPENSABLE: readonly Right[] = [MANAGE];

/** The sum of rights, as Discord takes it. */
export function permissionsOf(rights: readonly Right[]): bigint {
  return rights.reduce((sum, { bit }) => sum | bit, 0n);
}

/** The address that invites the bot into a server, with the least rights. */
export function inviteUrl(applicationId: string, rights: readonly Right[] = RIGHTS): string {
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissionsOf(rights)}`;
}
