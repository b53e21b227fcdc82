import { domainToASCII } from 'node:url';
import { z } from 'zod';
import type { BlockList } from '../guard/links/block-list.js';

const hosts = z.array(z.string()).max(2_000_000);
/** polkadot-js/phishing, `all.json`. */
const polkadot = z.object({ deny: hosts, allow: hosts.default([]) });
/** MetaMask/eth-phishing-detect, `config.json`. */
const metaMask = z.object({
  blacklist: hosts,
  whitelist: hosts.default([]),
  fuzzylist: z.array(z.string()).max(5_000).default([]),
  tolerance: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).default(0),
});

/** Shares of entries that are no host names above which a list counts as damaged. */
const MAX_BROKEN_SHARE = 0.1;

/** Reads a block list in either public format; `null` for one that is damaged. */
export function parseBlockList(text: string): BlockList | null {
  const value = parsed(text);
  const fromPolkadot = polkadot.safeParse(value);
  if (fromPolkadot.success) {
    const { deny, allow } = fromPolkadot.data;
    return listOf({ deny, allow, imitated: [], tolerance: 0 });
  }
  const fromMetaMask = metaMask.safeParse(value);
  if (!fromMetaMask.success) return null;
  const { blacklist: deny, whitelist: allow, fuzzylist: imitated, tolerance } = fromMetaMask.data;
  return listOf({ deny, allow, imitated, tolerance });
}

function listOf(raw: {
  readonly deny: readonly string[];
  readonly allow: readonly string[];
  readonly imitated: readonly string[];
  readonly tolerance: BlockList['tolerance'];
}): BlockList | null {
  const blocked = new Set(raw.deny.flatMap(hostOf));
  if (blocked.size === 0 || blocked.size < new Set(raw.deny).size * (1 - MAX_BROKEN_SHARE)) return null;
  return {
    blocked,
    allowed: new Set(raw.allow.flatMap(hostOf)),
    imitated: raw.imitated.flatMap(hostOf),
    tolerance: raw.tolerance,
  };
}

/** The host name of an entry; none for what is no host name with a dot. */
function hostOf(entry: string): readonly string[] {
  const plain = entry.trim().toLowerCase();
  const host = /^[a-z0-9.-]+$/.test(plain) ? plain : domainToASCII(plain);
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(host) ? [host] : [];
}

/** `undefined` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
