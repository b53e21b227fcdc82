import { domainToUnicode } from 'node:url';
import type { HostParts } from './hosts.js';
import { isWithin } from './near.js';
import { type Brand, editsFor, type Ours } from './ours.js';
import { skeleton } from './skeleton.js';

/** How a host resembles one of ours. */
export type Resemblance =
  | 'confusable'
  | 'near-host'
  | 'other-ending'
  | 'brand-in-subdomain'
  | 'brand-in-name'
  | 'near-brand';

/** Words that stand beside a wallet's name in a trap ("secure-wallet", "wallet-login"). */
const BAIT = new Set(
  `support help helpdesk login signin sign secure security verify verification verified validate validation reset
  recover recovery restore unlock official auth account accounts update service services care claim airdrop bonus
  reward rewards sync connect dapp fix rectify migrate migration portal online web app my id kyc refund desk team center
  centre customer client user users wallet protect safety alert alerts notice confirm`
    .split(/\s+/)
    .map(skeleton),
);
/**
 * How a host (as `URL` writes it) resembles one of ours; `null` when it does not. Ours themselves count as
 * `confusable`.
 */
export function resembles(host: string, parts: HostParts, ours: Ours): Resemblance | null {
  const whole = skeleton(unicode(host));
  const { name, above } = skeletonsOf(host, whole, parts);
  for (const own of ours.ownHosts) {
    if (whole === own.skeleton) return 'confusable';
    if (own.edits > 0 && isWithin(whole, own.skeleton, own.edits)) return 'near-host';
    if (own.name === '') continue;
    if (name === own.name) return 'other-ending';
    if (!own.isGeneric && isWithin(name, own.name, editsFor(own.name))) return 'near-host';
    if (isBaited(name, own.name)) return 'brand-in-name';
  }
  const { brand } = ours;
  const registered = bare(name);
  if (holdsBrand(name, registered, brand)) return 'brand-in-name';
  const all = bare(whole);
  if (brand.marks.some((mark) => all.includes(mark))) return 'brand-in-subdomain';
  const front = bare(above) + registered;
  if (above !== '' && holdsBrand(above, bare(above), brand)) return 'brand-in-subdomain';
  if (brand.together.length > 0 && brand.together.every((word) => front.includes(word)))
    return 'brand-in-name';
  return brand.nearMarks.some((mark) => mark.isIn(front)) ? 'near-brand' : null;
}

/** Skeletons of the registered name and of what stands before it. */
function skeletonsOf(
  host: string,
  whole: string,
  { name, subdomain, suffix }: HostParts,
): { readonly name: string; readonly above: string } {
  if (host.includes('xn--') || name === '')
    return { name: skeleton(unicode(name)), above: skeleton(unicode(subdomain)) };
  // No two letters with a dot between them pass for one, so that the skeleton of the host has the others in it.
  const labels = whole.split('.');
  const at = labels.length - 1 - suffix.split('.').length;
  return { name: labels[at] ?? '', above: labels.slice(0, at).join('.') };
}

/** Whether words (a path, a label, a user name, a handle) show our brand or the name of one of our hosts. */
export function showsBrand(text: string, brand: Brand): boolean {
  if (text === '') return false;
  const folded = skeleton(text);
  return holdsBrand(folded, bare(folded), brand);
}

/** Takes a skeleton, and the same without separators. */
function holdsBrand(folded: string, joined: string, { marks, words }: Brand): boolean {
  if (marks.some((mark) => joined.includes(mark))) return true;
  if (!words.some((word) => folded.includes(word))) return false;
  const single = new Set(folded.split(/[^\p{L}\p{N}]+/u));
  return words.some((word) => single.has(word));
}

const PLAIN = /^[a-z0-9.-]*$/;

/** A skeleton without what stands between its letters. */
function bare(folded: string): string {
  return PLAIN.test(folded) ? folded.replace(/[.-]/g, '') : folded.replace(/[^\p{L}\p{N}]/gu, '');
}

function unicode(part: string): string {
  return part.includes('xn--') ? domainToUnicode(part) || part : part;
}

/** `secure-wallet`, `wallet-login-support`: our name among nothing but bait. */
function isBaited(name: string, own: string): boolean {
  if (!name.includes(own)) return false;
  const words = name.split('-');
  if (words.includes(own)) return words.length > 1 && words.every((word) => word === own || BAIT.has(word));
  if (name.startsWith(own)) return BAIT.has(name.slice(own.length));
  return name.endsWith(own) && BAIT.has(name.slice(0, -own.length));
}
