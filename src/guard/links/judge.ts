import { domainToUnicode } from 'node:url';
import { ACCOUNT_HOSTS, hostParts, SHORTENERS } from './hosts.js';
import { isWithin } from './near.js';
import { type Ours, pageOf } from './ours.js';
import { resembles, showsBrand } from './resemble.js';
import type { Candidate } from './scan.js';
import { skeleton } from './skeleton.js';
import type { HostListed, JudgedLink, LinkVerdict, LinkWhy } from './verdict.js';

type Judged = Omit<JudgedLink, 'url'>;

const SCHEME =
  /^(?:([a-z][a-z0-9+.-]*):(?=[/\\／])|(https?|javascript|vbscript|livescript|data|tg|intent|blob|view-source|ms-[a-z]+|mailto):)/i;
/** Schemes that run or hide something, rather than open an app. */
const HARMFUL = new Set([
  'javascript',
  'vbscript',
  'livescript',
  'data',
  'file',
  'blob',
  'view-source',
  'ftp',
  'about',
]);
/** Longest address that is looked at; nobody can read more. */
const MAX_ADDRESS_CHARS = 4_096;

const lookalike = (why: LinkWhy): Judged => ({ verdict: 'lookalike', why });
const blocked = (why: LinkWhy): Judged => ({ verdict: 'blocked', why });
const official = (why: LinkWhy): Judged => ({ verdict: 'official', why });

/**
 * What is to be thought of a link, by the host that an app would open and by what a reader sees: in this order a
 * dangerous scheme, an address that hides where it leads, our own exactly as it should be, a block list, a resemblance
 * to ours, nothing known. `null` for a mail address without a trick and for a doubtful one that resembles nothing.
 * Pure; nothing is fetched.
 */
