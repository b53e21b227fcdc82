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

/**
 * Compares a link, handle, mail address or number with the registry. Hosts, mail addresses and handles must match
 * exactly; what is close to one of ours, or carries our name, is a look-alike. Nothing is ever fetched.
 */
export function createLookUp(registry: Registry): LookUp {
  const brand = skeleton(registry.product.name).replace(/[^a-z0-9]/g, '');
  const domains = [...new Set(registry.hosts.map((host) => host.split('.').slice(-2).join('.')))];
  return (value) => {
    const text = clean(value);
    const mail = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.exec(text) !== null;
    if (mail)
      return registry.mails.has(text)
        ? 'ours'
        : looksLike(text.split('@')[1] ?? '', brand, domains) || near(text, [...registry.mails])
          ? 'look-alike'
          : 'not-ours';
    const digits = text.replace(/[\s().-]/g, '');
    if (/^\+?[0-9]{3,20}$/.test(digits))
      return registry.phones.has(digits.replace(/^\+/, '')) ? 'ours' : 'not-ours';
    const url = asUrl(text);
    if (url !== null) return judgeUrl(url, text, registry, brand, domains);
    const handle = text.replace(/^@/, '');
    if (registry.handles.has(handle)) return 'ours';
    return looksLike(handle, brand, []) || near(handle, [...registry.handles]) ? 'look-alike' : 'not-ours';
  };
}

function judgeUrl(
  url: URL,
  written: string,
  registry: Registry,
  brand: string,
  domains: readonly string[],
): ReturnType<LookUp> {
  const official =
    registry.hosts.includes(url.host) &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '';
  if (official && !/[\\]|%2e|[^\u0020-\u007e]/i.test(written)) return 'ours';
  return looksLike(written, brand, domains) || near(url.hostname, registry.hosts) || official
    ? 'look-alike'
    : 'not-ours';
}

function looksLike(text: string, brand: string, domains: readonly string[]): boolean {
  const bare = skeleton(text);
  if (brand.length >= 4 && bare.replace(/[^a-z0-9]/g, '').includes(brand)) return true;
  return domains.some((domain) => bare.includes(skeleton(domain)));
}

function near(text: string, ours: readonly string[]): boolean {
  return ours.some((own) => distance(skeleton(text), skeleton(own)) <= (own.length < 6 ? 0 : NEAR));
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
