import { domainToUnicode } from 'node:url';
import { distance } from 'fastest-levenshtein';
import type { Registry } from '../content/index.js';
import type { LookUp } from '../model/index.js';

/** Letters that look like others, folded to one form of each; applied to both sides. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '3': 'e',
  '5': 's',
  '8': 'b',
  '|': 'l',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'l',
  ѕ: 's',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  α: 'a',
  ο: 'o',
  ρ: 'p',
  ν: 'v',
  ι: 'l',
  κ: 'k',
  τ: 't',
};

/** A name in a form in which look-alikes are equal. */
function skeleton(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...plain]
    .map((letter) => LOOKS_LIKE[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Edits from one of our own names below which another counts as made to look like it. */
const NEAR = 2;

/** What the registry's names look like. */
interface Ours {
  readonly registry: Registry;
  readonly brand: string;
  /** Registrable parts of our hosts, as skeletons without separators. */
  readonly domains: readonly string[];
  readonly originHosts: ReadonlySet<string>;
}

/**
 * Compares a link, handle, mail address or number with the registry. Mail addresses, handles and links must match
 * exactly, or stand on one of our own origins; what is close to one of ours, or carries our name, is a look-alike.
 * Nothing is ever fetched.
 */
export function createLookUp(registry: Registry): LookUp {
  const ours: Ours = {
    registry,
    brand: squeezed(registry.product.name),
    domains: [
      ...new Set(
        registry.origins.map((origin) => squeezed(new URL(origin).host.split('.').slice(-2).join('.'))),
      ),
    ],
    originHosts: new Set(registry.origins.map((origin) => new URL(origin).host)),
  };
  return (value) => {
    const text = clean(value);
    if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) {
      return registry.mails.has(text)
        ? 'ours'
        : verdict(looksLike(text, ours) || near(text, [...registry.mails]));
    }
    const digits = text.replace(/[\s().-]/g, '');
    if (/^\+?[0-9]{3,20}$/.test(digits))
      return registry.phones.has(digits.replace(/^\+/, '')) ? 'ours' : 'not-ours';
    const url = asUrl(text);
    if (url !== null) return judgeUrl(url, text, ours);
    const handle = text.replace(/^@/, '');
    return registry.handles.has(handle)
      ? 'ours'
      : verdict(looksLike(handle, ours) || near(handle, [...registry.handles]));
  };
}

function verdict(resembles: boolean): 'look-alike' | 'not-ours' {
  return resembles ? 'look-alike' : 'not-ours';
}

function judgeUrl(url: URL, written: string, ours: Ours): ReturnType<LookUp> {
  const plain =
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    !/[\\]|%2e|[^\u0020-\u007e]/i.test(written);
  const official =
    ours.originHosts.has(url.host) ||
    ours.registry.urls.has(url.href) ||
    ours.registry.urls.has(url.href.replace(/\/$/, ''));
  if (official && plain) return 'ours';
  const host = domainToUnicode(url.hostname);
  return verdict(
    official || looksLike(written, ours) || looksLike(host, ours) || near(host, ours.registry.hosts),
  );
}

function looksLike(text: string, { brand, domains }: Ours): boolean {
  const bare = squeezed(text);
  return (brand.length >= 4 && bare.includes(brand)) || domains.some((domain) => bare.includes(domain));
}

/** The skeleton of a name without what stands between its letters. */
function squeezed(text: string): string {
  return skeleton(text).replace(/[^a-z0-9]/g, '');
}

function near(text: string, names: readonly string[]): boolean {
  return names.some((own) => distance(skeleton(text), skeleton(own)) <= (own.length < 6 ? 0 : NEAR));
}

/** Defanged and full-width forms undone: `hxxps`, `[.]`, `。`. */
function clean(value: string): string {
  return value
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    .replace(/[。．｡]|\[\.\]|\(dot\)/gi, '.')
    .replace(/^hxxp/i, 'http')
    .trim()
    .toLowerCase()
    .slice(0, 500);
}

function asUrl(text: string): URL | null {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  return url.hostname.includes('.') && !text.startsWith('@') ? url : null;
}
