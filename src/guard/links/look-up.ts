import type { Registry } from '../../content/index.js';
import type { LookUp } from '../../model/index.js';
import { worst } from './judge.js';
import { judgeLinks } from './links.js';
import { isWithin } from './near.js';
import { isOwnAccount, type Ours, prepare } from './ours.js';
import { showsBrand } from './resemble.js';
import { skeleton } from './skeleton.js';
import { type HostListed, NOTHING_LISTED } from './verdict.js';
import { visible } from './visible.js';

/** Longest value that is looked up; nobody sends a longer one to ask about. */
const MAX_VALUE_CHARS = 500;
/** Edits from one of our own names up to which another counts as made to look like it, from six letters on. */
const NEAR = 2;
const MIN_NEAR_CHARS = 6;
/** Most values that one message asks about. */
const MAX_VALUES = 20;
const WORST_FIRST = [
  'look-alike',
  'not-ours',
  'elsewhere',
  'ours',
] as const satisfies readonly ReturnType<LookUp>[];

/**
 * Compares a link, handle, mail address or number with the registry. Mail addresses and handles must match exactly,
 * links by the host they lead to; what is close to one of ours, or carries our name, is a look-alike. What hides where
 * it leads (a short link, a number for a host) or stands on a block list is not ours. A bare name is an account of ours
 * only on the platforms that the registry names it for. Of several values, one a line, the worst counts. Nothing is
 * ever fetched.
 */
export function createLookUp(registry: Registry, listed: HostListed = NOTHING_LISTED): LookUp {
  const ours = prepare(registry);
  const lookUpOne: LookUp = (value, platform) => {
    const shown = visible(value.slice(0, MAX_VALUE_CHARS)).text.trim();
    const text = shown.toLowerCase().replace(/^mailto:/, '');
    if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) {
      if (registry.mails.has(text)) return isPlain(value) ? 'ours' : 'look-alike';
      return verdict(resemblesOne(text, [...registry.mails], ours));
    }
    const digits = text.normalize('NFKC').replace(/[\s().-]/g, '');
    if (/^\+?[0-9]{3,20}$/.test(digits))
      return registry.phones.has(digits.replace(/^\+/, '')) ? 'ours' : 'not-ours';
    const links = judgeLinks(value.slice(0, MAX_VALUE_CHARS), ours, { listed });
    switch (worst(links)) {
      case 'official':
        return 'ours';
      case 'lookalike':
        return 'look-alike';
      case 'blocked':
      case 'unknown':
        return 'not-ours';
      case null:
        break;
    }
    const handle = text.replace(/^@/, '');
    if (registry.handles.has(handle)) {
      if (!isPlain(value)) return 'look-alike';
      return isOwnAccount(ours, handle, platform) ? 'ours' : 'elsewhere';
    }
    return verdict(resemblesOne(handle, [...registry.handles], ours));
  };
  return (values, platform) => {
    const all = values.split('\n');
    const verdicts = all.slice(0, MAX_VALUES).map((value) => lookUpOne(value, platform));
    const found = WORST_FIRST.find((known) => verdicts.includes(known)) ?? 'not-ours';
    // Of the rest nobody knows.
    return all.length > MAX_VALUES && found !== 'look-alike' ? 'not-ours' : found;
  };
}

/** Whether nothing in it looks like something else. */
function isPlain(value: string): boolean {
  return /^[ -~]*$/.test(value.trim());
}

function verdict(resembles: boolean): 'look-alike' | 'not-ours' {
  return resembles ? 'look-alike' : 'not-ours';
}

function resemblesOne(text: string, own: readonly string[], ours: Ours): boolean {
  if (showsBrand(text, ours.brand)) return true;
  const folded = skeleton(text);
  return own.some((name) => name.length >= MIN_NEAR_CHARS && isWithin(folded, skeleton(name), NEAR));
}