export function judge(candidate: Candidate, ours: Ours, listed: HostListed): Judged | null {
  const { address, label, doubtful, written } = candidate;
  const [, slashed, bare] = SCHEME.exec(address) ?? [];
  const scheme = (slashed ?? bare)?.toLowerCase();
  if (scheme === 'mailto') return null;
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return blocked(HARMFUL.has(scheme) ? 'scheme' : 'deep-link');
  const read = readAddress(address.slice(0, MAX_ADDRESS_CHARS));
  if (read === null) {
    if (isShown(address, ours) || (label !== null && isShown(label, ours)))
      return lookalike('hostile-spelling');
    return doubtful || scheme === undefined ? null : { verdict: 'unknown', why: 'unreadable' };
  }
  const { url, host } = read;
  if (isMail(address, url)) return isShown(decoded(url.username), ours) ? lookalike('user-info') : null;
  if (/^[0-9.]+$|^\[/.test(host)) return blocked('ip-host');
  const trick = trickIn(read, scheme, written);
  const own = ownership(url, host, ours);
  if (own !== null) return trick === null ? official(own) : lookalike(trick);
  const inList = listed(host);
  if (inList === 'blocked') return blocked('block-list');
  if (SHORTENERS.has(host) || (host.startsWith('www.') && SHORTENERS.has(host.slice(4))))
    return blocked('shortener');
  const parts = hostParts(host);
  // Nobody else can make one; whether we did, the registry does not say.
  if (ours.ownHosts.some((known) => known.domain !== '' && known.domain === parts.domain))
    return trick === null || trick === 'not-https'
      ? { verdict: 'unknown', why: 'unlisted-subdomain' }
      : lookalike(trick);
  if (doubtful || (scheme === undefined && !parts.ends)) {
    const like = resembles(host, parts, ours);
    return like === null || (doubtful && like === 'other-ending') ? null : lookalike(like);
  }
  const why =
    resembles(host, parts, ours) ??
    hints(url, host, label, ours) ??
    (inList === 'near' ? 'near-listed' : null);
  return why === null ? { verdict: 'unknown', why: 'unlisted' } : lookalike(why);
}

/** The verdict that counts of several: the most dangerous. */
export function worst(links: readonly JudgedLink[]): LinkVerdict | null {
  const order: readonly LinkVerdict[] = ['blocked', 'lookalike', 'unknown', 'official'];
  return order.find((verdict) => links.some((link) => link.verdict === verdict)) ?? null;
}

interface Read {
  readonly url: URL;
  /** Without a dot at its end. */
  readonly host: string;
  /** Host and what belongs to it, as written. */
  readonly authority: string;
}

/** `null` when no app could open it. */
function readAddress(address: string): Read | null {
  const bare = address.replace(/^https?:[/\\／]*/i, '');
  const withScheme = /^http:/i.test(address) ? `http://${bare}` : `https://${bare}`;
  const url = parsedUrl(withScheme);
  if (url === null) return null;
  const host = url.hostname.replace(/\.$/, '');
  const authority = /^[^/?#]*/.exec(bare)?.[0] ?? '';
  return host === '' ? null : { url, host, authority };
}

/** `null` for what no address is; parses once, where `URL.canParse` would do it twice. */
function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Spelling that shows one thing to a reader and another to an app; `null` where there is none. */
function trickIn(
  { url, host, authority }: Read,
  scheme: string | undefined,
  written: string,
): LinkWhy | null {
  if (authority.includes('\\') || /%[0-9a-f]{2}/i.test(authority)) return 'hostile-spelling';
  if (url.username !== '' || url.password !== '' || authority.includes('@')) return 'user-info';
  if (url.port !== '' || /:\d*$/.test(authority)) return 'other-port';
  if (scheme === 'http') return 'not-https';
  if (/^[ -~]*$/.test(written)) return null;
  const plain = written.replace(/[。．｡]/g, '.');
  const shown = host.includes('xn--') ? domainToUnicode(host) : host;
  const isPlain = /^[ -~]*$/.test(plain) || plain.toLowerCase().includes(shown);
  return isPlain && !/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(written) ? null : 'disguised';
}

function ownership(url: URL, host: string, ours: Ours): LinkWhy | null {
  if (ours.hosts.has(host)) return 'own-host';
  if (ours.pageHosts.has(host) && ours.pages.has(pageOf(url))) return 'own-page';
  const account = accountOf(url, host);
  return account?.channels.some((channel) => ours.accounts.get(channel)?.has(account.name) === true)
    ? 'own-account'
    : null;
}

interface Account {
  readonly name: string;
  readonly channels: readonly string[];
}

function accountOf(url: URL, host: string): Account | null {
  const channels = ACCOUNT_HOSTS.get(host);
  if (channels === undefined) return null;
  const name = /^\/@?([\w.-]{2,64})\/?$/.exec(url.pathname)?.[1];
  return name === undefined ? null : { name: name.toLowerCase(), channels };
}

/** Where our brand is shown beside a host that has nothing of it. */
function hints(url: URL, host: string, label: string | null, ours: Ours): LinkWhy | null {
  if (label !== null && isShown(label, ours)) return 'brand-in-label';
  if (url.username !== '' && isShown(decoded(`${url.username} ${url.password}`), ours)) return 'user-info';
  if (url.pathname.length < 2 && url.search === '' && url.hash === '') return null;
  const account = accountOf(url, host);
  if (account !== null && isNearAccount(account, ours)) return 'near-account';
  // Escaped once more, it is undone by the page that it is handed on by.
  return isShown(decoded(decoded(`${url.pathname}${url.search}${url.hash}`)), ours) ? 'brand-in-path' : null;
}

function isNearAccount({ name, channels }: Account, ours: Ours): boolean {
  const own = channels.flatMap((channel) => [...(ours.accounts.get(channel) ?? [])]);
  return own.some((handle) => handle.length >= 6 && isWithin(skeleton(name), skeleton(handle), 2));
}

/** Whether words show our brand or one of our hosts. */
function isShown(text: string, ours: Ours): boolean {
  return text.trim() !== '' && showsBrand(text, ours.brand);
}

/** A mail address, and nothing more. */
function isMail(address: string, url: URL): boolean {
  return /^[^\s@/:\\]+@[^\s@/:\\?#]+$/.test(address) && url.username !== '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // What is no valid escape is read as it stands.
    if (error instanceof URIError) return text;
    throw error;
  }
}
