import { domainToUnicode } from 'node:url';
import type { Registry } from '../../content/index.js';
import type { Platform } from '../../model/index.js';
import { ACCOUNT_HOSTS, hostParts, SHARED_HOSTS } from './hosts.js';
import { type NearPattern, nearPattern } from './near.js';
import { skeleton, squeezed } from './skeleton.js';

/** One of our own hosts, as far as another may resemble it. */
export interface OwnHost {
  readonly skeleton: string;
  /** The registered name; empty where that is not ours. */
  readonly domain: string;
  /** Skeleton of the registered name without its ending; empty where that is not ours. */
  readonly name: string;
  readonly isGeneric: boolean;
  /** Edits up to which another host counts as made to look like it. */
  readonly edits: number;
}

/** What a name must hold to show our brand. */
export interface Brand {
  /** Skeletons without separators that show it wherever they stand. */
  readonly marks: readonly string[];
  /** The same with the edits up to which they still show it, in a host. */
  readonly nearMarks: readonly NearPattern[];
  /** Skeletons that show it as a word of their own only. */
  readonly words: readonly string[];
  /** Words of the name that all have to be there, generic ones too; empty when it is one word. */
  readonly together: readonly string[];
}

/** The registry, prepared for comparing. */
export interface Ours {
  readonly registry: Registry;
  /** Hosts that are ours as a whole. */
  readonly hosts: ReadonlySet<string>;
  /** Single addresses on hosts that are not, as `URL` writes them, without fragment and last slash. */
  readonly pages: ReadonlySet<string>;
  /** The hosts of those. */
  readonly pageHosts: ReadonlySet<string>;
  /** Lower-case handles by the channel they are for; those of the bot by its platform. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly ownHosts: readonly OwnHost[];
  readonly brand: Brand;
}

/** Words that are no brand by themselves. */
const GENERIC = new Set(
  `wallet wallets pay coin coins crypto exchange app apps official support finance defi token tokens chain block bit the my
  your pro labs lab protocol network bank money cash web site online digital global world cloud safe secure smart trust
  one first help center service services account login mail status community explorer blog news docs example sample test
  demo 钱包 錢包 支付 交易所 交易 官方 官网 区块链`.split(/\s+/),
);
const HAN = /\p{Script=Han}/u;
const MIN_MARK = 5;

/** Letters of a name from which on one edit in it still shows it, and two. */
const ONE_EDIT = 6;
const TWO_EDITS = 10;

/** Edits up to which a name still shows another. */
export function editsFor(name: string): 0 | 1 | 2 {
  if (name.length >= TWO_EDITS) return 2;
  return name.length >= ONE_EDIT ? 1 : 0;
}

/** Whether a word is no brand by itself. */
function isGeneric(word: string): boolean {
  return GENERIC.has(word.toLowerCase());
}

/** Prepares a registry for comparing; once for each. */
export function prepare(registry: Registry): Ours {
  const mirrors = [...registry.links.values()].flatMap((link) => link.mirrors);
  const hostOf = (url: string): string => new URL(url).hostname;
  const roots = [...registry.origins, ...mirrors].map(hostOf).filter((host) => !SHARED_HOSTS.has(host));
  const domains = new Set(roots.map((host) => hostParts(host).domain));
  const all = registry.hosts.map((host) => host.replace(/:\d+$/, ''));
  // A page of a link is ours; its host as a whole only where origins or mirrors name it, or the domain above it.
  const hosts = new Set(
    [...roots, ...all].filter((host) => !SHARED_HOSTS.has(host) && domains.has(hostParts(host).domain)),
  );
  return {
    registry,
    hosts,
    pageHosts: new Set([...registry.urls].map(hostOf)),
    pages: new Set([...registry.urls].map((url) => pageOf(new URL(url)))),
    accounts: accountsOf(registry),
    ownHosts: all.filter((host) => !SHARED_HOSTS.has(host)).map((host) => ownHost(host, all)),
    brand: brandOf(registry, [...hosts]),
  };
}

/** Names of channels that say which platform their accounts are on. */
const NAMED_PLATFORMS = new Set([...[...ACCOUNT_HOSTS.values()].flat(), 'discord', 'slack']);

/**
 * Whether a handle (lower case, without `@`) is an account of ours on a platform. One that the registry names for a
 * channel that is no platform ("community") is so on all; without a platform, each is.
 */
export function isOwnAccount({ accounts }: Ours, handle: string, platform: Platform | undefined): boolean {
  return [...accounts].some(
    ([channel, handles]) =>
      handles.has(handle) &&
      (platform === undefined || channel === platform || !NAMED_PLATFORMS.has(channel)),
  );
}

/** An address for comparing: as `URL` writes it, without fragment and last slash. */
export function pageOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}${url.search}`;
}

/** Whether a registered name is ours, and not that of a platform on which we have a host. */
function isOwnDomain(domain: string, hosts: readonly string[]): boolean {
  return hosts.includes(domain) || hosts.includes(`www.${domain}`);
}

function ownHost(host: string, hosts: readonly string[]): OwnHost {
  const { name: registered, suffix, domain } = hostParts(host);
  const name = isOwnDomain(domain, hosts) ? registered : '';
  const shown = host.includes('xn--') ? domainToUnicode(host) : host;
  const bare = shown.length - suffix.length - 1;
  return {
    skeleton: skeleton(shown),
    domain: name === '' ? '' : domain,
    name: skeleton(name.includes('xn--') ? domainToUnicode(name) : name),
    isGeneric: isGeneric(name),
    edits: bare >= 5 ? 2 : bare >= 3 ? 1 : 0,
  };
}

function accountsOf({ bot, support }: Registry): ReadonlyMap<string, ReadonlySet<string>> {
  const accounts = new Map<string, Set<string>>();
  const add = (channel: string, handle: string | undefined): void => {
    if (handle === undefined) return;
    const known = accounts.get(channel) ?? new Set();
    accounts.set(channel, known.add(handle.replace(/^@/, '').toLowerCase()));
  };
  for (const [platform, handle] of Object.entries(bot)) add(platform, handle);
  for (const { channel, handle } of support) add(channel, handle);
  return accounts;
}

function brandOf({ product }: Registry, hosts: readonly string[]): Brand {
  const marks = new Set<string>();
  const words = new Set<string>();
  const add = (text: string): void => {
    const mark = squeezed(text);
    if (mark.length >= MIN_MARK || (HAN.test(mark) && mark.length >= 3)) marks.add(mark);
    else if (mark.length >= 2) words.add(mark);
  };
  const parts = product.name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (!isGeneric(parts.join(''))) add(product.name);
  for (const word of parts) {
    if (isGeneric(word) || word.length < 3) continue;
    add(word);
  }
  for (const host of hosts) {
    const { domain, name } = hostParts(host);
    add(isOwnDomain(domain, hosts) ? domain : host);
    if (isOwnDomain(domain, hosts) && !isGeneric(name)) add(name);
  }
  const together = parts.length > 1 ? parts.map((word) => squeezed(word)) : [];
  return {
    marks: [...marks],
    nearMarks: [...marks].flatMap((mark) =>
      editsFor(mark) === 0 ? [] : (nearPattern(mark, editsFor(mark)) ?? []),
    ),
    words: [...words],
    together: together.every((word) => word.length >= 3) ? together : [],
  };
}
