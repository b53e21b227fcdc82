import type { Resemblance } from './resemble.js';

/** Why a link was judged as it was. */
export type LinkWhy =
  // official
  | 'own-host'
  | 'own-page'
  | 'own-account'
  // lookalike
  | Resemblance
  | 'near-account'
  | 'brand-in-path'
  | 'brand-in-label'
  | 'user-info'
  | 'hostile-spelling'
  | 'disguised'
  | 'other-port'
  | 'not-https'
  | 'near-listed'
  // blocked
  | 'scheme'
  | 'deep-link'
  | 'ip-host'
  | 'shortener'
  | 'block-list'
  // unknown
  | 'unlisted'
  | 'unlisted-subdomain'
  | 'unreadable'
  | 'too-many';

export type LinkVerdict = 'official' | 'lookalike' | 'blocked' | 'unknown';

/** A link and what is to be thought of it. */
export interface JudgedLink {
  /** As it was written. */
  readonly url: string;
  readonly verdict: LinkVerdict;
  readonly why: LinkWhy;
}

/** What block lists say of a host; `near`: it is made to look like a known one. */
export type HostListed = (host: string) => 'blocked' | 'near' | null;

/** No block list at all. */
export const NOTHING_LISTED: HostListed = () => null;
