import { isWithin } from './near.js';
import type { HostListed } from './verdict.js';

/** What a block list says; host names in small ASCII letters. */
export interface BlockList {
  /** Dangerous, with everything below them. */
  readonly blocked: ReadonlySet<string>;
  /** Never dangerous, with everything below them, whatever else the list says. */
  readonly allowed: ReadonlySet<string>;
  /** Hosts that are imitated. */
  readonly imitated: readonly string[];
  /** Edits up to which a host counts as made to look like one of those; 0 for none. */
  readonly tolerance: 0 | 1 | 2 | 3;
}

/** Asks block lists about hosts; `lists` is read anew each time, so that refreshed ones take effect at once. */
export function hostListed(lists: () => readonly BlockList[]): HostListed {
  return (host) => {
    const parents = parentsOf(host);
    const verdicts = lists().map((list) => verdictOf(list, host, parents));
    return (
      verdicts.find((verdict) => verdict === 'blocked') ??
      verdicts.find((verdict) => verdict !== null) ??
      null
    );
  };
}

function verdictOf(list: BlockList, host: string, parents: readonly string[]): ReturnType<HostListed> {
  if (parents.some((parent) => list.allowed.has(parent))) return null;
  if (parents.some((parent) => list.blocked.has(parent))) return 'blocked';
  if (list.tolerance === 0) return null;
  const bare = withoutEnding(host);
  const isNear = list.imitated.some((own) => isWithin(bare, withoutEnding(own), list.tolerance));
  return isNear ? 'near' : null;
}

/** A host and the domains above it, down to two labels. */
function parentsOf(host: string): readonly string[] {
  const labels = host.split('.');
  return labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'));
}

/** As eth-phishing-detect compares: without `www.` and without the last label. */
function withoutEnding(host: string): string {
  return host.replace(/^www\./, '').replace(/\.[^.]*$/, '');
}
